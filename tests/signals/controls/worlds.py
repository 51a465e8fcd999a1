"""The examples of the catalogue as worlds: each alone, all pooled, and pooled with the objects dealt anew."""

from __future__ import annotations

import random
from contextlib import contextmanager
from decimal import Decimal

import pyarrow as pa

from guanjian.engine.session import Session
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.asking import Answer, ask_lake
from guanjian.signals.controls.catalogue import catalogue
from guanjian.signals.example import drawn

OBJECT = {"events": "object_id", "track_points": "job_id", "examinations": "instruction_id", "penalties": "case_id"}
IDS = {
    "event_id",
    "object_id",
    "entry_id",
    "exam_id",
    "instruction_id",
    "job_id",
    "decision_id",
    "problem_id",
    "case_id",
}
OURS = {"t": "at", "who": "officer_id"}


@contextmanager
def asked(controls, tables: dict[str, pa.Table]):
    """The answer of these controls over these tables, with the session still open."""
    with Session.over(tables) as session:
        yield ask_lake(session.connection, controls, Calendar()), session.connection


def found(connection, result: str = "breach") -> dict[str, dict[str, list[str] | str]]:
    """Per control and object: the evidence of a breach, or the field that is missing."""
    shown = "evidence" if result == "breach" else "field"
    rows: dict[str, dict] = {}
    for code, name, value in connection.execute(
        f"SELECT control, object_id, {shown} FROM log_results WHERE result = ?", [result]
    ).fetchall():
        rows.setdefault(code, {})[name] = value
    return rows


def pooled(seed: int | None = None) -> dict[str, pa.Table]:
    """Every example in one world; with a seed, its rows dealt to objects at random."""
    tables: dict[str, pa.Table] = {}
    for control in catalogue().values():
        for name, table in drawn(control.example).items():
            tables[name] = pa.concat_tables([tables[name], table]) if name in tables else table
    if seed is None:
        return tables
    dice = random.Random(seed)
    for name, column in OBJECT.items():
        place, dealt = tables[name].column_names.index(column), tables[name][column].to_pylist()
        dice.shuffle(dealt)
        tables[name] = tables[name].set_column(place, tables[name].schema.field(column), pa.array(dealt, pa.string()))
    return tables


def beside() -> dict[str, pa.Table]:
    """Every example in one world under ids of its own, so that none changes another's keys."""
    tables: dict[str, pa.Table] = {}
    for control in catalogue().values():
        for name, table in drawn(control.example).items():
            for place, kind in enumerate(table.schema):
                if kind.type == pa.string():
                    own = [_own(control.code, kind.name, value) for value in table[kind.name].to_pylist()]
                    table = table.set_column(place, kind, pa.array(own, pa.string()))
            tables[name] = pa.concat_tables([tables[name], table]) if name in tables else table
    return tables


def _own(code: str, column: str, value: str | None) -> str | None:
    """The value as this example's own; what the drawing left open gets a word, for an import takes no empty one."""
    if column in IDS and value is not None:
        return f"{code}.{value}"
    return "x" if value == "" else value


def shuffled(tables: dict[str, pa.Table], seed: int) -> dict[str, pa.Table]:
    """The same rows in another order."""
    dice = random.Random(seed)
    return {name: table.take(dice.sample(range(len(table)), len(table))) for name, table in tables.items()}


def told(connection) -> dict[str, list[dict]]:
    """The arranged log, object by object, in the names of the plain reading."""
    asked_for = connection.execute("SELECT l.*, b.object_id FROM log l JOIN log_objects b ON b.o = l.o ORDER BY n")
    names = [column[0] for column in asked_for.description]
    log: dict[str, list[dict]] = {}
    for row in asked_for.fetchall():
        event = {OURS.get(k, k): float(v) if isinstance(v, Decimal) else v for k, v in zip(names, row, strict=True)}
        log.setdefault(event["object_id"], []).append(event | {"activity": str(event["a"])})
    return log


def side(tables: dict[str, pa.Table]) -> dict[str, list[dict]]:
    """The side tables as the plain reading takes them, times on the local clock."""

    def local(row: dict) -> dict:
        return {k: v.replace(tzinfo=None) if hasattr(v, "tzinfo") and v.tzinfo else v for k, v in row.items()}

    names = ("authorities", "relations", "rosters", "qualifications")
    return {n: [local(row) for row in tables[n].to_pylist()] if n in tables else [] for n in names}


__all__ = ["Answer", "asked", "found", "pooled", "shuffled", "side", "told"]
