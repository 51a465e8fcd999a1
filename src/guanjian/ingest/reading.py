"""How a value as it was given becomes a value of the contract, in SQL; what cannot be read becomes NULL, never a guess.

Every function takes the SQL of the given value and its DuckDB type, and returns the SQL of the value in the lake's type.
"""

from __future__ import annotations

from guanjian.customs import Column
from guanjian.customs.arrow import DUCKDB

WHOLE_NUMBERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}
WHOLE_NUMBERS |= {"U" + kind for kind in WHOLE_NUMBERS}
DOUBLES = {"FLOAT", "DOUBLE"}
NAIVE_TIMES = {"TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"}
YES = "('true', 't', '1', '1.0', 'yes', 'y', '是')"
NO = "('false', 'f', '0', '0.0', 'no', 'n', '否')"
NOISE = "1e-9"  # what a double adds behind the digits that somebody meant


def given(raw: str, kind: str) -> str:
    """SQL: is there a value at all? Blanks, and the NaN that stands for nothing in a column of doubles, are none."""
    if is_text(kind):
        return f"(trim({raw}) <> '')"
    return f"({raw} IS NOT NULL AND NOT isnan({raw}))" if kind in DOUBLES else f"({raw} IS NOT NULL)"


def value(column: Column, raw: str, kind: str) -> str:
    """SQL: the value in the lake's type, or NULL."""
    return _READ[column.type](raw, kind)


def broken_rule(column: Column, typed: str) -> str:
    """SQL: does the typed value break what the contract says beyond its type? Empty when it says nothing more."""
    if column.within:
        low, high = column.within
        return f"{typed} NOT BETWEEN {low:.15g} AND {high:.15g}"
    return f"NOT regexp_full_match({typed}, '{column.like}')" if column.like else ""


def is_text(kind: str) -> bool:
    """True for the types whose values are text."""
    return kind in ("VARCHAR", "JSON", '"NULL"') or kind.startswith("ENUM")


def _text(raw: str, kind: str) -> str:
    if is_text(kind):
        return f"CASE WHEN trim({raw}) <> '' THEN CAST({raw} AS VARCHAR) END"
    if kind in DOUBLES:  # 7.0 is the whole number 7 that had to share a column with nothing
        whole = f"{raw} = trunc({raw}) AND abs({raw}) < 1e15"
        return f"CASE WHEN {whole} THEN CAST(CAST({raw} AS BIGINT) AS VARCHAR) WHEN NOT isnan({raw}) THEN CAST({raw} AS VARCHAR) END"
    return as_text(raw, kind)


def as_text(raw: str, kind: str) -> str:
    """SQL: any value as text, all its digits kept; a nested one as JSON, bytes as the text that they spell."""
    if kind == "BLOB":
        return f"coalesce(TRY(decode({raw})), CAST({raw} AS VARCHAR))"
    nested = kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION"))
    return f"CAST({f'to_json({raw})' if nested else raw} AS VARCHAR)"


def _number(raw: str) -> str:
    """A written number, exact to eighteen decimals; `1_000` and `0x1F` are Python's and C's, not ours."""
    return f"CASE WHEN NOT contains({raw}, '_') THEN TRY_CAST({raw} AS DECIMAL(38, 18)) END"


def _int(raw: str, kind: str) -> str:
    if kind in WHOLE_NUMBERS:
        return f"TRY_CAST({raw} AS BIGINT)"
    number = _number(raw) if is_text(kind) else raw
    return f"CASE WHEN {number} = trunc({number}) THEN TRY_CAST({number} AS BIGINT) END"


def _decimal(raw: str, kind: str) -> str:
    lake = DUCKDB["decimal"]
    if not is_text(kind):
        if kind.startswith("DECIMAL") and int(kind.rstrip(")").rpartition(",")[2]) > 4:
            return f"CASE WHEN {raw} = TRY_CAST({raw} AS {lake}) THEN TRY_CAST({raw} AS {lake}) END"
        return f"TRY_CAST({raw} AS {lake})"
    typed, number = f"TRY_CAST({raw} AS {lake})", f"TRY_CAST({raw} AS DECIMAL(38, 18))"
    point = f"strpos({raw}, '.')"
    plain = f"({point} = 0 OR length({raw}) - {point} <= 4) AND NOT contains(lower({raw}), 'e')"  # nearly every value
    return (
        f"CASE WHEN contains({raw}, '_') THEN NULL WHEN {plain} THEN {typed} "
        f"WHEN abs({number} - {typed}) <= {NOISE} THEN {typed} END"
    )


def _float(raw: str, kind: str) -> str:
    number = f"TRY_CAST({raw} AS DOUBLE)"
    plain = f" AND NOT contains({raw}, '_')" if is_text(kind) else ""
    return f"CASE WHEN isfinite({number}){plain} THEN {number} END"


def _bool(raw: str, kind: str) -> str:
    if kind == "BOOLEAN":
        return raw
    word = f"lower(trim(CAST({raw} AS VARCHAR)))"
    return f"CASE WHEN {word} IN {YES} THEN true WHEN {word} IN {NO} THEN false END"


def _ts(raw: str, kind: str) -> str:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return raw
    if kind == "TIMESTAMPTZ_NS":
        return f"CAST({raw} AS TIMESTAMPTZ)"
    if kind in NAIVE_TIMES or kind == "DATE":
        return f"TRY_CAST(CAST({raw} AS TIMESTAMP) AS TIMESTAMPTZ)"
    if not is_text(kind):
        return "CAST(NULL AS TIMESTAMPTZ)"
    word = f"trim({raw})"
    basic = f"CAST(try_strptime({word}, ['%Y%m%dT%H%M%S', '%Y%m%d%H%M%S', '%Y%m%d']) AS TIMESTAMPTZ)"
    parsed = f"coalesce(TRY_CAST({word} AS TIMESTAMPTZ), {basic})"
    return f"CASE WHEN {_begins_with_digit(word)} THEN {parsed} END"


def _date(raw: str, kind: str) -> str:
    if kind == "DATE":
        return raw
    if kind in NAIVE_TIMES:
        return f"CASE WHEN CAST({raw} AS TIMESTAMP) = date_trunc('day', CAST({raw} AS TIMESTAMP)) THEN CAST({raw} AS DATE) END"
    if not is_text(kind):
        return "CAST(NULL AS DATE)"
    word = f"trim({raw})"
    midnight = f"regexp_replace({word}, '[T ]00:00(:00(\\.0+)?)?$', '')"
    basic = f"CAST(try_strptime({word}, '%Y%m%d') AS DATE)"
    short = f"length({midnight}) <= 10"
    return f"CASE WHEN {_begins_with_digit(word)} AND {short} THEN coalesce(TRY_CAST({midnight} AS DATE), {basic}) END"


def _begins_with_digit(word: str) -> str:
    return f"left({word}, 1) BETWEEN '0' AND '9'"  # not `infinity`, `epoch` or `today`


def _json(raw: str, kind: str) -> str:
    if is_text(kind):
        return f"CASE WHEN json_valid({raw}) THEN CAST({raw} AS VARCHAR) END"
    return f"CAST(to_json({raw}) AS VARCHAR)"


def _list(raw: str, kind: str) -> str:
    if not is_text(kind):
        return f"TRY_CAST({raw} AS VARCHAR[])"
    listed = (
        f"CASE WHEN json_valid({raw}) THEN TRY_CAST(CAST({raw} AS JSON) AS VARCHAR[]) "
        f"ELSE TRY_CAST({raw} AS VARCHAR[]) END"
    )
    return f"CASE WHEN left(trim({raw}), 1) = '[' THEN {listed} ELSE string_split_regex({raw}, '\\s*[;|]\\s*') END"


_READ = {
    "text": _text,
    "int": _int,
    "decimal": _decimal,
    "float": _float,
    "bool": _bool,
    "ts": _ts,
    "date": _date,
    "json": _json,
    "list": _list,
}
