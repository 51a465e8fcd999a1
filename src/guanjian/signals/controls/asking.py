"""Asking controls: of one log that is given, or of every trail that a lake can tell."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.parts import columns_of, extent, parts, summed
from guanjian.engine.controls.run import Run, Tally, wanted_columns
from guanjian.engine.controls.side import SHAPES, lay
from guanjian.engine.controls.source import Source, quoted, recognise
from guanjian.kernel.errors import BadInput
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.control import Control
from guanjian.signals.controls.trails import trail

Told = Callable[[str], None]
AT_ONCE = 4_000_000  # events of one log in memory; a longer trail is asked in parts


@dataclass(frozen=True)
class Walked:
    """What one trail cost. `read`: the columns of every reading of it; `alone`: those that each control needs."""

    trail: str
    codes: tuple[str, ...]
    events: int
    seconds: float
    cpu_seconds: float
    read: tuple[tuple[str, ...], ...]
    alone: dict[str, tuple[str, ...]]


@dataclass
class Answer:
    """What was found: the tallies in the order of the controls, and the size of what was read."""

    tallies: list[Tally] = field(default_factory=list)
    events: int = 0
    objects: int = 0
    walked: list[Walked] = field(default_factory=list)


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
    tallies: dict[str, Tally] = {}
    for name, group in by_trail.items():
        wall, cpu = time.perf_counter(), time.process_time()
        source = recognise(connection, narrowed(trail(name).sql))
        found, read = _walk(connection, source, group, calendar, told)
        spent = time.perf_counter() - wall, time.process_time() - cpu
        alone = {one.code: tuple(columns_of(source, wanted_columns([one.rule]))) for one in group}
        answer.walked.append(Walked(name, tuple(alone), found.events, *spent, read, alone))
        tallies |= {tally.code: tally for tally in found.tallies}
        answer.events, answer.objects = answer.events + found.events, answer.objects + found.objects
    answer.tallies = [tallies[code] for code in sorted(tallies)]
    return answer


Read = tuple[tuple[str, ...], ...]


def _walk(
    connection: duckdb.DuckDBPyConnection, source: Source, group: Sequence[Control], calendar: Calendar, told: Told
) -> tuple[Answer, Read]:
    """One trail: at once, or the long one in parts of whole objects; what looks across objects has a log of its own."""
    size = extent(connection, source)
    read = [(source.columns["at"],)]
    if size.events <= AT_ONCE:
        read.append(tuple(columns_of(source, wanted_columns(one.rule for one in group))))
        return ask_log(connection, source, group, calendar, told), tuple(read)
    across = [one for one in group if one.rule.template.across]
    within = [one for one in group if not one.rule.template.across]
    many, source = -(-size.events // AT_ONCE), replace(source, as_of=size.last)
    found = Answer([], size.events, 0)
    if within:
        wanted = wanted_columns(one.rule for one in within)
        read.append(tuple(columns_of(source, wanted)))
        with parts(connection, source, wanted, source.columns["object_id"], many) as pieces:
            told_once = [told] + [_nobody] * (len(pieces) - 1)
            asked = [
                ask_log(connection, piece, within, calendar, says)
                for piece, says in zip(pieces, told_once, strict=True)
            ]
        found.tallies, found.objects = summed(each.tallies for each in asked), sum(each.objects for each in asked)
    for one in across:
        read.append(tuple(columns_of(source, wanted_columns([one.rule]))))
        mine = ask_log(connection, _of_subject(source, one), [one], calendar, told)
        found.tallies += mine.tallies
        found.objects = max(found.objects, mine.objects)
    return found, tuple(read)


def _of_subject(source: Source, control: Control) -> Source:
    """Where findings are about a column, such as a person, rows that leave it empty say nothing."""
    name = control.rule.template.subject and control.rule.value(control.rule.template.subject)
    column = source.columns.get("officer_id" if name == "who" else name)
    if not name or column is None:
        return source
    said = f"nullif(CAST({quoted(column)} AS varchar), '') IS NOT NULL"
    return replace(source, sql=f"SELECT * FROM ({source.sql}) s WHERE {said}")
