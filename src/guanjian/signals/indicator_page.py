"""docs/indicators.md, written from the catalogue itself: what an officer reads is what the code says of itself."""

from __future__ import annotations

from pathlib import Path

from guanjian.customs.codes import text_of
from guanjian.signals.catalogue import indicator_catalogue, scorecard_catalogue
from guanjian.signals.indicator import Indicator
from guanjian.signals.scorecard import Scorecard

HEAD = """# 指标目录 · Indicators

本页由 `python -m guanjian.signals.indicator_page` 从指标自身的说明生成，请勿手改。Generated from the indicators' own help.

`guanjian measure --lake DIR --out FILE` 一次算出全部指标，读同样事实的指标共用一次扫描。结果每行是一个指标在一个海关、
一个业务条线、一周（周一起，北京时间）的数：`cases`（件数或金额）、`exposure`（基数）、`value`（两者之比）。件数和基数可以
相加，比值不可以：关区、季度的数由件数、基数相加后再除。科室的数计在所属海关，缉私局、关区业务处的数计在其本身。
指标只说单位、不说个人；高低要与同类口岸、本单位以往相比，口径标明为建议（P）的须经指标所有人批准。

Cases and exposure add up over houses, lines and weeks; their ratios do not. Indicators speak of units, never of persons.
口径 Basis: S 现有系统口径 in use · L 法律法规 law · P 建议口径 proposal.

| 编号 | 指标 | Indicator | 条线 | 节点 | 差的方向 | 口径 | 读取的表 |
|---|---|---|---|---|---|---|---|
"""

CARDS = """# 计分卡 · Scorecards

计分卡把几个指标按权重合在一起，只在同级、同类（沿海、沿边、内地）的单位之间比较，只评单位，不给任何人打分。每个部分取
本单位在同类中的位次（0 最差、1 最好），加权平均后乘以 100；数据不足一半权重、同类不足三家的不比较；区间（90%）包含抽样误差
和权重上下四分之一的不确定。`guanjian measure … --scores FILE` 写出得分和每个部分。权重均为建议值，须经批准。
Ranks among peers, weighted; an interval over sampling error and doubt about weights; no score of a person.
"""


def page() -> str:
    """The whole page."""
    known = indicator_catalogue().values()
    cards = map(_card, scorecard_catalogue().values())
    return HEAD + "\n".join(map(_row, known)) + "\n\n" + "\n".join([*map(_section, known), CARDS, *cards])


def _row(one: Indicator) -> str:
    tables = "、".join((*one.reads, *(f"（{name}）" for name in one.may_read)))
    cells = (
        one.code,
        one.title.zh,
        one.title.en,
        text_of("lines", one.line).zh,
        one.node,
        one.worse.label.zh,
        one.source.value,
    )
    return f"| {' | '.join(cells)} | {tables} |"


def _section(one: Indicator) -> str:
    ground = f" 依据 Ground: {one.ground}." if one.ground else ""
    params = "\n".join(
        f"| `{one.code}.{name}` | {p.default} | {p.unit.zh} {p.unit.en} | {p.means.zh} · {p.means.en} |"
        for name, p in one.params.items()
    )
    settles = f" 记录开始后{one.settles}周内偏低，不与以往相比 Too low in the first {one.settles} weeks of the records: not compared."
    table = f"\n| 参数 | 默认 | 单位 | 含义 |\n|---|---|---|---|\n{params}\n" if params else ""
    return (
        f"## {one.code} {one.title.zh} · {one.title.en}\n\n{_lines(one.help)}\n\n"
        f"{one.of.zh} · {one.of.en}. {one.means.label.zh}. {one.worse.label.zh} · {one.worse.label.en}."
        f" 口径 Basis: {one.source.label.zh} {one.source.label.en}.{ground}{settles if one.settles else ''}\n{table}\n"
        f"小例子 Example（`=>` 之后为应得的结果 the right answer）:\n\n```text\n{one.example.strip()}\n```\n"
    )


def _card(card: Scorecard) -> str:
    known = indicator_catalogue()
    parts = "\n".join(
        f"| {p.code} {known[p.code].title.zh} | {p.weight:g} | {p.because.zh} · {p.because.en} |" for p in card.parts
    )
    return (
        f"## {card.code} {card.title.zh} · {card.title.en}\n\n{card.about.zh}\n{card.about.en}\n\n"
        f"基数不足 {card.least:g} 的部分不计 a part with less exposure does not count.\n\n"
        f"| 部分 part | 权重 weight | 理由 because |\n|---|---|---|\n{parts}\n"
    )


def _lines(text: str) -> str:
    """The three obligatory lines stand out."""
    for word in ("Value:", "Silent when:", "Misses:"):
        text = text.replace(f"\n{word}", f"\n- **{word}**")
    return text


if __name__ == "__main__":
    Path("docs/indicators.md").write_text(page(), encoding="utf-8")
