"""Why a row was set aside, said to the person who must correct it."""

from __future__ import annotations

from dataclasses import dataclass

from guanjian.customs import Column
from guanjian.kernel.words import Text

QUARANTINE = ("batch", "table", "file", "line", "column", "reason", "reason_zh", "reason_en", "row")
KINDS = {
    "text": Text("文本", "text"),
    "int": Text("整数", "a whole number"),
    "decimal": Text("至多 14 位整数、4 位小数的十进制数", "a decimal of at most 14 digits and 4 decimals"),
    "float": Text("数", "a number"),
    "bool": Text("是否（true/false）", "true or false"),
    "ts": Text("ISO 8601 时间", "an ISO 8601 time"),
    "date": Text("日期（如 2026-11-21）", "a date such as 2026-11-21"),
    "json": Text("JSON", "JSON"),
    "list": Text("列表", "a list"),
}
BROKEN = {
    "fewer": Text("字段数少于表头", "fewer fields than the header"),
    "more": Text("字段数多于表头", "more fields than the header"),
    "json": Text("这一行不是 JSON 对象", "this line is not a JSON object"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which one column can break the contract."""

    column: str
    kind: str
    text: Text


def missing(column: Column) -> Reason:
    """A required value that is not there."""
    return Reason(column.name, "missing", Text("必填，但为空", "required, but empty"))


def unreadable(column: Column) -> Reason:
    """A value that is there and cannot be read as the column's type."""
    return Reason(column.name, "type", Text("不是{kind}", "is not {kind}").filled(kind=KINDS[column.type]))


def against_rule(column: Column) -> Reason:
    """A value of the right type outside the column's range or pattern."""
    if column.within:
        low, high = column.within
        return Reason(
            column.name,
            "range",
            Text("应在 {a} 至 {b} 之间", "must lie between {a} and {b}").filled(a=f"{low:g}", b=f"{high:g}"),
        )
    return Reason(column.name, "pattern", Text("格式应为 {p}", "must look like {p}").filled(p=column.like))
