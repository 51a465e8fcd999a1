-- 案件：立案、办案各环节、法制审核、处罚、批准、结案；立案的金额为偷逃税额，“fine”为从轻、一般、从重的罚款 | A case: filed, worked, reviewed, decided, approved, closed; the amount of a filing is the duty evaded
SELECT case_id || '#1' AS event_id, case_id AS object_id, 'file_' || kind AS activity, filed_at AS "at", unit_code, evaded_cny AS amount FROM cases
UNION ALL BY NAME
SELECT case_id || '#4#' || officer_id AS event_id, case_id AS object_id, 'penalise' AS activity, decided_at AS "at", officer_id
FROM (SELECT *, unnest(officers) AS officer_id FROM penalties) p
UNION ALL BY NAME
SELECT case_id || '#6' AS event_id, case_id AS object_id, 'fine' AS activity, decided_at AS "at", fine_cny AS amount, base_cny FROM penalties WHERE tier IN ('light', 'normal', 'heavy')
UNION ALL BY NAME
SELECT case_id || '#2' AS event_id, case_id AS object_id, 'legal_review' AS activity, decided_at AS "at", legal_review_by AS officer_id FROM penalties WHERE legal_review_by IS NOT NULL
UNION ALL BY NAME
SELECT case_id || '#3' AS event_id, case_id AS object_id, 'approve_penalty' AS activity, decided_at AS "at", approved_by AS officer_id FROM penalties WHERE approved_by IS NOT NULL
UNION ALL BY NAME
SELECT case_id || '#5' AS event_id, case_id AS object_id, 'close' AS activity, closed_at AS "at", unit_code FROM cases WHERE closed_at IS NOT NULL
UNION ALL BY NAME
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, reason FROM other_events WHERE object_type = 'case'
