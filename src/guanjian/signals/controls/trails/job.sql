-- 外勤作业：每名作业人一个签到、签退，每个证据指纹一个“证据” | A field job: check-in and check-out of each officer, one event for each fingerprint of evidence
SELECT job_id || '#in#' || officer_id AS event_id, job_id AS object_id, 'check_in' AS activity, checked_in_at AS "at", officer_id, checked_out_at AS ended_at, unit_code, NULL AS evidence, kind AS job_kind
FROM (SELECT *, unnest(officers) AS officer_id FROM field_jobs WHERE checked_in_at IS NOT NULL) j
UNION ALL BY NAME
SELECT job_id || '#out#' || officer_id AS event_id, job_id AS object_id, 'check_out' AS activity, checked_out_at AS "at", officer_id, unit_code
FROM (SELECT *, unnest(officers) AS officer_id FROM field_jobs WHERE checked_out_at IS NOT NULL) j
UNION ALL BY NAME
SELECT job_id || '#evidence#' || evidence AS event_id, job_id AS object_id, 'evidence' AS activity, coalesce(checked_out_at, planned_end) AS "at", unit_code, evidence
FROM (SELECT *, unnest(evidence_hashes) AS evidence FROM field_jobs) j
UNION ALL BY NAME
SELECT job_id || '#plan' AS event_id, job_id AS object_id, 'plan' AS activity, planned_start AS "at", unit_code FROM field_jobs
UNION ALL BY NAME
SELECT event_id, object_id, activity, "at", officer_id, received_at, approver_id, unit_code, reason FROM other_events WHERE object_type = 'field_job'
