"""VAL-04: partners say that they sent far more than we saw coming, beyond what the rates of duty explain everywhere."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, items, mirror
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.stats.robust_fit import fit

GOODS = ["hs6", "partner"]

EXAMPLE = """
mirror: partner hs6 month value_cny
KR 870323 2026-03 9000000
KR 870324 2026-03 1100000
KR 847130 2026-03 1000000
KR 847141 2026-03 1050000
KR 020230 2026-03 1020000
KR 020329 2026-03 980000
JP 847130 2026-03 1010000
JP 020230 2026-03 1090000
declarations: entry_id unit_code ie declared_at
e1 2201 import 2026-03-05T09:00
e2 2201 import 2026-03-15T09:00
items: entry_id item_no hs_code origin_country value_cny tax_rate
e1 1 8703230000 KR 1000000 0.15
e1 2 8703240000 KR 1000000 0.15
e1 3 8471300000 KR 1000000 0.00
e1 4 8471410000 KR 1000000 0.01
e1 5 0202300000 KR 1000000 0.12
e1 6 0203290000 KR 1000000 0.12
e2 1 8471300000 JP 1000000 0.00
e2 2 0202300000 JP 1000000 0.12
"""


@detector(
    "VAL-04",
    Text("镜像差额", "Mirror gap"),
    line="valuation",
    node="monitor",
    subject=Subject.CLUSTER,
    reads=("mirror", "declarations", "items"),
    pooled="what gap the rate of duty explains is learned from all goods and partners",
    says=Text(
        "{partner} 统计的对我出口 {hs6} 为 {sent:.0f} 元，我方同期进口 {came:.0f} 元，前者是后者的 {observed:.2f} 倍；按税率应约"
        " {expected:.2f} 倍，超出 {score:.1f} 个稳健偏差（风险聚集 {subject_id}）。",
        "{partner} reports exports of {hs6} of CNY {sent:.0f}, our imports are CNY {came:.0f}: {observed:.2f} times as much"
        " where the rates of duty explain {expected:.2f}, {score:.1f} robust deviations more ({subject_id}).",
    ),
    params={
        "cut": Param(
            3.0, Text("个稳健偏差", "robust deviations"), Text("超出税率所能解释的", "beyond what rates explain")
        ),
        "least": Param(8, Text("组", "goods"), Text("至少几组商品与伙伴才判断", "fewest goods × partners to compare")),
    },
)
def mirror_gap(session, cut, least):
    """贸易伙伴统计的出口额与我方进口额之差（对数），在扣除税率和相近商品税率的一般影响之后仍然很大。

    差额 = ln(伙伴出口额) − ln(我方进口额)，对本商品税率和同品目其他商品的平均税率作稳健回归（Fisman、Wei，2004）：差额随
    税率上升说明低报、瞒报，随相近商品税率下降说明错归。只比较双方都有数字的月份；伙伴代码须与原产地代码一致。

    Score: 超出回归的稳健偏差数。
    Silent when: 少于 `least` 组；我方没有进口（无法取对数）；差额能由税率解释。
    Misses: 转口贸易（经第三地）造成的差额会被列出，须人工排除；双方同样低报的；统计口径（到岸、离岸价）的固定差别由常数项吸收。
    """
    if not session.holds("mirror"):  # nothing to compare with: our own side need not be read
        return Looked(pd.DataFrame(columns=["subject_id", "unit_code", "period", "score", "observed", "expected"]))
    goods = session.frame(_gaps())
    rates = goods["rate"].to_numpy(float)
    similar = _similar(goods)
    gap = np.log(goods["sent"].to_numpy(float)) - np.log(goods["came"].to_numpy(float))
    if len(goods) < least:
        goods, gap, rates, similar = goods[:0], gap[:0], rates[:0], similar[:0]
    lines = fit(np.zeros(len(goods), int), np.column_stack([rates, similar]), gap, np.zeros(2))
    score = np.nan_to_num(lines.standard, nan=0.0)
    usual = gap - score * (lines.scale[0] if lines.scale.size else 0.0)
    found = goods.assign(
        score=score, observed=np.exp(gap), expected=np.exp(usual), similar=similar,
        subject_id=goods["hs6"] + "|" + goods["partner"], unit_code="",
        elasticity=lines.beta[0, 1] if len(lines.beta) else 0.0,
    )  # fmt: skip
    found = found[found["score"] >= cut].reset_index(drop=True)
    return Looked(found, more=lambda kept: kept.assign(rows=ids_behind(session, _imports(), "entry_id", kept[GOODS])))


def _imports():
    """Our imports by goods and origin, in the months that the partner reports."""
    told = mirror.select("month", partner=mirror.partner).distinct()
    heads = declarations.filter(declarations.ie == "import")
    heads = heads.select("entry_id", month=month(heads.declared_at).strftime("%Y-%m"))
    both = items.inner_join(heads, "entry_id").mutate(hs6=items.hs_code.left(6), partner=items.origin_country)
    return both.semi_join(told, ["month", "partner"])


def _gaps():
    """Both sides' totals of each goods and partner, and the rate that the goods bear on average."""
    own = _imports()
    value = own.value_cny.cast("float64")
    known = own.tax_rate.notnull()
    came = own.group_by(GOODS).agg(
        came=value.sum(), duty=(value * own.tax_rate).sum(where=known), taxed=value.sum(where=known)
    )
    sent = mirror.group_by(GOODS).agg(
        sent=mirror.value_cny.sum().cast("float64"), first=mirror.month.min(), last=mirror.month.max()
    )
    both = came.inner_join(sent, GOODS).filter(lambda t: (t.came > 0) & (t.sent > 0) & (t.taxed > 0))
    period = ibis.ifelse(both["first"] == both["last"], both["first"], both["first"] + "/" + both["last"])
    return both.select(*GOODS, "came", "sent", rate=both.duty / both.taxed, period=period).order_by(GOODS)


def _similar(goods: pd.DataFrame) -> np.ndarray:
    """The mean rate of the other goods of the same heading and partner; the own rate where there are none."""
    heading = [goods["hs6"].str[:4], goods["partner"]]
    total, count = (goods["rate"].groupby(heading).transform(how).to_numpy(float) for how in ("sum", "size"))
    rate = goods["rate"].to_numpy(float)
    return np.where(count > 1, (total - rate) / np.maximum(count - 1, 1), rate)
