"""One battery over all indicators: whoever adds one has these tests without writing them."""

from __future__ import annotations

import importlib
import inspect
import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from guanjian.customs import TABLES
from guanjian.customs.codes import codes
from guanjian.engine.measure import SCHEMA, measure
from guanjian.engine.session import Session
from guanjian.kernel.words import Text
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.example import drawn
from guanjian.signals.indicator import Indicator, Means
from tests.signals.indicators.wide import build, far, tables, wide
from tests.signals.plain.tools import local

CATALOGUE = indicator_catalogue()
each = pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=CATALOGUE)
FAMILIES = {"aud": "gov", "hrm": "gov", "int": "gov"}  # families that are read in another's file
# Worlds are small: what the example shows at 72 hours or ten peers must show here too.
LOOSE = {"I-TAX-03": {"min_peers": 2}, "I-EXM-13": {"times": 1.2}, "I-CLR-02": {"hours": 3}, "I-ENT-05": {"times": 1}}

Row = tuple[str, str, date, float, float]


def _rows(table) -> list[Row]:
    names = ("unit_code", "line_code", "week", "cases", "exposure")
    return [tuple(row[name] for name in names) for row in table.to_pylist()]


def _all_measured(world: dict) -> dict[str, list[Row]]:
    """Every indicator on one session: its rows by its code."""
    with Session.over(world) as session:
        table = measure(session, list(CATALOGUE.values()), LOOSE).table
    rows: dict[str, list[Row]] = {code: [] for code in CATALOGUE}
    for code, row in zip(table["indicator_code"].to_pylist(), _rows(table), strict=True):
        rows[code].append(row)
    return rows


def _equal(found: list[Row], expected: list[Row]) -> None:
    assert [row[:3] for row in found] == [row[:3] for row in expected]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine[3:] == pytest.approx(theirs[3:], rel=1e-9)


def _stem(indicator: Indicator) -> str:
    return indicator.code.lower().removeprefix("i-").replace("-", "")


def _read_plainly(indicator: Indicator, world: dict) -> list[Row]:
    """Its plain reading, fact by fact, summed by unit, line and week."""
    family = _stem(indicator)[:3]
    module = importlib.import_module(f"tests.signals.indicators.plain.{FAMILIES.get(family, family)}")
    sums: dict[tuple, list[float]] = defaultdict(lambda: [0.0, 0.0])
    settings = indicator.defaults | LOOSE.get(indicator.code, {})
    for unit, moment, case, exposed, *line in getattr(module, _stem(indicator))(world, **settings):
        day = local(moment).date() if isinstance(moment, datetime) else moment
        at = sums[(unit, line[0] if line else indicator.line, day - timedelta(day.weekday()))]
        at[0], at[1] = at[0] + float(case), at[1] + float(exposed)
    return sorted((*place, *both) for place, both in sums.items() if place[0] and both != [0.0, 0.0])


@each
def test_it_says_what_its_value_is_when_it_is_silent_and_what_it_misses(indicator):
    for line in ("Value:", "Silent when:", "Misses:"):
        assert f"\n{line} " in indicator.help
    for text in (indicator.title, indicator.of, *(s for p in indicator.params.values() for s in (p.unit, p.means))):
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.strip()


@each
def test_its_file_its_line_and_its_tables_are_known(indicator):
    assert indicator.measure.__module__.rsplit(".", 1)[1].startswith(_stem(indicator) + "_")
    assert indicator.line in codes("lines")
    assert indicator.node
    assert {*indicator.reads, *indicator.may_read} <= set(TABLES)


def test_indicators_do_not_lean_on_each_other():
    for indicator in CATALOGUE.values():
        source = Path(inspect.getsourcefile(indicator.measure)).read_text(encoding="utf-8")
        assert "signals.indicators" not in source, indicator.code


def test_no_two_indicators_share_a_title():
    assert (
        len({i.title.zh for i in CATALOGUE.values()}) == len({i.title.en for i in CATALOGUE.values()}) == len(CATALOGUE)
    )


@each
def test_its_own_small_example_gives_the_right_value_and_reads_what_it_says(indicator):
    lines = indicator.example.strip().splitlines()
    answer = []
    for unit, *line, week, cases, exposure in (text.split()[1:] for text in lines if text.startswith("=>")):
        place = (unit, line[0] if line else indicator.line, date.fromisoformat(week))
        answer.append((*place, float(cases), float(exposure)))
    with Session.over(drawn("\n".join(text for text in lines if not text.startswith("=>")))) as session:
        found = measure(session, [indicator]).table
        read = session.reads - {"units"}
    assert answer
    _equal(_rows(found), sorted(answer))
    assert set(indicator.reads) <= read <= {*indicator.reads, *indicator.may_read}


def test_they_measure_nothing_in_nothing_and_say_that_data_are_missing():
    with Session() as session:
        run = measure(session, list(CATALOGUE.values()))
    assert run.table.schema.equals(SCHEMA)
    assert run.table.num_rows == 0
    assert set(run.unclear) == set(CATALOGUE)
    assert all("不可判定" in text.zh for text in run.unclear.values())


def test_the_order_of_rows_does_not_matter():
    world = build(random.Random(7), 40)
    assert _all_measured(tables(world)) == _all_measured(tables(world, shuffled_by=3))


def test_the_rows_of_an_unrelated_unit_change_no_value():
    world, elsewhere = build(random.Random(5), 120), far(build(random.Random(6), 60))
    alone = _all_measured(tables(world))
    both = _all_measured(tables({name: rows + elsewhere.get(name, []) for name, rows in world.items()}))
    for code, rows in alone.items():
        assert rows, code
        _equal([row for row in both[code] if not row[0].startswith("9")], rows)


def test_a_share_lies_between_nought_and_one_and_every_indicator_shows_cases():
    for code, rows in _all_measured(tables(build(random.Random(11), 150))).items():
        assert any(cases for *_, cases, _ in rows), code
        assert all(min(cases, exposure) >= 0 for *_, cases, exposure in rows), code
        if CATALOGUE[code].means is Means.SHARE:
            assert all(cases <= exposure for *_, cases, exposure in rows), code


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(world=wide())
def test_all_of_them_together_equal_their_plain_readings(world):
    for code, rows in _all_measured(tables(world)).items():
        indicator = CATALOGUE[code]
        if all(world.get(name) for name in indicator.reads):
            _equal(rows, _read_plainly(indicator, world))
        else:
            assert rows == []
