"""A pair of steps whose time never varies is usual everywhere, and one that varies once stands out once."""

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.profile import temporal_profile
from guanjian.engine.controls.run import connect
from guanjian.engine.controls.source import recognise


def profiled(gaps: list[str], zeta: float):
    own = connect()
    steps = [
        f"('c{i}', 'a', TIMESTAMP '2026-01-01'), ('c{i}', 'b', TIMESTAMP '2026-01-01' + INTERVAL {gap} SECOND)"
        for i, gap in enumerate(gaps)
    ]
    source = recognise(own, f"SELECT * FROM (VALUES {', '.join(steps)}) t(case_id, activity, ts)")
    arrange(own, source)
    return temporal_profile(own, zeta), own


def test_a_time_that_never_varies_departs_nowhere_however_many_share_it():
    for gap in ("0.1", "0.7", "1234.567891"):
        for objects in (3, 6, 10, 117):
            found, _ = profiled([f"'{gap}'"] * objects, 2)
            assert (found.pairs, found.departures) == (1, 0)


def test_the_one_that_differs_is_named_with_its_distance():
    found, own = profiled(["'60'"] * 99 + ["'3600'"], 6)
    assert (found.departures, found.objects) == (1, 1)
    assert own.execute("SELECT object_id, gap_s, round(z, 2) FROM log_departures").fetchall() == [("c99", 3600.0, 9.9)]
