-- 报关单办理轨迹：申报、其后各环节，以及查验的第二名关员 | A declaration: filed, what was done to it, and the second officer of an examination
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, post, received_at, ended_at, "system", result, reason
FROM events WHERE object_type = 'entry'
UNION ALL BY NAME
SELECT entry_id || '#declare' AS event_id, entry_id AS object_id, 'declare' AS activity, declared_at AS "at", unit_code FROM declarations
UNION ALL BY NAME
SELECT exam_id || '#assist' AS event_id, entry_id AS object_id, 'assist_examine' AS activity, started_at AS "at", officer2 AS officer_id FROM examinations WHERE officer2 IS NOT NULL
