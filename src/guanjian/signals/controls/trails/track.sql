-- 外勤轨迹：每个定位点及应到的作业地点 | The track of a field job: every point, with the place where the work is
SELECT t.job_id || '#' || t.officer_id || '#' || epoch_us(t."at") AS event_id, t.job_id AS object_id, 'point' AS activity, t."at", t.officer_id, t.received_at, t.lon, t.lat, j.place_lon, j.place_lat, u.lon AS from_lon, u.lat AS from_lat
FROM track_points t JOIN field_jobs j ON j.job_id = t.job_id LEFT JOIN units u ON u.unit_code = j.unit_code
