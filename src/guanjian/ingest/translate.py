"""A mapping's rules as SQL over the source's columns; without a mapping, the columns of the same name."""

from __future__ import annotations

from typing import Any

from guanjian.customs import Table
from guanjian.ingest import sql
from guanjian.ingest.mapping import Mapping
from guanjian.ingest.raw import Raw
from guanjian.kernel.errors import BadInput

SCALE = "DECIMAL(38, 10)"


def expressions(table: Table, raw: Raw, mapping: Mapping | None) -> dict[str, str]:
    """For every column of the contract, the SQL of its given value; `NULL` for an optional one that the source lacks."""
    if mapping is None or raw.contract:
        found = {name.strip().casefold(): name for name in raw.columns}
        _refuse_missing(table, raw, [c.name for c in table.columns if not c.optional and c.name not in found])
        return {c.name: sql.name(found[c.name]) if c.name in found else "NULL" for c in table.columns}
    _refuse_missing(table, raw, sorted(mapping.used(table.name) - set(raw.columns)))
    rules = mapping.tables[table.name]
    return {
        c.name: _expression(rules[c.name], table, raw, mapping) if c.name in rules else "NULL" for c in table.columns
    }


def ignored(table: Table, raw: Raw, mapping: Mapping | None) -> list[str]:
    """The source columns that nothing of this table comes from."""
    if mapping is None or raw.contract:
        return [name for name in raw.columns if name.strip().casefold() not in table.names]
    if any("rest" in rule for rule in mapping.tables[table.name].values()):
        return []
    return [name for name in raw.columns if name not in mapping.used(table.name)]


def _refuse_missing(table: Table, raw: Raw, missing: list[str]) -> None:
    if missing:
        hint = "（分隔符应为逗号）" if len(raw.columns) == 1 else ""
        raise BadInput(
            f"{raw.origin.name} 不能作为 {table.name} 导入：缺少列 {'、'.join(missing)}{hint}；请改列名或用 --mapping 指定映射。",
            f"{raw.origin.name} cannot be imported as {table.name}: it lacks {', '.join(missing)}"
            f"{' (fields are separated by commas)' if hint else ''}; rename its columns or name a mapping with --mapping.",
        )


def _expression(rule: dict[str, Any], table: Table, raw: Raw, mapping: Mapping) -> str:
    if "constant" in rule:
        return sql.text(_plain(rule["constant"]))
    if "rest" in rule:
        return _rest(table, raw, mapping)
    if "join" in rule:
        return "(" + f" || {sql.text(rule.get('with', ''))} || ".join(_part(p, raw) for p in rule["join"]) + ")"
    return _worked(rule, raw, mapping)


def _part(part: str, raw: Raw) -> str:
    """`=text` is itself, `$file` the name of the file without its endings, anything else a source column."""
    if part == "$file":
        return sql.text(raw.origin.name.split(".")[0])
    return sql.text(part[1:]) if part.startswith("=") else f"CAST({sql.name(part)} AS VARCHAR)"


def _worked(rule: dict[str, Any], raw: Raw, mapping: Mapping) -> str:
    """One source column, through blank → format → codes → times → rate → pad → prefix, in this order."""
    value = sql.name(rule["from"])
    text = f"trim(CAST({value} AS VARCHAR))"
    if "blank" in rule:
        listed = ", ".join(sql.text(_plain(blank)) for blank in rule["blank"])
        value = text = f"CASE WHEN {text} NOT IN ({listed}) THEN {text} END"
    if "format" in rule:
        return f"coalesce(CAST(try_strptime({text}, {sql.text(rule['format'])}) AS VARCHAR), {text})"
    if "codes" in rule:
        cases = " ".join(f"WHEN {sql.text(_plain(k))} THEN {sql.text(_plain(v))}" for k, v in rule["codes"].items())
        value = text = f"CASE {text} {cases} ELSE {text} END"
    if "times" in rule or "rate" in rule:
        return _scaled(text, rule, mapping)
    if "pad" in rule:
        value = text = f"lpad({text}, CAST(greatest({int(rule['pad'])}, length({text})) AS INTEGER), '0')"
    if "prefix" in rule:
        return f"CASE WHEN {text} <> '' THEN {sql.text(rule['prefix'])} || {text} END"
    return value


def _scaled(text: str, rule: dict[str, Any], mapping: Mapping) -> str:
    """An amount in another unit, rounded to the contract's four decimals; what is no number stays as it was given."""
    number = f"TRY_CAST({text} AS {SCALE})"
    factor = _rate(rule, mapping) if "rate" in rule else "1"
    product = f"round(CAST({number} AS DOUBLE) * {rule.get('times', 1)} * {factor}, 4)"
    exact = f"CAST(CAST({product} AS DECIMAL(38, 4)) AS VARCHAR)"
    without = f"{text} || ' {rule.get('rate', '')} ?'"
    return f"CASE WHEN {number} IS NULL THEN {text} WHEN {factor} IS NULL THEN {without} ELSE {exact} END"


def _rate(rule: dict[str, Any], mapping: Mapping) -> str:
    """The rate that was in force on the day: the latest that began by then."""
    day = f"TRY_CAST(CAST({sql.name(rule['on'])} AS VARCHAR) AS DATE)"
    rates = sorted(mapping.rates[rule["rate"]], key=lambda rate: str(rate["from"]), reverse=True)
    cases = " ".join(f"WHEN {day} >= DATE {sql.text(rate['from'])} THEN {rate['cny']}" for rate in rates)
    return f"(CASE {cases} END)"


def _rest(table: Table, raw: Raw, mapping: Mapping) -> str:
    """Every source column that no other rule used, as one JSON object without its empty values."""
    rest = [name for name in raw.columns if name not in mapping.used(table.name)]
    if not rest:
        return "NULL"
    pairs = ", ".join(f"{sql.text(name)}, {sql.name(name)}" for name in rest)
    return f"nullif(CAST(json_merge_patch('{{}}', json_object({pairs})) AS VARCHAR), '{{}}')"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
