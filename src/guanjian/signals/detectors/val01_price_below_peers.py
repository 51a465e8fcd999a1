"""VAL-01: an enterprise whose goods are declared cheaper than anybody else's."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.signals.lines import goods_lines
from guanjian.signals.period import months
from guanjian.signals.whose import main_units
from guanjian.stats.robust import MAD_TO_SD, recalibrated, shared_part, tail_beyond

PEERS = ["hs_code", "origin", "measure", "ie", "month"]
QUARTILE = 0.67449
TAIL = 0.05
FAR = 1.6  # no p-value up to TAIL lies nearer to the middle

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id declared_at
a{i} 2201 import 企{i} 2026-03-02T09:00 *12
b{i} 2201 import 企{i} 2026-03-12T09:00 *12
low1 2201 import 戊公司 2026-03-05T09:00
low2 2201 import 戊公司 2026-03-15T09:00
low3 2201 import 戊公司 2026-03-25T09:00
items: entry_id item_no hs_code origin_country quantity_unit quantity value_cny
a{i} 1 8471300000 KR kg 10 100{i} *12
b{i} 1 8471300000 KR kg 10 98{i} *12
low1 1 8471300000 KR kg 10 100
low2 1 8471300000 KR kg 10 110
low3 1 8471300000 KR kg 10 105
"""


@detector(
    "VAL-01",
    Text("价格洼地", "Price below peers"),
    line="valuation",
    node="price_review",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    statistical=True,
    pooled="lasting prices, how alike an enterprise's deviations are and how heavy the tails is learned from all enterprises",
    says=Text(
        "企业 {subject_id} 申报的 {hs_code} 单价约为 {observed:.2f} 元，同原产地、同月份同行的中位价约 {expected:.2f} 元，"
        "低 {gap:.0%}；在 {cells} 组可比同行中平均低 {deviations:.1f} 个稳健偏差。",
        "Enterprise {subject_id} declares {hs_code} at about CNY {observed:.2f} a unit where peers (same origin and month)"
        " have a median of {expected:.2f}: {gap:.0%} less, on average {deviations:.1f} robust deviations below in {cells}"
        " comparable group(s).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "min_peers": Param(8, Text("家", "enterprises"), Text("每组至少几家企业", "fewest enterprises per group")),
        "min_lines": Param(3, Text("项", "lines"), Text("该商品至少几项", "fewest lines of the goods")),
        "many": Param(
            10, Text("项", "lines"), Text("一组中从几项起看得出固有价差", "lines in a group that tell a lasting price")
        ),
        "min_gap": Param(0.2, Text("比例", "share"), Text("至少低于同行中位价", "at least so far below the median")),
    },
)
def price_below_peers(session, cut, min_gap, **fewest):
    """企业的申报单价低于同商品、同原产地、同计量单位、同月份的同行。

    单价取对数，每家企业在一组中只有一个声音（其平均价），所以大企业不能把中位价拉向自己。偏差的尺度由中位绝对偏差
    （1.4826 × MAD）得出，并分为企业之间与企业之内两部分：只有几票的企业允许有更大的波动；企业之间的固有价差不小于由全体
    票数多的企业看出的通常水平，票数再多也不会显得分毫必较。企业在多个月、多个原产地的偏差合并判断，其相关程度由全体企业估计；尾部有多重由高报一侧看出；一家企业有多种商品时取最突出的一种，并按
    商品数校正（Simes）。

    Score: 低于同行的 −lg p（p 为稳健偏差的单侧 t 尾概率，已按商品数校正）。
    Silent when: 同组企业少于 `min_peers` 家、同行价格完全相同、没有数量、该商品不足 `min_lines` 项（一两票谈不上
    价格水平，由 VAL-03 逐票看），或低于同行不足 `min_gap`。
    Misses: 全行业一起低报；以规格、品名不符掩盖的低报；公平价格只提示疑点，不能代替审价程序。
    """
    goods = session.keep(
        "price_deviations_{min_peers}_{min_lines}_{many}".format(**fewest),
        lambda: _goods(_scored(goods_lines(session), fewest["min_peers"], fewest["many"]), fewest["min_lines"]),
    )
    alike, enterprises, of = _alike(session, goods)
    best = _one_per_enterprise(session.frame(_far(goods, alike)), of)
    best["gap"] = 1 - np.exp(best["behind"])
    best["score"] = -np.log10(best["p_value"])
    best = best[(best["score"] >= cut) & (best["gap"] >= min_gap)].reset_index(drop=True)
    best["period"] = months(best["first"], best["last"])
    best = best.drop(columns=["first", "last"])
    return Looked(best, enterprises, more=lambda found: _placed(session, found))


def _scored(lines, min_peers, many):
    """One row per enterprise and group of peers: robust deviations below the group's middle.

    The spread fits the number of lines behind the enterprise's mean: between enterprises, plus within ÷ lines.
    """
    priced = lines.filter(lines.log_price.notnull()).mutate(month=lines.on.truncate("M"))
    mine = priced.group_by([*PEERS, "consignee_id"]).agg(mine=priced.log_price.mean(), lines=priced.count())
    middle = mine.group_by(PEERS).agg(middle=mine.mine.median(), peers=mine.count(), single=(1.0 / mine.lines).mean())
    middle = middle.filter(middle.peers >= min_peers)
    apart = mine.inner_join(middle, PEERS)
    apart = apart.group_by(PEERS).agg(means=(MAD_TO_SD * (apart.mine - apart.middle).abs().median()) ** 2)
    quartiles = priced.semi_join(middle, PEERS).group_by(PEERS).agg(q=priced.log_price.quantile([0.25, 0.75]))
    wide = quartiles.select(*PEERS, along=((quartiles.q[1] - quartiles.q[0]) / (2 * QUARTILE)) ** 2)
    known = middle.inner_join(apart, PEERS).inner_join(wide, PEERS).filter(lambda t: t.means > 0)
    repeats = known.single < 1 - 1e-9  # somebody in the group has more than one line
    more = ibis.greatest(known.along - known.means, 0.0) / ibis.greatest(1 - known.single, 1e-9)
    known = known.mutate(within=ibis.ifelse(repeats, more, 0.0))
    known = known.mutate(own=ibis.greatest(known.means - known.single * known.within, 0.0))
    both = mine.inner_join(known, PEERS)
    both = both.cross_join(_lasting(both, many))
    variance = ibis.greatest(ibis.greatest(both.own, both.usual) + both.within / both.lines, 1e-18)
    return both.mutate(below=(both.middle - both.mine) / variance.sqrt())


def _lasting(both, many):
    """How far apart lasting prices usually are, as a variance: read off means of so many lines that little else is left.

    In a single group it is a small difference of two large numbers, often by chance nothing; an enterprise with many
    lines would then seem to stray that has no more than a price of its own.
    """
    sure = both.filter(both.lines >= many)
    apart = sure.agg(
        apart=(MAD_TO_SD * (sure.mine - sure.middle).abs().median()) ** 2, noise=(sure.within / sure.lines).median()
    )
    return apart.select(usual=ibis.greatest(apart.apart - apart.noise, 0.0).fill_null(0.0))


def _goods(scored, min_lines):
    """One row per enterprise and goods: its deviations over months and origins together."""
    usual = scored.below.clip(-3.0, 3.0)  # few cheats must not teach how alike honest deviations are
    goods = scored.group_by("consignee_id", "hs_code").agg(
        deviations=scored.below.mean(),
        cells=scored.count(),
        lines=scored.lines.sum(),
        usual=usual.sum(),
        squares=(usual * usual).sum(),
        peers=scored.peers.mean(),
        mine=scored.mine.mean(),
        middle=scored.middle.mean(),
        first=scored.month.min(),
        last=scored.month.max(),
    )
    return goods.filter(goods.lines >= min_lines)


def _alike(session, goods) -> tuple[float, int, int]:
    """How alike two deviations of one enterprise are; how many enterprises and goods of enterprises were compared."""
    of = goods.group_by("consignee_id").agg(
        total=goods.usual.sum(),
        square=goods.squares.sum(),
        count=goods.cells.sum().cast("float64"),
        goods=goods.count(),
    )
    together, pairs = of.total * of.total - of.square, of["count"] * (of["count"] - 1)
    sums = of.agg(n=of.total.count(), goods=of.goods.sum(), together=together.sum(), pairs=pairs.sum())
    found = session.frame(sums).fillna(0.0)
    return shared_part(found["together"][0], found["pairs"][0]), int(found["n"][0]), int(found["goods"][0])


def _far(goods, alike: float):
    """The goods far from their peers on either side, with the number of goods that each enterprise was compared on."""
    together = (1 + (goods.cells - 1) * alike) / goods.cells
    counted = goods.mutate(
        goods=goods.count().over(group_by="consignee_id"), standard=goods.deviations / together.sqrt()
    )
    return counted.filter(counted.standard.abs() > FAR).drop("usual", "squares")


def _one_per_enterprise(goods: pd.DataFrame, of: int) -> pd.DataFrame:
    """The most telling cheap goods of each enterprise, its p-value paid for by the number of its goods (Simes).

    How heavy honest tails are is read off the dear side, where nobody declares to save duty.
    """
    p = tail_beyond(goods["standard"].abs().to_numpy(float), goods["peers"].to_numpy(float))
    cheap = goods["standard"].to_numpy(float) > 0
    dear = p[~cheap & (p <= TAIL)]
    goods = goods.assign(p=recalibrated(p, dear, of, TAIL))[cheap]
    goods = goods.sort_values(["consignee_id", "p", "hs_code"], kind="stable").reset_index(drop=True)
    grouped = goods.groupby("consignee_id", sort=False)
    simes = goods["p"] * goods["goods"] / (grouped.cumcount() + 1)
    best = grouped.head(1).reset_index(drop=True)
    return (
        best.drop(columns=["p", "goods", "standard"])
        .rename(columns={"consignee_id": "subject_id"})
        .assign(
            p_value=np.minimum(simes.groupby(goods["consignee_id"], sort=False).min().to_numpy(), 1.0),
            behind=best["mine"] - best["middle"],
            observed=np.exp(best["mine"].astype(float)),
            expected=np.exp(best["middle"].astype(float)),
        )
    )


def _placed(session, found: pd.DataFrame) -> pd.DataFrame:
    """Findings with the unit that they belong to and the entries that hold the goods."""
    lines = goods_lines(session)
    asked = session.lend("asked_goods", found[["subject_id", "hs_code"]].astype(str))
    mine = lines.inner_join(asked, [lines.consignee_id == asked.subject_id, lines.hs_code == asked.hs_code])
    mine = mine.select("subject_id", "hs_code", "entry_id").distinct()
    rows = session.frame(mine.group_by("subject_id", "hs_code").agg(rows=mine.entry_id.collect(order_by=mine.entry_id)))
    found = found.assign(unit_code=main_units(session, found["subject_id"]))
    return found.merge(rows, on=["subject_id", "hs_code"], how="left")
