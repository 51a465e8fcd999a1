"""docs/formulas.md, written from the language itself: operators, features, conditions, moments."""

from __future__ import annotations

from pathlib import Path

from guanjian.customs.formula.operators import OPERATORS
from guanjian.customs.formula.traits import FACTS
from guanjian.customs.formula.vocabulary import FEWEST_PEERS, THINGS

PATH = Path("docs/formulas.md")
HEAD = """# 指标公式 · Formulas of officers' indicators

由 `python -m guanjian.customs.formula.page` 从语言自身生成，请勿手改。Generated from the language itself.

公式写作 `算子(特征, …, 阈值)`，结果为 0 或 1；缺少所需数据的，不判断（三值）。特征写作 `维度-对象-特征`，后面可加 `[条件]`
和时点。阈值前可写 `≥ > ≤ <`（不写即 `≥`；`CMP` 还可用 `= ≠`，`SUB` 用 `⊆ ⊄`）；百分数写 `%`，大数可写 `100万`；有日期的
阈值用参数名代替，写在公式旁的参数表里。一个公式只说一种对象；不能以人为对象：对人的比较由按排班比较的检测点进行。
A formula is read by a parser of its own, checked against the data contract, said back as a sentence and compiled to one
query; nothing that an officer types is ever run as code or SQL. Missing data make an answer unknown, never true.

```text
AND(CMP(事-企业-查验批次[查验方式=彻底查验], 20), CMP(事-企业-查获率, <1%))
RATIO(物-商品项-单价, 物-商品项-单价@同类, <50%)
DIFFR(事-单位-改单次数, 事-单位-改单次数@去年同期, 涨幅上限)
SUB(事-报关单-监管方式, ⊄{一般贸易, 0130})
```

时点 Moments: `@上期` `@去年同期` `@前N期`（之前 N 期的平均，2 至 12）`@同类`（同类的中位数，不足 {fewest} 个不判断）。
"""


def page() -> str:
    """The whole page."""
    return "\n".join(
        [HEAD.replace("{fewest}", str(FEWEST_PEERS)), _operators(), *map(_thing, THINGS.values()), _conditions()]
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _operators() -> str:
    rows = [(f"`{one.name}`", one.takes.zh, one.takes.en) for one in OPERATORS.values()]
    return "## 算子 Operators\n\n" + _table(("算子", "需要", "takes"), rows)


def _thing(thing) -> str:
    rows = [
        (f"`{one.dimension}-{thing.name}-{one.name}`", one.unit.zh, f"{one.title.en} ({one.unit.en})")
        for one in thing.measures.values()
    ]
    head = f"## {thing.name} · {thing.title.en}\n\n同类 peers: {thing.peers.zh} · {thing.peers.en}\n\n"
    return head + _table(("特征", "单位", "feature"), rows)


def _conditions() -> str:
    rows = [
        (fact.title.zh, "、".join(f"`{name}`" for name in fact.traits), f"`{fact.table}`") for fact in FACTS.values()
    ]
    return "## 条件 Conditions\n\n写在批次、合计、平均之后 After counts, sums and means.\n\n" + _table(
        ("事实", "条件", "table"), rows
    )


if __name__ == "__main__":
    PATH.write_text(page(), encoding="utf-8")
