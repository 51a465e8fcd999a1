-- 线索移交：填报、批准、移交、签收、立案与否、反馈 | A clue: drafted, approved, transferred, received, filed or not, fed back
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, reason FROM other_events WHERE object_type = 'clue'
