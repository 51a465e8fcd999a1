"""TAX-02: an origin with a lower rate that nobody else claims for goods that come by this way."""

from __future__ import annotations

import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, items
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.period import months
from guanjian.signals.whose import main_units

WAY = ["hs_code", "departure_country", "trade_mode"]

EXAMPLE = """
declarations: entry_id unit_code ie trade_mode consignee_id departure_country declared_at
a{i} 2201 import 0110 企{i} KR 2026-03-02T09:00 *12
odd1 2201 import 0110 戊公司 KR 2026-03-05T09:00
odd2 2201 import 0110 戊公司 KR 2026-03-15T09:00
items: entry_id item_no hs_code origin_country value_cny tax_rate
a{i} 1 8703230000 KR 900000 0.15 *12
odd1 1 8703230000 VN 900000 0.00
odd2 1 8703230000 VN 900000 0.00
"""


@detector(
    "TAX-02",
    Text("原产地与启运路线不符", "Origin off the route"),
    line="origin",
    node="origin_review",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    says=Text(
        "企业 {subject_id} 自 {departure} 启运的 {hs_code} 申报原产地为 {origin}（税率 {observed:.1%}）；自同地启运同一商品的其他"
        " {peers} 家企业平均税率为 {expected:.1%}，其中仅 {alike} 家申报该原产地；税款相差约 {score:.0f} 元。",
        "Enterprise {subject_id} declares origin {origin} (rate {observed:.1%}) for {hs_code} shipped from {departure};"
        " {peers} others that ship it from there pay {expected:.1%} on average and only {alike} claim that origin: about"
        " CNY {score:.0f} of duty.",
    ),
    params={
        "cut": Param(100_000.0, Text("元", "CNY"), Text("税款相差至少", "difference in duty, at least")),
        "min_peers": Param(
            8, Text("家", "enterprises"), Text("同商品同启运地的其他企业至少", "others by the same way")
        ),
        "rare": Param(
            0.1, Text("比例", "share"), Text("申报该原产地的其他企业至多占", "of the others that claim it, at most")
        ),
    },
)
def origin_off_route(session, cut, min_peers, rare):
    """申报的原产地不是启运国，税率更低，而自同一国启运同一商品的其他企业几乎都不申报这一原产地。

    同路：同一商品编号、同一启运国、同一监管方式。一家企业有多条路线时合计税款差，并举出差额最大的一条。

    Score: 税款差 = 货值 ×（同路其他企业的平均税率 − 本企业的税率），元。
    Silent when: 原产地即启运国；没有启运国、原产地或税率；同路企业不足 `min_peers` 家；该原产地在同路企业中并不少见。
    Misses: 与同路企业一起伪报；启运国也一并伪报；确有第三国转口的合法贸易（须核对原产地证书）。
    """
    found = session.frame(_rare(_routed(), (min_peers, rare)))
    of = _one_each(found)
    of = of[of["score"] >= cut].reset_index(drop=True)
    return Looked(of, more=lambda kept: _placed(session, kept))


def _routed():
    """Goods lines of imports with origin, way and rate."""
    heads = declarations.filter(declarations.ie == "import", declarations.departure_country.length() > 0)
    heads = heads.select("entry_id", "consignee_id", "departure_country", "trade_mode", on=day(heads.declared_at))
    both = items.inner_join(heads, "entry_id")
    known = both.filter(both.origin_country.length() > 0, both.tax_rate.notnull())
    worth = known.value_cny.cast("float64")
    return known.mutate(worth=worth, duty=worth * known.tax_rate)


def _rare(lines, limits):
    """Each enterprise's lines of a claimed origin, beside the others that come by the same way."""
    min_peers, rare = limits
    own = lines.group_by(*WAY, "origin_country", "consignee_id").agg(
        worth=lines.worth.sum(), duty=lines.duty.sum(), first=lines.on.min(), last=lines.on.max()
    )
    whole = own.group_by(*WAY, "consignee_id").agg(own_worth=own.worth.sum(), own_duty=own.duty.sum())
    way = whole.group_by(WAY).agg(all_worth=whole.own_worth.sum(), all_duty=whole.own_duty.sum(), many=whole.count())
    claim = own.group_by(*WAY, "origin_country").agg(claiming=own.count())
    both = own.inner_join(whole, [*WAY, "consignee_id"]).inner_join(way, WAY)
    both = both.inner_join(claim, [*WAY, "origin_country"])
    both = both.mutate(peers=both.many - 1, alike=both.claiming - 1, other_worth=both.all_worth - both.own_worth)
    both = both.filter(
        both.origin_country != both.departure_country, both.peers >= min_peers, both.alike <= rare * both.peers,
        both.other_worth > 0, both.worth > 0,
    )  # fmt: skip
    both = both.mutate(usual=(both.all_duty - both.own_duty) / both.other_worth)
    both = both.mutate(score=both.worth * both.usual - both.duty)
    return both.filter(both.score > 0).drop("own_worth", "own_duty", "all_worth", "all_duty", "many", "claiming")


def _one_each(found: pd.DataFrame) -> pd.DataFrame:
    """One row per enterprise: the sums, and the way with the largest difference."""
    found = found.assign(due=found["worth"] * found["usual"])
    order = ["consignee_id", "score", *WAY, "origin_country"]
    found = found.sort_values(order, ascending=[name != "score" for name in order], kind="stable")
    of = found.groupby("consignee_id", as_index=False).agg(
        score=("score", "sum"), worth=("worth", "sum"), duty=("duty", "sum"), due=("due", "sum"),
        first=("first", "min"), last=("last", "max"), hs_code=("hs_code", "first"), peers=("peers", "first"),
        departure=("departure_country", "first"), origin=("origin_country", "first"), alike=("alike", "first"),
    )  # fmt: skip
    of = of.assign(
        observed=of["duty"] / of["worth"], expected=of["due"] / of["worth"], period=months(of["first"], of["last"])
    )
    return of.rename(columns={"consignee_id": "subject_id"}).drop(columns=["first", "last", "worth", "duty", "due"])


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit of each enterprise, and the entries of the way that tells most."""
    own = {"subject_id": "consignee_id", "departure": "departure_country", "origin": "origin_country"}
    asked = kept[[*own, "hs_code"]].rename(columns=own)
    rows = ids_behind(session, _routed(), "entry_id", asked)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
