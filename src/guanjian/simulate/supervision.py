"""How does the list of problems look as rows, and which of them were left lying too long?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import DAY
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.problems import LINES, NODES, SEVERITIES, SOURCES, Problems, honest
from guanjian.simulate.streams import stream
from guanjian.simulate.truth import record
from guanjian.simulate.world import World

WITHIN_DAYS = np.array([30, 60, 90])
OVERDUE, REPEATED = "overdue_problem", "repeated_problem"
A_YEAR = 365


def supervise(world: World, plants: list[Plant], parts: Parts) -> list[dict[str, Any]]:
    """Makes and writes the whole list; what was put right too late, or came back, is told for truth.json by house."""
    book = honest(world)
    for plant in plants:
        plant.supervise(world, book, stream(world.seed, f"{plant.kind}.{plant.number}.supervise"))
    book.number()
    for plant in plants:
        plant.problems = book.names(np.flatnonzero(book.owner == plant.number))
    write(world, book, parts)
    late = np.flatnonzero((book.severity == 2) & (book.closed - book.found > 95))
    return _by_house(world, book, OVERDUE, late) + _by_house(world, book, REPEATED, repeated(book))


def repeated(book: Problems) -> np.ndarray:
    """Those that were found within a year after another one at the same node of the same house had been closed."""
    node = (book.house * len(LINES) + book.line) * NODES + book.node
    done = np.flatnonzero(book.closed >= 0)
    done = done[np.lexsort((book.closed[done], node[done]))]
    span = 1 << 20  # more days than any period has
    closings = node[done] * span + book.closed[done]
    before = np.searchsorted(closings, node * span + book.found) - 1  # the last one closed before the day of finding
    since = node * span + book.found - closings[np.maximum(before, 0)]
    return np.flatnonzero((before >= 0) & (since > 0) & (since <= A_YEAR))


def _by_house(world: World, book: Problems, kind: str, chosen: np.ndarray) -> list[dict[str, Any]]:
    houses, codes = book.house[chosen], world.units.codes
    return [
        record(kind, "unit", codes[h], codes[h], book.names(chosen[houses == h]), origin="formal")
        for h in np.unique(houses)
    ]


def write(world: World, book: Problems, parts: Parts) -> None:
    """The rows of the list, and the evidence that was handed in before each was closed."""
    first = np.datetime64(world.period.first)
    nodes = pa.array([f"{line}-{node + 1:02d}" for line in LINES for node in range(NODES)])
    ids, words = columns.texts(book.ids), world.words
    parts.add(
        "problems",
        problem_id=ids,
        source=columns.names(book.source, pa.array(SOURCES)),
        unit_code=columns.names(book.house, words["units"]),
        line_code=columns.names(book.line, pa.array(LINES)),
        node_code=columns.names(book.line * NODES + book.node, nodes),
        found_on=pa.array(first + book.found),
        severity=columns.names(book.severity, pa.array(SEVERITIES)),
        due_on=pa.array(first + book.found + WITHIN_DAYS[book.severity]),
        closed_on=pa.array(first + np.maximum(book.closed, 0), mask=book.closed < 0),
        recurrence_of=ids.take(pa.array(book.again, mask=book.again < 0)),
        description=columns.constant("模拟问题", book.count),
    )
    _evidence(world, book, parts, np.flatnonzero(book.shown >= 0))


def _evidence(world: World, book: Problems, parts: Parts, shown: np.ndarray) -> None:
    at = world.period.midnight + book.shown[shown] * DAY + 10 * 3600 + (shown % 240) * 60
    ids, count = book.ids[shown], len(shown)
    parts.add(
        "events",
        event_id=columns.texts(columns.prefixed("R", ids)),
        object_type=columns.constant("rectify", count),
        object_id=columns.texts(ids),
        activity=columns.constant("rectify.apply", count),
        officer_id=columns.names(world.staff.answers_for[book.house[shown]], world.words["officers"]),
        unit_code=columns.names(book.house[shown], world.words["units"]),
        at=columns.stamps(at),
        received_at=columns.stamps(at + 3),
        system=columns.constant("system", count),
    )
