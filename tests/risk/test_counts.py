"""From the measured table to counts, their places, and what should have been counted."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.risk.panel import Panel, panel_of, tree_of
from guanjian.risk.places import all_districts, places_of
from guanjian.risk.values import standard, values
from tests.risk.worlds import A, panel, places, raised

ROWS = pd.DataFrame(
    [
        ("A", "2201", "CLR-EXAM", date(2026, 3, 2), 2.0, 10.0),
        ("A", "2201", "CLR-EXAM", date(2026, 3, 16), 1.0, 10.0),
        ("B", "2202", "TAX-VALUE", date(2026, 3, 9), 3.0, 0.0),
        ("A", "9999", "CLR-EXAM", date(2026, 3, 9), 7.0, 7.0),
    ],
    columns=["indicator_code", "unit_code", "line_code", "week", "cases", "exposure"],
)


def test_mondays_become_weeks_and_a_missing_week_has_no_work():
    found = panel_of(ROWS, ("2201", "2202"))
    assert found.weeks == ("2026-W10", "2026-W11", "2026-W12")
    assert found.cases[:, 0, 0].tolist() == [2, 0, 1]
    assert found.exposure[:, 0, 0].tolist() == [10, 0, 10]


def test_an_indicator_without_exposure_counts_every_week_as_one():
    found = panel_of(ROWS, ("2201", "2202"))
    assert found.exposure[:, 1].tolist() == [[1, 1]] * 3


def test_only_what_was_known_until_the_week_is_read():
    found = panel_of(ROWS, ("2201", "2202"), "2026-W11")
    assert found.weeks == ("2026-W10", "2026-W11")
    assert found.cases.sum() == 5


def test_a_table_without_its_columns_is_refused_by_their_names():
    with pytest.raises(BadInput, match="line_code"):
        panel_of(ROWS.drop(columns="line_code"), ("2201",))
    with pytest.raises(BadInput, match="没有"):
        panel_of(ROWS, ("0100",))


def test_indicators_hang_under_lines_and_a_line_with_one_is_left_out():
    tree = tree_of((("CLR-EXAM", "A"), ("CLR-EXAM", "B"), ("TAX-VALUE", "C")))
    assert tree.names == ("CLR-EXAM/A", "CLR-EXAM/B", "TAX-VALUE/C", "CLR-EXAM", "ALL")
    assert tree.parents == ((3,), (3,), (4,), (4,), ())


def test_whole_districts_are_zones_beside_circles_of_near_houses():
    rows = [
        {"unit_code": code, "district_code": code[:2] + "00", "lon": 110 + i, "lat": 30.0, "peer_group": "inland"}
        for i, code in enumerate(["2201", "2202", "2301", "2302", "2303"])
    ]
    zones = places_of(rows).zones(2)
    found = {
        tuple(sorted(zones.members(row, stop).tolist()))
        for row in range(len(zones.order))
        for stop in np.flatnonzero(zones.stop[row])
    }
    assert {(0, 1), (2, 3, 4), (0, 1, 2, 3, 4)} <= found


def test_a_house_without_a_position_stands_where_its_district_is():
    found = places_of([{"unit_code": "2203", "district_code": "2200", "lon": None, "lat": None}])
    assert found.points.tolist() == [[121.4966, 31.2423]]
    with pytest.raises(BadInput, match="坐标"):
        places_of([{"unit_code": "zz01", "district_code": "zz00", "lon": None, "lat": None}])


def test_there_are_42_districts_and_what_reaches_out_of_each_adds_up_to_one():
    found = all_districts()
    assert len(found.codes) == 42
    np.testing.assert_allclose(found.reach().sum(axis=1), 1)
    near = found.reach()[found.codes.index("5100")]
    assert found.codes[int(near.argmax())] in ("5200", "5700", "6800", "5300")


def test_standard_cases_add_up_to_what_was_counted_where_all_are_alike():
    given = panel()
    mean = standard(given, places(), slice(0, 30))
    np.testing.assert_allclose(mean[:30].sum(axis=(0, 2)), given.cases[:30].sum(axis=(0, 2)), rtol=0.02)


def test_more_work_makes_more_cases_normal():
    given = panel()
    doubled = Panel(given.weeks, given.leaves, given.units, given.cases, given.exposure * np.arange(1, 9))
    mean = standard(doubled, places(), slice(0, 30))
    np.testing.assert_allclose(mean[0, A, 7], 8 * mean[0, A, 0])


def test_a_unit_far_above_its_peers_lies_outside_the_funnel_and_keeps_most_of_its_value():
    told = values(raised(panel(), [A], [3], 30), places(), slice(0, 30), slice(30, 40))
    assert told.outside[A].tolist() == [i == 3 for i in range(8)]
    assert 2 < told.shrunk[A, 3] < told.ratio[A, 3]
