"""Asking controls: of one log that is given, or of every trail that a lake can tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import duckdb

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.run import Run, Tally, wanted_columns
from guanjian.engine.controls.side import SHAPES, lay
from guanjian.engine.controls.source import Source, recognise
from guanjian.kernel.errors import BadInput
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.control import Control
from guanjian.signals.controls.trails import trail

Told = Callable[[str], None]


@dataclass
class Answer:
    """What was found: the tallies in the order of the controls, and the size of what was read."""

    tallies: list[Tally] = field(default_factory=list)
    events: int = 0
    objects: int = 0


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
    return Answer(Run(log, calendar).ask(rules, told), log.events, log.objects)


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
        found = ask_log(connection, recognise(connection, narrowed(trail(name).sql)), group, calendar, told)
        tallies |= {tally.code: tally for tally in found.tallies}
        answer.events, answer.objects = answer.events + found.events, answer.objects + found.objects
    answer.tallies = [tallies[code] for code in sorted(tallies)]
    return answer
