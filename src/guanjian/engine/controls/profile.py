"""Temporal profile: the usual time between any two steps of an object, and the objects that depart from it."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

# Every ordered pair of events of an object. The pairs are written once: profile and departures share them. Microseconds
# stay whole numbers until they are compared: a mean of fractions is not always what it is the mean of, and a pair whose
# times never vary would depart from itself.
PAIRS = (
    "CREATE OR REPLACE TEMP TABLE log_pairs AS SELECT x.o, x.n AS n1, y.n AS n2, x.a AS a1, y.a AS a2, "
    "epoch_us(y.t) - epoch_us(x.t) AS us FROM log x JOIN log y ON x.o = y.o AND y.n > x.n "
    "AND y.t >= x.t"
)
PROFILE = (
    "CREATE OR REPLACE TABLE log_profile AS SELECT a1, a2, count(*) AS seen, avg(us) / 1000000 AS mean_s, "
    "coalesce(stddev_samp(us), 0) / 1000000 AS sd_s FROM log_pairs GROUP BY a1, a2"
)
DEPARTURES = (
    "CREATE OR REPLACE TABLE log_departures AS SELECT b.object_id, CAST(p.a1 AS varchar) AS a1, CAST(p.a2 AS varchar) AS a2, "
    "p.us / 1000000 AS gap_s, f.mean_s, f.sd_s, CASE WHEN f.sd_s > 0 THEN abs(p.us / 1000000 - f.mean_s) / f.sd_s END AS z, "
    "CAST(x.event_id AS varchar) AS from_event, CAST(y.event_id AS varchar) AS to_event FROM log_pairs p "
    "JOIN log_profile f ON f.a1 = p.a1 AND f.a2 = p.a2 JOIN log x ON x.n = p.n1 JOIN log y ON y.n = p.n2 "
    "JOIN log_objects b ON b.o = p.o "
    "WHERE p.us / 1000000 < f.mean_s - {zeta} * f.sd_s OR p.us / 1000000 > f.mean_s + {zeta} * f.sd_s"
)


@dataclass(frozen=True)
class Profile:
    """How many pairs of activities have a usual time, how many pairs of events depart from it, in how many objects."""

    pairs: int
    departures: int
    objects: int


def temporal_profile(connection: duckdb.DuckDBPyConnection, zeta: float = 6.0) -> Profile:
    """Build `log_profile` and `log_departures` over the arranged log; `zeta` is the number of standard deviations."""
    connection.execute(PAIRS)
    connection.execute(PROFILE)
    connection.execute(DEPARTURES.format(zeta=float(zeta)))
    connection.execute("DROP TABLE log_pairs")
    counts = "SELECT (SELECT count(*) FROM log_profile), count(*), count(DISTINCT object_id) FROM log_departures"
    return Profile(*connection.execute(counts).fetchall()[0])
