"""The battery over the whole catalogue of controls."""

from importlib.resources import files

import pyarrow as pa
import pytest

from guanjian.customs import TABLES
from guanjian.kernel.papers import Level
from guanjian.signals.controls import asking, others
from guanjian.signals.controls.catalogue import catalogue
from guanjian.signals.controls.trails import trails
from guanjian.signals.example import drawn
from tests.engine.controls import plain
from tests.signals.controls.worlds import asked, found, pooled, shuffled, side, told

CODES = list(catalogue())
SEEDS = [None, 1, 2, 3]


@pytest.mark.parametrize("code", CODES)
def test_each_finds_what_its_example_says_and_nothing_else(code):
    control = catalogue()[code]
    assert control.breach
    with asked([control], drawn(control.example)) as (answer, connection):
        breaches = found(connection).get(code, {})
        assert sorted(breaches) == sorted(control.breach)
        assert all(breaches.values())
        assert sorted(found(connection, "untestable").get(code, {})) == sorted(control.untestable)
        (tally,) = answer.tallies
        assert (tally.breached, tally.untestable, tally.missing) == (len(control.breach), len(control.untestable), ())


def test_nothing_is_found_in_nothing():
    with asked(catalogue().values(), {}) as (answer, connection):
        assert found(connection) == {}
        assert [tally.breached for tally in answer.tallies] == [0] * len(CODES)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_equals_its_plain_reading_on_mixed_worlds(seed):
    tables = pooled(seed)
    for name in trails():
        group = [control for control in catalogue().values() if control.trail == name]
        if not group:
            continue
        with asked(group, tables) as (_, connection):
            log, breaches = told(connection), found(connection)
        for control in group:
            want = plain.breached(control.rule, log, side(tables))
            assert set(breaches.get(control.code, {})) == want, control.code


def test_the_order_of_the_rows_changes_nothing():
    tables = pooled(4)
    with asked(catalogue().values(), tables) as (_, connection):
        one = {code: set(objects) for code, objects in found(connection).items()}
    with asked(catalogue().values(), shuffled(tables, 5)) as (_, connection):
        two = {code: set(objects) for code, objects in found(connection).items()}
    assert one == two
    assert len(one) > 0.9 * len(CODES)


@pytest.mark.parametrize("seed", SEEDS[1:2])
def test_a_long_trail_in_parts_answers_as_the_whole_does(seed, monkeypatch):
    tables, answers = pooled(seed), []
    place, many = tables["events"].column_names.index("event_id"), tables["events"].num_rows
    numbered = pa.array([f"e{n:04}" for n in range(many)])  # steps of one moment need an order of their own
    tables["events"] = tables["events"].set_column(place, tables["events"].schema.field(place), numbered)
    for at_once in (asking.AT_ONCE, 25):
        monkeypatch.setattr(asking, "AT_ONCE", at_once)
        with asked(catalogue().values(), tables) as (answer, connection):
            rows = connection.execute(
                "SELECT control, object_id, result, why, field, first_at, list_sort(list_distinct(evidence))"
                " FROM log_results ORDER BY ALL"
            ).fetchall()
        counts = [(t.code, t.objects, t.breached, t.untestable, t.missing) for t in answer.tallies]
        answers.append((rows, counts, answer.events, answer.objects))
    assert len(answers[0][0]) > 100
    assert answers[0] == answers[1]


@pytest.mark.parametrize("code", CODES)
def test_each_says_its_owner_ground_and_meaning_in_both_languages(code):
    control = catalogue()[code]
    assert control.basis
    assert control.line
    assert control.node
    assert control.level in Level
    assert control.title.zh != control.title.en
    assert control.sentence.zh != control.sentence.en


def test_there_are_at_least_forty_and_their_lines_are_of_the_list():
    listed = files("guanjian.customs").joinpath("codes/lines.csv").read_text(encoding="utf-8").splitlines()
    lines = {line.split(",")[0] for line in listed[1:]}
    assert len(CODES) >= 40
    assert {control.line for control in catalogue().values()} <= lines


def test_every_trail_is_used_or_told_and_reads_only_the_contract():
    used = {control.trail for control in catalogue().values()}
    assert used <= set(trails())
    for one in trails().values():
        assert one.says.count(" | ") == 1, one.name
        assert any(f"FROM {table}" in one.sql for table in (*TABLES, others.NAME)), one.name


def test_the_page_is_what_the_code_says():
    from tests.signals.controls import drawing

    assert drawing.PATH.read_text(encoding="utf-8") == drawing.drawing()
