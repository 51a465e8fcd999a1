-- 报关单办理轨迹：申报及其后对该单的各环节 | A declaration: filed, and what was done to it
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, post, received_at, ended_at, "system", result, reason
FROM events WHERE object_type = 'entry'
UNION ALL BY NAME
SELECT entry_id || '#declare' AS event_id, entry_id AS object_id, 'declare' AS activity, declared_at AS "at", unit_code FROM declarations
