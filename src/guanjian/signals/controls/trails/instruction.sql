-- 布控指令：下达、签收、命中、查验、解除 | A control instruction: issued, signed, hit, examined, lifted
SELECT instruction_id || '#1' AS event_id, instruction_id AS object_id, 'issue' AS activity, issued_at AS "at", issued_by AS officer_id, approved_by AS approver_id, unit_code FROM instructions
UNION ALL BY NAME
SELECT instruction_id || '#2' AS event_id, instruction_id AS object_id, 'sign' AS activity, signed_at AS "at", unit_code FROM instructions WHERE signed_at IS NOT NULL
UNION ALL BY NAME
SELECT instruction_id || '#3' AS event_id, instruction_id AS object_id, 'hit' AS activity, hit_at AS "at", unit_code FROM instructions WHERE hit_at IS NOT NULL
UNION ALL BY NAME
SELECT exam_id || '#4' AS event_id, instruction_id AS object_id, 'examine' AS activity, started_at AS "at", officer1 AS officer_id FROM examinations WHERE instruction_id IS NOT NULL
UNION ALL BY NAME
SELECT instruction_id || '#5' AS event_id, instruction_id AS object_id, 'lift' AS activity, lifted_at AS "at", unit_code FROM instructions WHERE lifted_at IS NOT NULL
UNION ALL BY NAME
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, reason FROM other_events WHERE object_type = 'instruction'
