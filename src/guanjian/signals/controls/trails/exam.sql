-- 查验：每名查验人一个“查验”环节（机检另计），及查获、处理结果 | An examination: one event for each examining officer (machine inspection apart), then what was found and how it was handled
SELECT x.exam_id || '#1' AS event_id, x.exam_id AS object_id, CASE WHEN x.mode = 'J' THEN 'machine_examine' ELSE 'examine' END AS activity, x.started_at AS "at", x.officer1 AS officer_id, x.ended_at, x.required_mode, x.mode, x.handling, x.place
FROM examinations x
UNION ALL BY NAME
SELECT x.exam_id || '#2' AS event_id, x.exam_id AS object_id, CASE WHEN x.mode = 'J' THEN 'machine_examine' ELSE 'examine' END AS activity, x.started_at AS "at", x.officer2 AS officer_id, x.ended_at, x.required_mode, x.mode, x.handling, x.place
FROM examinations x WHERE x.officer2 IS NOT NULL
UNION ALL BY NAME
SELECT x.exam_id || '#find' AS event_id, x.exam_id AS object_id, CASE WHEN x.finding THEN 'find' ELSE 'no_find' END AS activity, coalesce(x.ended_at, x.started_at) AS "at", x.officer1 AS officer_id, x.handling, x.evaded_cny AS amount
FROM examinations x
UNION ALL BY NAME
SELECT event_id, object_id, activity, "at", officer_id, received_at, approver_id, reason FROM other_events WHERE object_type = 'examination'
UNION ALL BY NAME
SELECT exam_id || '#end' AS event_id, exam_id AS object_id, CASE handling WHEN '4' THEN 'transfer' WHEN '11' THEN 'pass_normally' ELSE 'handle' END AS activity, coalesce(ended_at, started_at) AS "at", officer1 AS officer_id FROM examinations
