"""Small logs as Arrow tables, and the rules asked of them: what every test of this folder needs."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pyarrow as pa

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.run import Run, wanted_columns
from guanjian.engine.controls.side import SHAPES, lay
from guanjian.engine.controls.source import recognise
from guanjian.kernel.workdays import Calendar

TEXT, NUMBER, TIME = pa.string(), pa.float64(), pa.timestamp("us")
SCHEMA = pa.schema(
    [(name, TEXT) for name in ("object_id", "event_id", "activity", "officer_id", "approver_id", "unit_code", "post")]
    + [(name, TEXT) for name in ("evidence", "required", "actual", "party", "reason")]
    + [(name, TIME) for name in ("at", "received_at", "ended_at")]
    + [(n, NUMBER) for n in ("amount", "base", "lon", "lat", "place_lon", "place_lat", "from_lon", "from_lat")]
)
SIDE = {
    "authorities": pa.schema([("holder", TEXT), ("activity", TEXT), ("limit_cny", NUMBER), ("from", pa.date32()), ("to", pa.date32())]),
    "relations": pa.schema([("officer_id", TEXT), ("other_id", TEXT), ("declared_on", pa.date32())]),
    "rosters": pa.schema([("unit_code", TEXT), ("officer_id", TEXT), ("starts_at", TIME), ("ends_at", TIME)]),
    "qualifications": pa.schema(
        [("officer_id", TEXT), ("course", TEXT), ("passed", pa.bool_()), ("on", pa.date32()), ("expires", pa.date32())]
    ),
}  # fmt: skip


def event(activity: str, at: str | datetime, officer_id: str | None = None, **facts) -> dict:
    """One event in contract names."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    return {"activity": activity, "at": moment, "officer_id": officer_id, **facts}


def arrow(log: dict[str, list[dict]]) -> pa.Table:
    """The log {object: [event, …]} as a table; event ids are `object/place`."""
    rows = [
        dict.fromkeys(SCHEMA.names) | e | {"object_id": o, "event_id": f"{o}/{i:03d}"}
        for o, trace in log.items()
        for i, e in enumerate(trace)
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def ask(rules: dict, log: dict | pa.Table, world: dict | None = None, connection=None) -> Run:
    """A run in which the rules have been asked; `world` holds side tables and the calendar."""
    own, world = connection or duckdb.connect(), world or {}
    own.register("given", arrow(log) if isinstance(log, dict) else log)
    for name in SHAPES:
        if name in world:
            own.register(f"given_{name}", pa.Table.from_pylist(world[name], SIDE[name]))
            lay(own, name, f"SELECT * FROM given_{name}")
    run = Run(
        arrange(own, recognise(own, "SELECT * FROM given"), wanted_columns(rules.values())),
        world.get("calendar") or Calendar(),
    )
    run.tallies = run.ask(rules)
    return run


def results(run: Run, result: str = "breach") -> dict[str, dict[str, list[str]]]:
    """Per rule and object the evidence of a breach, or the missing field."""
    found: dict[str, dict[str, list[str]]] = {}
    shown = "evidence" if result == "breach" else "field"
    rows = run.connection.execute(
        f"SELECT control, object_id, {shown} FROM log_results WHERE result = ?", [result]
    ).fetchall()
    for code, name, value in rows:
        found.setdefault(code, {})[name] = value
    return found
