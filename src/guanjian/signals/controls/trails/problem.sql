-- 问题整改：发现、佐证、销号 | A problem: found, evidence handed in, closed
SELECT problem_id || '#1' AS event_id, problem_id AS object_id, CASE WHEN severity = 'high' THEN 'find_high' ELSE 'find' END AS activity, CAST(found_on AS timestamp) AS "at", unit_code, node_code, due_on FROM problems
UNION ALL BY NAME
SELECT problem_id || '#2' AS event_id, problem_id AS object_id, 'close' AS activity, CAST(closed_on AS timestamp) + INTERVAL '23 hours' AS "at", unit_code FROM problems WHERE closed_on IS NOT NULL
UNION ALL BY NAME
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code FROM other_events WHERE object_type = 'rectify'
