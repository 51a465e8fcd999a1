"""How is the contract shown to a person? As a page made from the tables themselves.

Run `python -m guanjian.customs.page > docs/data-contract.md` after a change.
"""

from __future__ import annotations

from guanjian.customs import TABLES, Column, Table
from guanjian.customs.codes import codes, names

HEAD = """# 数据契约 · The data contract

One table per fact; made from `src/guanjian/customs` by `python -m guanjian.customs.page`, do not edit by hand.
一张表一个文件，本页由代码生成，请勿手改。

Types: `text`, `int`, `decimal` (at most 14 digits and 4 decimals, exact), `float`, `bool`, `ts` (ISO 8601; without zone it
is Asia/Shanghai; kept as the instant), `date`, `json`, `list` (in CSV a JSON array, or `a;b`). `?` may be empty.
Where no key is named the whole row is the key. In the lake every file also has `revision`: 0 when the key was first
seen, then 1, 2, …; `LAKE/<table>/month=YYYY-MM/` holds the month in Shanghai, `month=none` where a table has no time.
Unknown codes are kept and reported; a code written `XX:code` names a foreign scheme and is not compared with ours.
"""


def data_contract() -> str:
    """The page."""
    tables = "\n".join(_table(table) for table in TABLES.values())
    return f"{HEAD}\n{tables}\n## 代码表 · Code lists\n\n{_code_lists()}"


def _table(table: Table) -> str:
    key = " + ".join(f"`{name}`" for name in table.key) or "整行 the whole row"
    month = f" · 按月 by month of `{table.month_of}`" if table.month_of else ""
    rows = "\n".join(f"| `{c.name}` | {c.type}{'?' if c.optional else ''} | {_rule(c)} |" for c in table.columns)
    return (
        f"## `{table.name}` {table.title.zh} · {table.title.en}\n\n主键 key: {key}{month}\n\n"
        f"| 列 column | 类型 type | 取值 values |\n|---|---|---|\n{rows}\n"
    )


def _rule(column: Column) -> str:
    if column.codes:
        known = list(codes(column.codes))
        return " ".join(known) if len(known) <= 12 else f"代码表 code list `{column.codes}`"
    if column.within:
        return f"{column.within[0]:g} … {column.within[1]:g}"
    return "`" + column.like.replace("|", "\\|") + "`" if column.like else ""


def _code_lists() -> str:
    return "\n".join(
        f"**{name}** "
        + " · ".join(f"{code} {entry.text.zh} {entry.text.en}" for code, entry in codes(name).items())
        + "\n"
        for name in names()
    )
