"""What a log calls its columns: recognised by their usual names, or as they are given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

import duckdb

from guanjian.kernel.errors import BadInput

NAMES = {
    "object_id": (
        "object_id",
        "case_id",
        "case:concept:name",
        "case",
        "caseid",
        "ocel:oid",
        "entry_id",
        "案件号",
        "报关单号",
    ),
    "activity": ("activity", "act", "concept:name", "ocel:activity", "event", "环节", "活动"),
    "at": ("at", "ts", "time:timestamp", "timestamp", "ocel:timestamp", "complete_ts", "end_time", "时间"),
    "officer_id": ("officer_id", "resource", "actor", "who", "org:resource", "user", "经办人"),
    "event_id": ("event_id", "event_no", "ocel:eid", "id"),
    "approver_id": ("approver_id", "approver"),
    "unit_code": ("unit_code", "unit", "site", "org:group"),
    "post": ("post", "role", "org:role"),
    "received_at": ("received_at",),
    "ended_at": ("ended_at",),
    "amount": ("amount", "amount_cny", "value_cny"),
    "party": ("party", "consignee_id", "enterprise_id"),
}
SHORT = {"object_id": "o", "activity": "a", "at": "t", "officer_id": "who"}
PEOPLE = ("officer_id", "approver_id")
TIMES = ("received_at", "ended_at")
AHEAD_US = 8 * 3600 * 1_000_000


def quoted(name: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def plain_name(name: str) -> str:
    """The name under which a control may read a source's column: `org:group` is `org_group`."""
    return "".join(letter if letter.isalnum() else "_" for letter in name)


@dataclass(frozen=True)
class Source:
    """A relation in the connection, and which of its columns says what. `zone_us` is the distance of its clock from local.

    `as_of`: the moment up to which open waits are judged; empty: the last one of the log.
    """

    sql: str
    columns: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)
    naive_ahead_us: int = 0
    system: frozenset[str] = frozenset()
    as_of: str = ""

    def has(self, name: str) -> bool:
        """True when the source says this."""
        return name in self.columns


def _kinds(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM ({sql}) s").fetchall()}


def _opened(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """Where a source keeps further facts in a JSON column `attributes`, each of them as a column of its own."""
    kinds = _kinds(connection, sql)
    if "attributes" not in kinds:
        return sql
    keys = connection.execute(f"SELECT DISTINCT unnest(json_keys(attributes)) FROM ({sql}) s").fetchall()
    kept = sorted(key for (key,) in keys if key not in kinds and not set(key) & set("/~'"))
    shown = "".join(f", json_extract_string(attributes, '/{key}') AS {quoted(key)}" for key in kept)
    return f"SELECT *{shown} FROM ({sql}) s"


def recognise(
    connection: duckdb.DuckDBPyConnection, sql: str, given: Mapping[str, str] | None = None, utc: bool = False
) -> Source:
    """The source with its columns found by name; what is given wins, and a name that is not there is refused."""
    connection.execute(f"SET TimeZone = '{'UTC' if utc else 'Asia/Shanghai'}'")
    sql = _opened(connection, sql)
    kinds = _kinds(connection, sql)
    found = {plain_name(name): name for name in kinds}
    folded = {name.lower(): name for name in kinds}
    for meaning, names in NAMES.items():
        if meaning not in found and (hit := next((folded[n] for n in names if n in folded), None)):
            found[meaning] = hit
    for meaning, name in (given or {}).items():
        if name not in kinds:
            near = "、".join(get_close_matches(name, kinds, 3) or list(kinds)[:8])
            raise BadInput(f"日志没有“{name}”列；有：{near}。", f"The log has no column “{name}”; it has: {near}.")
        found[meaning] = name
    for meaning, zh in (("object_id", "对象编号"), ("activity", "环节"), ("at", "时间")):
        if meaning not in found:
            seen = ", ".join(list(kinds)[:12])
            raise BadInput(
                f"认不出哪一列是{zh}（{meaning}），请用选项指明；日志的列：{seen}。",
                f"No column of the log is recognised as {meaning}; name it with an option. Columns: {seen}.",
            )
    return Source(sql, found, kinds, AHEAD_US if utc else 0)
