"""Asking controls: of one log that is given, or of every trail that a lake can tell."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.parts import columns_of, counted, parts, summed
from guanjian.engine.controls.run import RESULTS, Run, Tally, lacking, wanted_columns
from guanjian.engine.controls.side import SHAPES, lay
from guanjian.engine.controls.source import Source, quoted, recognise
from guanjian.kernel.errors import BadInput
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.control import Control
from guanjian.signals.controls.others import Others, others
from guanjian.signals.controls.trails import trail

Told = Callable[[str], None]
Read = tuple[tuple[str, ...], ...]
AT_ONCE = 4_000_000  # events of one log in memory; a longer trail is asked in parts


@dataclass(frozen=True)
class Walked:
    """What one trail cost. `read`: the columns of every reading of it; `alone`: those of the readings of each control."""

    trail: str
    codes: tuple[str, ...]
    events: int
    seconds: float
    cpu_seconds: float
    read: Read
    alone: dict[str, Read]


@dataclass
class Answer:
    """What was found: the tallies in the order of the controls, and the size of what was read."""

    tallies: list[Tally] = field(default_factory=list)
    events: int = 0
    objects: int = 0
    walked: list[Walked] = field(default_factory=list)
    others: Others = field(default_factory=Others)


def _nobody(_code: str) -> None:
    return None


def ask_log(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    controls: Iterable[Control],
    calendar: Calendar,
    told: Told = _nobody,
) -> Answer:
    """Every control of one log; a control written for a trail is asked of the log all the same."""
    rules = {one.code: one.rule for one in controls}
    log = arrange(connection, source, wanted_columns(rules.values()))
    return Answer(Run(log, calendar, source.as_of).ask(rules, told), log.events, log.objects)


def _whole(sql: str) -> str:
    return sql


def ask_lake(
    connection: duckdb.DuckDBPyConnection,
    controls: Iterable[Control],
    calendar: Calendar,
    told: Told = _nobody,
    narrowed: Callable[[str], str] = _whole,
) -> Answer:
    """Every control of its trail, over a connection in which each table of the contract is a view.

    `narrowed` gives the SELECT of a part of a trail: whole objects, or what precedes and what follows would be lost.
    """
    answer, by_trail = Answer(), {}
    for one in controls:
        if not one.trail:
            raise BadInput(f"{one.code} 没有写明轨迹（trail）。", f"{one.code} names no trail.")
        by_trail.setdefault(one.trail, []).append(one)
    for name in SHAPES:
        if connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {name} LIMIT 1) s").fetchall()[0][0]:
            lay(connection, name, f"SELECT * FROM {name}")
    connection.execute(RESULTS)  # also where nothing can be asked
    with others(connection, by_trail) as answer.others:
        for name, group in by_trail.items():
            wall, cpu = time.perf_counter(), time.process_time()
            source = recognise(connection, narrowed(trail(name).sql))
            found, read = _walk(connection, source, group, calendar, told)
            spent = time.perf_counter() - wall, time.process_time() - cpu
            alone = {one.code: _alone(connection, source, one) for one in group}
            answer.walked.append(Walked(name, tuple(alone), found.events, *spent, read, alone))
            answer.tallies += found.tallies
            answer.events, answer.objects = answer.events + found.events, answer.objects + found.objects
    answer.tallies.sort(key=lambda tally: tally.code)
    return answer


def _alone(connection: duckdb.DuckDBPyConnection, source: Source, control: Control) -> Read:
    """What a control would read by itself: how many events there are, then its own columns of them."""
    if lacking(connection, control.rule):
        return ((source.columns["object_id"],),)
    return (), tuple(columns_of(source, wanted_columns([control.rule])))


def _walk(
    connection: duckdb.DuckDBPyConnection, source: Source, group: Sequence[Control], calendar: Calendar, told: Told
) -> tuple[Answer, Read]:
    """One trail: at once, or the long one in parts of whole objects; what looks across objects has a log of all parts."""
    if all(lacking(connection, one.rule) for one in group):
        return _only_counted(connection, source, group, told), ((source.columns["object_id"],),)
    events = counted(connection, source)
    wanted = wanted_columns(one.rule for one in group)
    read = (), tuple(columns_of(source, wanted))
    if events <= AT_ONCE:
        return ask_log(connection, source, group, calendar, told), read
    within = [one for one in group if not one.rule.template.across]
    found = Answer([], events, 0)
    with parts(connection, source, wanted, source.columns["object_id"], -(-events // AT_ONCE)) as laid:
        if within:
            told_once = [told] + [_nobody] * (len(laid.pieces) - 1)
            asked = [
                ask_log(connection, piece, within, calendar, says)
                for piece, says in zip(laid.pieces, told_once, strict=True)
            ]
            found.tallies, found.objects = summed(each.tallies for each in asked), sum(each.objects for each in asked)
        for one in group:
            if one.rule.template.across:
                mine = ask_log(connection, _of_subject(laid.one, one), [one], calendar, told)
                found.tallies += mine.tallies
                found.objects = max(found.objects, mine.objects)
    return found, read


def _only_counted(
    connection: duckdb.DuckDBPyConnection, source: Source, group: Sequence[Control], told: Told
) -> Answer:
    """Without a table that all of them need nothing can be tested: how many objects there are is all that is left to say."""
    asked = f"SELECT count(*), count(DISTINCT {quoted(source.columns['object_id'])}) FROM ({source.sql}) s"
    events, objects = connection.execute(asked).fetchall()[0]
    tallies = []
    for one in group:
        told(one.code)
        tallies.append(Tally(one.code, objects, 0, objects, lacking(connection, one.rule)))
    return Answer(tallies, events, objects)


def _of_subject(source: Source, control: Control) -> Source:
    """Where findings are about a column, such as a person, rows that leave it empty say nothing."""
    name = control.rule.template.subject and control.rule.value(control.rule.template.subject)
    column = source.columns.get("officer_id" if name == "who" else name)
    if not name or column is None:
        return source
    said = f"nullif(CAST({quoted(column)} AS varchar), '') IS NOT NULL"
    return replace(source, sql=f"SELECT * FROM ({source.sql}) s WHERE {said}")
