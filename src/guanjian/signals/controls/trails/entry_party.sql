-- 报关单办理轨迹及其收发货人 | What was done to a declaration, with its consignee
SELECT e.event_id, e.object_id, e.activity, e."at", e.officer_id, e.unit_code, d.consignee_id AS party
FROM events e JOIN declarations d ON d.entry_id = e.object_id WHERE e.object_type = 'entry' AND e.officer_id IS NOT NULL
