"""Where do declarations come from? Any table with a mapping, or the lake as it is."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.targeting.mapping import Mapping
from guanjian.targeting.rows import DAY, NUMBERS, TEXT, Rows

if TYPE_CHECKING:
    import duckdb

    from guanjian.ingest.lake import Lake

RESULT_DAYS = 14  # how long after the declaration a result is known, where the source does not say
TRUE, FALSE = "('1', '1.0', 'true', 't', 'yes', 'y', '是')", "('0', '0.0', 'false', 'f', 'no', 'n', '否')"
FROM_LAKE = """
    SELECT d.entry_id, epoch(d.declared_at) AS "at", d.unit_code, d.consignee_id, d.agent_id, d.overseas_party,
           i.hs_code, i.origin_country, d.departure_country, d.trade_mode, d.duty_nature, d.transport_mode,
           d.value_cny, d.net_kg, i.quantity, i.tax_rate, d.tax_cny,
           e.found, e.evaded, epoch(e.known) AS known
    FROM ({declarations}) d
    LEFT JOIN (SELECT entry_id, arg_max(hs_code, value_cny) AS hs_code, arg_max(origin_country, value_cny) AS
               origin_country, arg_max(quantity, value_cny) AS quantity, arg_max(tax_rate, value_cny) AS tax_rate
               FROM ({items}) GROUP BY ALL) i USING (entry_id)
    LEFT JOIN (SELECT entry_id, max(finding::INT) AS found, sum(evaded_cny) AS evaded,
               max(coalesce(ended_at, started_at)) AS known FROM ({examinations}) GROUP BY ALL) e USING (entry_id)
    ORDER BY d.declared_at, d.entry_id"""


def from_lake(lake: Lake) -> Rows:
    """Every declaration of the lake with its dearest item, and what its examinations found and when."""
    tables = {name: lake.select(name) for name in ("declarations", "items", "examinations")}
    return _rows(_connection(), FROM_LAKE.format(**tables), list(TEXT), list(NUMBERS), Mapping("lake", {}, {}, None))


def from_file(path: Path, mapping: Mapping) -> Rows:
    """The rows of one file (CSV, JSON Lines, Parquet) through a mapping."""
    from guanjian.ingest import sources
    from guanjian.ingest.raw import Form

    if not path.is_file() or not sources.suffix_of(path):
        known = " ".join(sorted(sources.READERS))
        raise BadInput(f"没有文件 {path}，或格式不可读；可读：{known}。", f"No file {path} that can be read: {known}.")
    with tempfile.TemporaryDirectory(prefix="guanjian-") as scratch:
        raw = sources.read(path, Path(scratch), Form(look=sources.look(path)))
        if raw.broken_rows:
            raise BadInput(
                f"{path.name} 有{raw.broken_rows}行读不成，请先修正。",
                f"{path.name} has {raw.broken_rows} unreadable rows; mend them first.",
            )
        connection = _connection()
        place = str(raw.parquet).replace("'", "''")
        connection.execute(f"CREATE TEMP TABLE source AS SELECT * FROM read_parquet('{place}')")
        _must_have(connection, mapping)
        _must_fit(connection, mapping)
        return _rows(connection, _select(mapping), mapping.texts, mapping.numbers, mapping)


def _connection() -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(config={"threads": 2})
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    return connection


def _rows(connection, sql: str, texts: list[str], numbers: list[str], mapping: Mapping) -> Rows:
    found = connection.execute(sql).fetchnumpy()
    text = {name: np.ma.filled(np.ma.asarray(found[name], object), "") for name in texts}
    number = {name: _float(found[name]) for name in numbers}
    at = _float(found["at"]).astype(np.int64)
    delay = int(mapping.result.get("known_after_days", RESULT_DAYS)) * DAY
    known = _float(found["known"])
    known = np.where(np.isnan(known), at + delay, known).astype(np.int64)
    return Rows.of(text, number, at, found=_float(found["found"]), evaded=_float(found["evaded"]), known=known)


def _float(values: np.ndarray) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(values).astype(np.float64), np.nan)


def _select(mapping: Mapping) -> str:
    texts = [f"coalesce({_text(mapping.columns[name])}, '') AS \"{name}\"" for name in mapping.texts]
    numbers = [f'{_number(mapping.columns[name])} AS "{name}"' for name in mapping.numbers]
    result = {part: _given(mapping, part) for part in ("found", "evaded_cny", "known_at")}
    found = f"lower({result['found']})"
    told = [
        f'{_moment(_text(mapping.columns["at"]))} AS "at"',
        f"CASE WHEN {found} IN {TRUE} THEN 1 WHEN {found} IN {FALSE} THEN 0 END AS found",
        f"TRY_CAST({result['evaded_cny']} AS DOUBLE) AS evaded",
        f"{_moment(result['known_at'])} AS known",
    ]
    return f'SELECT {", ".join([*texts, *numbers, *told])} FROM source ORDER BY "at", entry_id'


def _quoted(name: str) -> str:
    return '"' + str(name).replace('"', '""') + '"'


def _text(rule: dict) -> str:
    if "from" not in rule:
        return "'" + str(rule["constant"]).replace("'", "''") + "'"
    text = f"nullif(trim({_quoted(rule['from'])}::VARCHAR), '')"
    return f"lpad({text}, {int(rule['pad'])}, '0')" if "pad" in rule else text


def _number(rule: dict) -> str:
    return f"TRY_CAST({_text(rule)} AS DOUBLE) * {float(rule.get('times', 1))}"


def _moment(text: str) -> str:
    return f"epoch(TRY_CAST({text} AS TIMESTAMPTZ))"


def _given(mapping: Mapping, part: str) -> str:
    return _text({"from": mapping.result[part]}) if part in mapping.result else "NULL::VARCHAR"


def _must_have(connection, mapping: Mapping) -> None:
    here = {row[0] for row in connection.execute("DESCRIBE source").fetchall()}
    wanted = {rule["from"] for rule in mapping.columns.values() if "from" in rule}
    wanted |= {mapping.result[part] for part in ("found", "evaded_cny", "known_at") if part in mapping.result}
    if missing := sorted(wanted - here):
        raise BadInput(f"文件中没有这些列：{missing}。", f"The file lacks these columns: {missing}.")


def _must_fit(connection, mapping: Mapping) -> None:
    """A value that cannot be read as what its column should be is said, never silently taken as missing."""
    casts = {name: (_text(mapping.columns[name]), "DOUBLE") for name in mapping.numbers}
    casts["at"] = (_text(mapping.columns["at"]), "TIMESTAMPTZ")
    for part, kind in (("evaded_cny", "DOUBLE"), ("known_at", "TIMESTAMPTZ")):
        casts[part] = (_given(mapping, part), kind)
    bad = {name: f"({text}) IS NOT NULL AND TRY_CAST({text} AS {kind}) IS NULL" for name, (text, kind) in casts.items()}
    bad["at "] = f"({casts['at'][0]}) IS NULL"
    found = _given(mapping, "found")
    bad["found"] = f"{found} IS NOT NULL AND lower({found}) NOT IN {TRUE} AND lower({found}) NOT IN {FALSE}"
    counts = connection.execute(
        f"SELECT {', '.join(f'count_if({test})' for test in bad.values())} FROM source"
    ).fetchone()
    if wrong := [f"{name.strip()} × {count}" for name, count in zip(bad, counts, strict=True) if count]:
        said = "、".join(wrong)
        raise BadInput(f"有读不成的值：{said}。", f"Values that cannot be read: {said}.")
