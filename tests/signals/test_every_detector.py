"""One battery over the whole catalogue: whoever adds a detector has these tests without writing them."""

from __future__ import annotations

import importlib
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjian.engine.judge import _evidence
from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.kernel.words import Text
from guanjian.signals.catalogue import catalogue
from guanjian.signals.detector import Detector
from guanjian.signals.example import drawn
from tests.signals.worlds import build, renamed, tables, worlds

CATALOGUE = catalogue()
each = pytest.mark.parametrize("detector", CATALOGUE.values(), ids=CATALOGUE)
APART = [detector for detector in CATALOGUE.values() if not detector.pooled]
COMPARED = ("subject_id", "unit_code", "period", "score", "observed", "expected")
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _plain(detector: Detector):
    return importlib.import_module(f"tests.signals.plain.{detector.code.lower().replace('-', '')}")


def _look(detector: Detector, given_tables: dict, **parameters) -> list[dict]:
    with Session.over(given_tables) as session:
        return detector.look(session, **parameters).rows.to_dict("records")


def _scores(rows: list[dict]) -> dict[tuple, float]:
    return {(row["subject_id"], row["unit_code"], row["period"]): row["score"] for row in rows}


def _key(row: tuple) -> tuple:
    return row[0], row[1] or "", row[2]


def test_the_first_ten_are_there():
    first = "CLR-01 DEC-01 EXM-01 EXM-02 EXM-03 EXM-04 INT-01 INT-02 VAL-01 VAL-02"
    assert set(first.split()) <= set(CATALOGUE)


@each
def test_it_says_what_it_scores_when_it_is_silent_and_what_it_misses(detector):
    for line in ("Score:", "Silent when:", "Misses:"):
        assert line in detector.help
    for text in (detector.title, *(said for p in detector.params.values() for said in (p.unit, p.means))):
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.strip()


@each
def test_it_finds_something_in_its_own_example_and_says_it_in_both_languages(detector):
    with Session.over(drawn(detector.example)) as session:
        rows = detector.look(session).told().to_dict("records")
        assert session.reads == set(detector.reads) | (session.reads & set(detector.may_read))
    assert rows
    for row in rows:
        said, evidence = detector.explain(row), _evidence(row, detector.defaults)
        assert str(row["subject_id"]) in said.zh + said.en or row["subject_id"].split("|")[0] in said.zh
        assert said.zh != said.en
        assert evidence["rows"]
        assert evidence["parameters"] == detector.defaults
        assert evidence["observed"] is not None
        assert evidence["expected"] is not None


@each
def test_it_finds_nothing_in_nothing_and_says_that_data_are_missing(detector):
    with Session() as session:
        run = detect(session, [detector])
    assert run.findings == []
    assert "不可判定" in run.reports[0].unclear.zh


@each
def test_the_number_of_tests_is_told_if_and_only_if_it_is_statistical(detector):
    with Session.over(drawn(detector.example)) as session:
        looked = detector.look(session)
    if detector.statistical:
        assert looked.tests >= len(looked.rows) > 0
        assert looked.rows["p_value"].between(0, 1).all()
    else:
        assert looked.tests is None
        assert looked.rows["p_value"].isna().all()


@each
def test_the_order_of_rows_does_not_matter(detector):
    world = build(random.Random(7), 60)
    plain = _plain(detector)
    one = _look(detector, tables(world), **plain.LOOSE)
    other = _look(detector, tables(world, shuffled_by=3), **plain.LOOSE)
    assert one
    assert _scores(one) == pytest.approx(_scores(other))


@each
def test_raising_the_cut_only_removes(detector):
    world = tables(build(random.Random(11), 60))
    loose = _plain(detector).LOOSE
    low = _scores(_look(detector, world, **loose))
    middle = sorted(low.values())[len(low) // 2]
    high = _scores(_look(detector, world, **loose | {"cut": middle}))
    kept = {key: score for key, score in low.items() if score >= middle}
    assert high == pytest.approx(kept)
    assert _look(detector, world, **loose | {"cut": max(low.values()) + 1.0}) == []


@pytest.mark.parametrize("detector", APART, ids=[detector.code for detector in APART])
def test_an_unrelated_group_changes_no_score(detector):
    world = build(random.Random(5), 50)
    loose = _plain(detector).LOOSE
    alone = _scores(_look(detector, tables(world), **loose))
    far = renamed(build(random.Random(6), 50))
    both = {name: rows + far.get(name, []) for name, rows in world.items()}
    beside = _scores(_look(detector, tables(both), **loose))
    assert alone
    assert {key: beside.get(key) for key in alone} == pytest.approx(alone)


def test_a_detector_that_pools_unrelated_groups_says_what_it_learns_from_them():
    assert {d.code for d in CATALOGUE.values() if d.pooled} == set(CATALOGUE) - {d.code for d in APART}
    assert all("learned from all" in d.pooled for d in CATALOGUE.values() if d.pooled)


@pytest.mark.slow
@each
@few
@given(data=st.data())
def test_it_equals_its_plain_reading(detector, data):
    world = data.draw(worlds())
    plain = _plain(detector)
    seen = _look(detector, tables(world), **plain.LOOSE)
    expected = plain.read(world, **plain.LOOSE)
    units = {(row[0], row[2]): row[1] for row in expected}
    rows = [
        tuple(None if name == "unit_code" and units.get((row["subject_id"], row["period"]), "") is None else row[name]
              for name in COMPARED)
        for row in seen
    ]  # fmt: skip
    rows, expected = sorted(rows, key=_key), sorted(expected, key=_key)
    assert list(map(_key, rows)) == list(map(_key, expected))
    for mine, theirs in zip(rows, expected, strict=True):
        assert mine[3:] == pytest.approx(theirs[3:], rel=1e-6, abs=1e-9)
