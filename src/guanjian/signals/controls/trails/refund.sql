-- 退税、减免税办理轨迹及金额 | Refunds and reliefs, with the amount
SELECT event_id, object_id, activity, "at", officer_id, approver_id, unit_code, post, received_at, reason,
       TRY_CAST(json_extract_string(attributes, '$.amount_cny') AS decimal(18, 4)) AS amount
FROM other_events WHERE object_type IN ('refund', 'relief')
