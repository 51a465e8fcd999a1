"""What several trails share is read once, what nobody can test is only counted, and the figures of reading say no more."""

from __future__ import annotations

import pytest

from guanjian.engine.branches import columns_told
from guanjian.engine.controls.source import recognise
from guanjian.engine.session import Session
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.asking import ask_lake, ask_log
from guanjian.signals.controls.catalogue import catalogue
from guanjian.signals.controls.others import ENTRY, NAME, others
from guanjian.signals.controls.trails import trail
from tests.signals.controls.worlds import pooled


def test_events_of_other_objects_are_kept_for_several_trails_and_only_shown_to_one():
    with Session.over(pooled()) as session:
        rows = f"SELECT event_id, object_type FROM {NAME} ORDER BY ALL"
        wanted = "SELECT event_id, object_type FROM events WHERE object_type <> 'entry' ORDER BY ALL"
        for names, kept in ((["case", "entry"], False), (["case", "clue", "entry"], True)):
            with others(session.connection, names) as known:
                assert session.connection.execute(rows).fetchall() == session.connection.execute(wanted).fetchall()
                assert known.kept is kept
                assert (known.kinds is not None) is kept
            there = session.connection.execute(
                "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"
            )
            assert (NAME,) not in there.fetchall()


def test_without_the_table_that_it_needs_a_control_counts_the_objects_that_it_would_have_asked():
    tables, control = pooled(), catalogue()["C-SEP-05"]
    del tables["relations"]
    with Session.over(tables) as session:
        answer = ask_lake(session.connection, [control], Calendar())
        assert session.connection.execute("SELECT count(*) FROM log_results").fetchall() == [(0,)]
        source = recognise(session.connection, trail(control.trail).sql)
        asked = ask_log(session.connection, source, [control], Calendar())
    (mine,), (theirs,) = answer.tallies, asked.tallies
    assert (mine.objects, mine.breached, mine.untestable, mine.missing) == (
        theirs.objects,
        theirs.breached,
        theirs.untestable,
        theirs.missing,
    )
    assert mine.missing == ("relations",)
    assert mine.objects == mine.untestable == 3
    assert (answer.events, answer.objects) == (asked.events, asked.objects)


@pytest.mark.parametrize(("kinds", "there"), [(None, True), (("case", ENTRY), True), ((ENTRY,), False)])
def test_of_a_kind_of_object_that_is_not_there_nothing_but_the_kind_is_read(kinds, there):
    read = columns_told(trail("case").sql, ("object_id", "at", "officer_id"), kinds)
    assert read[NAME, "object_type"] == 1
    assert (read[NAME, "at"], read[NAME, "officer_id"]) == ((1, 1) if there else (0, 0))
    assert read["penalties", "decided_at"] == 4  # one branch for each part of a penalty


def test_counting_reads_no_column_but_those_that_tell_which_rows():
    assert set(columns_told(trail("entry").sql, ())) == {("events", "object_type"), ("examinations", "officer2")}
