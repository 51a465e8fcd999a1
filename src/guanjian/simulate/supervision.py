"""How does the list of problems look as rows, and which of them were left lying too long?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import DAY
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.problems import LINES, NOBODYS, NODES, SEVERITIES, SOURCES, Problems, honest
from guanjian.simulate.streams import stream
from guanjian.simulate.truth import record
from guanjian.simulate.world import World

WITHIN_DAYS = np.array([30, 60, 90])
OVERDUE, UNPROVEN = "overdue_problem", "closed_without_evidence"


def supervise(world: World, plants: list[Plant], parts: Parts) -> list[dict[str, Any]]:
    """Makes and writes the whole list; what was put right too late by itself is told for truth.json."""
    book = honest(world)
    for plant in plants:
        plant.supervise(world, book, stream(world.seed, f"{plant.kind}.{plant.number}.supervise"))
    book.number()
    for plant in plants:
        plant.problems = book.names(np.flatnonzero(book.owner == plant.number))
    write(world, book, parts)
    return _overdue(world, book)


def _overdue(world: World, book: Problems) -> list[dict[str, Any]]:
    """The grave ones that were closed after more than three months, by house."""
    late = np.flatnonzero((book.severity == 2) & (book.closed - book.found > 95) & (book.owner == NOBODYS))
    houses, codes = book.house[late], world.units.codes
    return [
        record(OVERDUE, "unit", codes[h], codes[h], book.names(late[houses == h]), origin="formal")
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
