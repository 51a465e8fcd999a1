-- What the ten detectors aggregate, written by hand for DuckDB: the yardstick of bench_detect. Local time is UTC+8.
-- Each part is one detector's reading of the facts up to the figures that statistics judge; nothing is shown.

-- LINES
CREATE TEMP TABLE lines AS
SELECT i.entry_id, d.consignee_id, d.ie, i.hs_code, coalesce(i.origin_country, '') AS origin,
       coalesce(i.quantity_unit, '') AS measure, i.value_cny,
       CAST(make_timestamp(epoch_us(d.declared_at) + 28800000000) AS DATE) AS day,
       CASE WHEN i.quantity > 0 AND i.value_cny > 0 THEN ln(i.value_cny::DOUBLE / i.quantity::DOUBLE) END AS log_price
FROM items i JOIN declarations d USING (entry_id);

-- CLR-01
WITH e AS (
  SELECT entry_id, unit_code, ie, trade_mode, coalesce(transport_mode, '') AS transport,
         entry_id IN (SELECT entry_id FROM examinations) AS examined,
         date_trunc('month', make_timestamp(epoch_us(declared_at) + 28800000000)) AS month,
         ln((epoch_us(released_at) - epoch_us(declared_at)) / 3.6e9) AS took
  FROM declarations WHERE released_at > declared_at),
p AS (
  SELECT unit_code, ie, trade_mode, transport, examined, month, count(*) AS n,
         quantile_cont(took, [0.5, 0.75, 0.95]) AS q
  FROM e GROUP BY ALL HAVING count(*) >= 30)
SELECT entry_id, (took - q[1]) / ((q[2] - q[1]) / 0.6745) AS score
FROM e JOIN p USING (unit_code, ie, trade_mode, transport, examined, month)
WHERE q[2] > q[1] AND (took - q[1]) / ((q[2] - q[1]) / 0.6745) >= 8 AND took > q[3];

-- DEC-01
WITH many AS (
  SELECT consignee_id, ie, hs_code FROM lines GROUP BY ALL HAVING count(*) >= 5 AND sum(value_cny) >= 1000000),
shipments AS (
  SELECT consignee_id, ie, hs_code, entry_id, sum(value_cny) AS worth, min(day) AS day
  FROM lines SEMI JOIN many USING (consignee_id, ie, hs_code) GROUP BY ALL HAVING sum(value_cny) < 1000000),
daily AS (
  SELECT consignee_id, ie, hs_code, day - DATE '1970-01-01' AS dayno, count(*) AS n, sum(worth) AS worth
  FROM shipments GROUP BY ALL),
windows AS (
  SELECT *, sum(n) OVER (PARTITION BY consignee_id, ie, hs_code ORDER BY dayno RANGE 6 PRECEDING) AS score,
         sum(worth) OVER (PARTITION BY consignee_id, ie, hs_code ORDER BY dayno RANGE 6 PRECEDING) AS total,
         sum(n) OVER (PARTITION BY consignee_id, ie, hs_code ORDER BY dayno
                      RANGE BETWEEN 34 PRECEDING AND 28 FOLLOWING) AS near
  FROM daily)
SELECT consignee_id, ie, hs_code, dayno, score, total, (near - score) * 7 / 56 AS expected FROM windows
WHERE score >= 5 AND total >= 1000000 AND score >= (near - score) / 8.0 + 5 * sqrt((near - score) / 8.0 + 1)
QUALIFY row_number() OVER (PARTITION BY consignee_id, ie, hs_code ORDER BY score DESC, total DESC, dayno) = 1;

-- EXM-01
SELECT consignee_id, unit_code, mode, coalesce(lane, '') AS lane, count(*) AS times, count_if(finding) AS finds
FROM examinations JOIN declarations USING (entry_id)
LEFT JOIN (SELECT entry_id, min(lane) AS lane FROM selections WHERE selected GROUP BY entry_id) USING (entry_id)
GROUP BY ALL;

-- EXM-02
WITH strict AS (SELECT * FROM (VALUES ('A', 3), ('B', 2), ('C', 1), ('J', 1)) AS t(mode, rank))
SELECT d.unit_code, date_trunc('month', make_timestamp(epoch_us(x.started_at) + 28800000000)) AS month,
       x.required_mode, hour(make_timestamp(epoch_us(x.started_at) + 28800000000)) NOT BETWEEN 6 AND 19 AS night,
       x.officer1, count(*) AS exams, count_if(done.rank < asked.rank) AS lighter
FROM examinations x JOIN declarations d USING (entry_id)
JOIN strict done ON done.mode = x.mode JOIN strict asked ON asked.mode = x.required_mode
GROUP BY ALL;

-- EXM-03
SELECT officer1, unit_code, date_trunc('month', make_timestamp(epoch_us(started_at) + 28800000000)) AS month, count(*)
FROM examinations LEFT JOIN (SELECT entry_id, unit_code FROM declarations) USING (entry_id)
WHERE mode IN ('A', 'B', 'C') AND (officer2 IS NULL OR trim(officer2) IN ('', officer1))
GROUP BY ALL;

-- SHIFTS
CREATE TEMP TABLE shifts AS
WITH posted AS (
  SELECT unit_code, starts_at, ends_at, officer_id, min(post) AS post FROM rosters GROUP BY ALL)
SELECT officer_id, unit_code, post, starts_at, ends_at,
       count(*) OVER (PARTITION BY unit_code, post, starts_at, ends_at) AS pool,
       dense_rank() OVER (ORDER BY unit_code) AS site,
       dense_rank() OVER (ORDER BY unit_code, starts_at, ends_at) AS shift,
       dense_rank() OVER (ORDER BY officer_id) AS officer,
       unnest(range((epoch_us(starts_at) + 28800000000) // 86400000000,
                    (epoch_us(ends_at) + 28800000000) // 86400000000 + 1)) AS day
FROM posted;

-- EXM-04
SELECT s.unit_code, s.post, s.starts_at, s.ends_at, s.officer_id, count(*) AS exams,
       count_if(hour(make_timestamp(epoch_us(started_at) + 28800000000)) NOT BETWEEN 6 AND 19
                OR CAST(make_timestamp(epoch_us(started_at) + 28800000000) AS DATE)
                   IN (SELECT day FROM holidays WHERE kind = 'holiday')) AS odd
FROM examinations x JOIN shifts s
ON s.officer_id = x.officer1 AND s.day = (epoch_us(x.started_at) + 28800000000) // 86400000000
   AND x.started_at >= s.starts_at AND x.started_at < s.ends_at
WHERE pool >= 3 GROUP BY ALL;

-- INT-01
WITH hands AS (
  SELECT object_id AS entry_id, officer_id, activity FROM events
  WHERE object_type = 'entry' AND officer_id <> ''
    AND activity IN ('doc_review', 'examine', 'release', 'post_audit', 'investigate')
  UNION ALL SELECT entry_id, officer1, 'examine' FROM examinations WHERE officer1 <> ''
  UNION ALL SELECT entry_id, officer2, 'examine' FROM examinations WHERE officer2 <> '')
SELECT entry_id, officer_id, min(activity), max(activity) FROM hands
GROUP BY entry_id, officer_id HAVING min(activity) <> max(activity);

-- INT-02
CREATE TEMP TABLE work AS
WITH agents AS (SELECT agent_id, row_number() OVER () AS agent FROM (SELECT DISTINCT agent_id FROM declarations)),
consignees AS (
  SELECT consignee_id, row_number() OVER () AS consignee FROM (SELECT DISTINCT consignee_id FROM declarations)),
heads AS (
  SELECT entry_id, agent, consignee FROM declarations JOIN consignees USING (consignee_id)
  LEFT JOIN agents USING (agent_id))
SELECT s.site::SMALLINT AS site, s.officer::INTEGER AS officer, agent::INTEGER AS agent, consignee::INTEGER AS consignee,
       (s.shift * 5 + CASE activity WHEN 'doc_review' THEN 0 WHEN 'price_review' THEN 1 WHEN 'classify' THEN 2
                                    WHEN 'examine' THEN 3 ELSE 4 END)::INTEGER AS cell
FROM events e JOIN shifts s
ON s.officer_id = e.officer_id AND s.day = (epoch_us(e.at) + 28800000000) // 86400000000
   AND e.at >= s.starts_at AND e.at < s.ends_at
JOIN heads ON heads.entry_id = e.object_id
WHERE e.object_type = 'entry' AND s.pool >= 3
  AND e.activity IN ('doc_review', 'price_review', 'classify', 'examine', 'release');
SELECT cell, officer, count(*) FROM work GROUP BY ALL;
SELECT cell, agent, count(*) FROM work GROUP BY ALL;
SELECT cell, consignee, count(*) FROM work GROUP BY ALL;
SELECT site, officer, agent, count(*) FROM work GROUP BY ALL;
SELECT site, officer, consignee, count(*) FROM work GROUP BY ALL;

-- VAL-01
WITH mine AS (
  SELECT hs_code, origin, measure, ie, date_trunc('month', day) AS month, consignee_id, avg(log_price) AS mine,
         count(*) AS lines
  FROM lines WHERE log_price IS NOT NULL GROUP BY ALL),
middle AS (
  SELECT hs_code, origin, measure, ie, month, median(mine) AS middle, count(*) AS peers, avg(1.0 / lines) AS single
  FROM mine GROUP BY ALL HAVING count(*) >= 8),
apart AS (
  SELECT hs_code, origin, measure, ie, month, median(abs(mine - middle)) AS mad
  FROM mine JOIN middle USING (hs_code, origin, measure, ie, month) GROUP BY ALL),
wide AS (
  SELECT hs_code, origin, measure, ie, date_trunc('month', day) AS month, quantile_cont(log_price, [0.25, 0.75]) AS q
  FROM lines WHERE log_price IS NOT NULL GROUP BY ALL),
known AS (
  SELECT *, greatest(((q[2] - q[1]) / 1.34898) ** 2 - (1.4826 * mad) ** 2, 0) / greatest(1 - single, 1e-9) AS within
  FROM middle JOIN apart USING (hs_code, origin, measure, ie, month) JOIN wide USING (hs_code, origin, measure, ie, month)
  WHERE mad > 0)
SELECT consignee_id, hs_code, count(*) AS cells, avg(peers) AS peers, avg(mine) AS mine, avg(middle) AS middle,
       avg((middle - mine)
           / sqrt(greatest(greatest((1.4826 * mad) ** 2 - single * within, 0) + within / lines, 1e-18))) AS below
FROM mine JOIN known USING (hs_code, origin, measure, ie, month) GROUP BY ALL;

-- VAL-02
WITH v AS (
  SELECT consignee_id, hs_code, value_cny, count(*) AS n, min(day) AS first, max(day) AS last
  FROM lines WHERE value_cny > 0 GROUP BY ALL),
d AS (
  SELECT *, CAST(CAST(value_cny * 10000 AS BIGINT) AS VARCHAR)[1] AS digit, log10(value_cny::DOUBLE) AS log FROM v),
g AS (
  SELECT consignee_id, hs_code, sum(n) AS n, max(n) AS top, sum(log * n) AS logs, sum(log * log * n) AS squares,
         min(first) AS first, max(last) AS last,
         sum(n) FILTER (digit = '1') AS d1, sum(n) FILTER (digit = '2') AS d2, sum(n) FILTER (digit = '3') AS d3,
         sum(n) FILTER (digit = '4') AS d4, sum(n) FILTER (digit = '5') AS d5, sum(n) FILTER (digit = '6') AS d6,
         sum(n) FILTER (digit = '7') AS d7, sum(n) FILTER (digit = '8') AS d8, sum(n) FILTER (digit = '9') AS d9
  FROM d GROUP BY ALL
  HAVING sum(n) >= 30 AND sum(log * log * n) / sum(n) - (sum(log * n) / sum(n)) ** 2 >= 0.25)
SELECT consignee_id, sum(n) AS n, max(top) AS top, sum(d1), sum(d2), sum(d3), sum(d4), sum(d5), sum(d6), sum(d7),
       sum(d8), sum(d9)
FROM g GROUP BY consignee_id HAVING sum(n) >= 100;
