"""Who let it through before? Every earlier release of an enterprise and of its partners, with who handled each.

A partner shares an agent or an overseas party with the enterprise in the same time, or its phone, address or legal
representative; what more than `FEW` enterprises share (a broker that serves a whole port) ties nobody.
Officers are named to somebody of oversight only; to everybody else, and to the system, units and posts.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from guanjian.ingest.lake import Lake
from guanjian.lenses.glass import lake_at, rows, territory
from guanjian.org.actor import Actor
from guanjian.org.posts import Post

MASTER_TIES = ("phone", "address", "legal_rep")
DECLARED_TIES = {"agent": "agent_id", "overseas": "overseas_party"}
FEW = 20  # a proposed default: the page says the number


def releases_of(
    actor: Actor, path: Path, enterprise_ids: Collection[str], until: datetime, window: timedelta
) -> list[dict[str, Any]]:
    """The releases in the window before `until`, the newest first: entry, unit, moment, enterprise, ties, hands.

    `ties` says why the enterprise is here ("self", or what it shares); `hands` lists what was done (examine, release),
    in which unit and post, and by whom where the actor may know (else an empty text).
    """
    found, values = _found(actor, lake_at(path), enterprise_ids, until, window)
    told = f"""
        {found}
        SELECT f.entry_id, f.unit_code, f.released_at, f.enterprise_id, f.ties,
               coalesce(list_sort(list(DISTINCT {{'act': h.act, 'unit': h.unit_code, 'post': h.post,
                   'officer': h.officer}}) FILTER (h.act IS NOT NULL)), []) AS hands
        FROM found AS f LEFT JOIN hands AS h USING (entry_id)
        GROUP BY ALL ORDER BY f.released_at DESC, f.entry_id"""
    return rows(told, values)


def exposure_of(
    actor: Actor, path: Path, enterprise_ids: Collection[str], until: datetime, window: timedelta
) -> list[dict[str, Any]]:
    """The same releases counted by unit and post, the most exposed first: nobody is named."""
    found, values = _found(actor, lake_at(path), enterprise_ids, until, window)
    counted = f"""
        {found}
        SELECT coalesce(h.unit_code, f.unit_code) AS unit, coalesce(h.post, '') AS post, coalesce(h.act, '') AS act,
               count(DISTINCT f.entry_id) AS releases, min(f.released_at) AS first_at, max(f.released_at) AS last_at
        FROM found AS f LEFT JOIN hands AS h USING (entry_id)
        GROUP BY 1, 2, 3 ORDER BY releases DESC, 1, 2, 3"""
    return rows(counted, values)


def count_of(actor: Actor, path: Path, enterprise_ids: Collection[str], until: datetime, window: timedelta) -> int:
    """How many releases that are."""
    found, values = _found(actor, lake_at(path), enterprise_ids, until, window)
    return rows(f"{found} SELECT count(*) AS releases FROM found", values)[0]["releases"]


def _found(
    actor: Actor, lake: Lake, enterprise_ids: Collection[str], until: datetime, window: timedelta
) -> tuple[str, list[Any]]:
    """WITH-clauses `found` (the releases) and `hands` (who did what to each), and their parameters."""
    inside, places = territory(actor, lake, "d.unit_code")
    named = "officer" if actor.holds(Post.OVERSIGHT) else "''"
    declared = "\n".join(
        f"""UNION SELECT d.consignee_id, '{tie}' FROM d JOIN mine AS m ON d.{column} = m.{column} WHERE d.{column} <> ''
            AND d.{column} IN (SELECT {column} FROM d GROUP BY 1 HAVING count(DISTINCT consignee_id) <= {FEW})"""
        for tie, column in DECLARED_TIES.items()
    )
    master = "\n".join(
        f"""UNION SELECT e.enterprise_id, '{tie}' FROM e JOIN e AS o ON e.{tie} = o.{tie}
            WHERE o.enterprise_id IN (SELECT id FROM sought) AND e.{tie} <> ''
            AND e.{tie} IN (SELECT {tie} FROM e GROUP BY 1 HAVING count(*) <= {FEW})"""
        for tie in MASTER_TIES
    )
    text = f"""
        WITH sought AS (SELECT DISTINCT unnest(?::VARCHAR[]) AS id),
        e AS (SELECT * FROM ({lake.select("enterprises")})),
        d AS (SELECT * FROM ({lake.select("declarations")})
              WHERE released_at >= ?::TIMESTAMPTZ AND released_at < ?::TIMESTAMPTZ),
        mine AS (SELECT DISTINCT agent_id, overseas_party FROM d
                 WHERE consignee_id IN (SELECT id FROM sought) OR agent_id IN (SELECT id FROM sought)),
        tied AS (SELECT id AS enterprise_id, 'self' AS tie FROM sought {declared} {master}),
        partners AS (SELECT enterprise_id, CASE WHEN bool_or(tie = 'self') THEN ['self']
                     ELSE list(DISTINCT tie ORDER BY tie) END AS ties FROM tied GROUP BY 1),
        found AS (SELECT d.entry_id, d.unit_code, d.released_at, d.consignee_id AS enterprise_id, p.ties
                  FROM d JOIN partners AS p ON d.consignee_id = p.enterprise_id WHERE {inside}),
        opened AS (SELECT x.entry_id, unnest([x.officer1, x.officer2]) AS officer, f.unit_code
                   FROM ({lake.select("examinations")}) AS x JOIN found AS f USING (entry_id)),
        done AS (SELECT v.object_id AS entry_id, v.activity AS act, v.officer_id AS officer,
                        coalesce(v.unit_code, f.unit_code) AS unit_code,
                        coalesce(v.post, CASE v.activity WHEN 'release' THEN 'release' ELSE 'examination' END) AS post
                 FROM ({lake.select("events")}) AS v JOIN found AS f ON v.object_id = f.entry_id
                 WHERE v.object_type = 'entry' AND v.activity IN ('examine', 'release')
                 UNION SELECT entry_id, 'examine', officer, unit_code, 'examination' FROM opened AS o
                 WHERE officer IS NOT NULL AND NOT EXISTS (
                     SELECT 1 FROM ({lake.select("events")}) AS v WHERE v.object_type = 'entry'
                     AND v.activity = 'examine' AND v.object_id = o.entry_id AND v.officer_id = o.officer)),
        hands AS (SELECT entry_id, act, unit_code, post, coalesce({named}, '') AS officer FROM done)
        """
    since = until - window
    return text, [sorted(set(enterprise_ids)), since, until, *places]
