"""A log as the engine asks it: objects and events numbered, activities and persons as enums, time as the local clock.

Columns: `n` number of the event in the log, `o` number of the object, `a` activity, `t` local time, `who`, then whatever
else the controls read. Events of one object have consecutive `n`, in the order of time and then of the source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from guanjian.engine.controls.source import AHEAD_US, PEOPLE, SHORT, TIMES, Source, quoted
from guanjian.kernel.errors import BadInput


@dataclass
class Log:
    """What was arranged: the table `log`, the table `log_objects(o, object_id)`, and which columns there are."""

    connection: duckdb.DuckDBPyConnection
    columns: frozenset[str]
    events: int
    objects: int


def arrange(connection: duckdb.DuckDBPyConnection, source: Source, wanted: Mapping[str, str] | None = None) -> Log:
    """Build `log` and `log_objects` from a source, with the further columns that the rules want and their kinds."""
    wanted = wanted or {}
    extra = [name for name in wanted if name not in {"who", *SHORT} and source.has(name)]
    _raw(connection, source, {name: wanted[name] for name in extra})
    _check_raw(connection)
    _enums(connection, extra)
    _number_events(connection, extra, _number_objects(connection))
    connection.execute("DROP TABLE log_raw")
    events, objects = connection.execute(
        "SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM log_objects)"
    ).fetchall()[0]
    have = {*extra, "post", *(["who"] if source.has("officer_id") else [])}
    return Log(connection, frozenset(have), events, objects)


def local(source: Source, meaning: str) -> str:
    """The time of a column on the local clock: a zoned time plus eight hours (China has kept UTC+8 since 1992)."""
    column = source.columns[meaning]
    kind, name = source.kinds.get(column, ""), quoted(column)
    if kind == "VARCHAR":  # a time without a zone is read in the session's
        name, kind = f"CAST({name} AS TIMESTAMPTZ)", "TIMESTAMP WITH TIME ZONE"
    elif kind == "DATE":
        name = f"CAST({name} AS TIMESTAMP)"
    ahead = AHEAD_US if "TIME ZONE" in kind else source.naive_ahead_us
    return f"make_timestamp(epoch_us({name}) + {ahead})" if ahead else f"CAST({name} AS TIMESTAMP)"


def _person(source: Source, meaning: str) -> str:
    name = f"CAST({quoted(source.columns[meaning])} AS varchar)"
    for nobody in sorted(source.system | {""}):
        name = f"nullif({name}, '{nobody}')"
    return name


def _further(source: Source, name: str, kind: str) -> str:
    if name in PEOPLE:
        return _person(source, name)
    if name in TIMES:
        return local(source, name)
    column = quoted(source.columns[name])
    if kind == "number" and source.kinds.get(source.columns[name]) == "VARCHAR":
        return f"CAST(nullif({column}, '') AS double)"
    return column


def _raw(connection: duckdb.DuckDBPyConnection, source: Source, extra: Mapping[str, str]) -> None:
    connection.execute("SET preserve_insertion_order = true")
    shown = [
        f"CAST({quoted(source.columns['object_id'])} AS varchar) AS object_id",
        f"CAST({quoted(source.columns['activity'])} AS varchar) AS activity",
        f"{local(source, 'at')} AS t",
    ]
    shown.append(
        f"{_person(source, 'officer_id')} AS who" if source.has("officer_id") else "CAST(NULL AS varchar) AS who"
    )
    if source.has("event_id"):
        shown.append(f"{quoted(source.columns['event_id'])} AS event_id")
    else:
        shown.append("row_number() OVER () - 1 AS event_id")
    shown += [f"{_further(source, name, kind)} AS {quoted(name)}" for name, kind in extra.items()]
    if "post" not in extra:
        post = quoted(source.columns["post"]) if source.has("post") else "NULL"
        shown.append(f"CAST({post} AS varchar) AS post")
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE log_raw AS SELECT {', '.join(shown)} FROM ({source.sql}) s")
    except duckdb.ConversionException as error:
        raise BadInput(
            f"日志有一处读不成：{str(error).splitlines()[0]}。",
            f"A value of the log cannot be read: {str(error).splitlines()[0]}.",
        ) from error


def _check_raw(connection: duckdb.DuckDBPyConnection) -> None:
    blank = connection.execute(
        "SELECT count(*) FILTER (WHERE object_id IS NULL), count(*) FILTER (WHERE activity IS NULL), "
        "count(*) FILTER (WHERE t IS NULL) FROM log_raw"
    ).fetchall()[0]
    for count, zh, en in zip(blank, ("对象编号", "环节", "时间"), ("object id", "activity", "time"), strict=True):
        if count:
            raise BadInput(
                f"有{count}条记录没有{zh}，无法判断其属于何处；请先补齐或剔除。",
                f"{count} events have no {en}; complete or leave out these rows first.",
            )


def _enums(connection: duckdb.DuckDBPyConnection, extra: list[str]) -> None:
    for kind in ("log", "log_steps", "log_variants", "log_cases"):
        connection.execute(f"DROP TABLE IF EXISTS {kind}")
    for kind in ("activity_kind", "person_kind"):
        connection.execute(f"DROP TYPE IF EXISTS {kind}")
    people = " UNION ".join(f"SELECT {c} AS p FROM log_raw WHERE {c} IS NOT NULL" for c in ("who", *_people(extra)))
    connection.execute("CREATE TYPE activity_kind AS ENUM (SELECT activity FROM log_raw UNION SELECT '' ORDER BY 1)")
    connection.execute(f"CREATE TYPE person_kind AS ENUM (SELECT p FROM ({people} UNION SELECT '') x ORDER BY 1)")


def _people(extra: list[str]) -> list[str]:
    return [name for name in PEOPLE if name in extra]


def _number_objects(connection: duckdb.DuckDBPyConnection) -> bool:
    """A source whose objects lie together is numbered by one pass in its own order, and True when its events lie so too.

    Any other is numbered by the names of its objects.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE log_raw_numbered AS SELECT *, "
        "CAST(sum(fresh) OVER (ROWS UNBOUNDED PRECEDING) AS integer) - 1 AS o FROM (SELECT *, "
        "CASE WHEN object_id IS DISTINCT FROM lag(object_id) OVER () THEN 1 ELSE 0 END AS fresh, "
        "t < lag(t) OVER () OR (t = lag(t) OVER () AND event_id < lag(event_id) OVER ()) AS back FROM log_raw) r"
    )
    connection.execute(
        "CREATE OR REPLACE TABLE log_objects AS SELECT o, object_id FROM log_raw_numbered WHERE fresh = 1"
    )
    runs, names = connection.execute("SELECT count(*), count(DISTINCT object_id) FROM log_objects").fetchall()[0]
    if runs == names:
        connection.execute("DROP TABLE log_raw; ALTER TABLE log_raw_numbered RENAME TO log_raw")
        return not connection.execute("SELECT count(*) FROM log_raw WHERE fresh = 0 AND back").fetchall()[0][0]
    connection.execute("DROP TABLE log_raw_numbered")
    connection.execute(
        "CREATE OR REPLACE TABLE log_objects AS SELECT CAST(row_number() OVER (ORDER BY object_id) AS integer) - 1 AS o, object_id "
        "FROM (SELECT DISTINCT object_id FROM log_raw) d"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE log_raw_numbered AS SELECT r.*, b.o FROM log_raw r JOIN log_objects b USING (object_id)"
    )
    connection.execute("DROP TABLE log_raw; ALTER TABLE log_raw_numbered RENAME TO log_raw")
    return False


def _number_events(connection: duckdb.DuckDBPyConnection, extra: list[str], lie_so: bool) -> None:
    shown = ["o", "CAST(activity AS activity_kind) AS a", "t", "CAST(who AS person_kind) AS who", "event_id"]
    for name in extra:
        kind = "person_kind" if name in PEOPLE else ""
        shown.append(f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}" if kind else quoted(name))
    if "post" not in extra:
        shown.append("post")
    ordered = "log_raw" if lie_so else "(SELECT * FROM log_raw ORDER BY o, t, event_id)"
    connection.execute(f"CREATE TABLE log AS SELECT row_number() OVER () - 1 AS n, {', '.join(shown)} FROM {ordered} r")
