-- 人财物决策：提出、决定、执行、监督各为一个环节 | A decision on people, money or things: proposed, decided, executed, supervised
SELECT decision_id || '#1' AS event_id, decision_id AS object_id, 'propose' AS activity, "at", proposer AS officer_id, unit_code, kind AS decision_kind, NULL AS amount FROM decisions
UNION ALL BY NAME
SELECT decision_id || '#2' AS event_id, decision_id AS object_id, 'decide_' || kind AS activity, "at", decider AS officer_id, unit_code, kind AS decision_kind, amount_cny AS amount, proposer FROM decisions
UNION ALL BY NAME
SELECT decision_id || '#3' AS event_id, decision_id AS object_id, 'execute' AS activity, "at", executor AS officer_id, unit_code FROM decisions
UNION ALL BY NAME
SELECT decision_id || '#4' AS event_id, decision_id AS object_id, 'supervise' AS activity, "at", supervisor AS officer_id, unit_code FROM decisions
