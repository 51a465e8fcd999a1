-- 人员：以人为对象的全部办理轨迹 | An officer: everything that the person did
SELECT event_id, coalesce(officer_id, '-') AS object_id, activity, "at", officer_id, unit_code, post, "system", reason FROM events WHERE officer_id IS NOT NULL
