"""TAX-02: an origin with a lower rate that nobody else claims for goods that come by this way."""

from __future__ import annotations

import ibis
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
NEAR = 1e-9  # rates that differ by less are the same

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
        "企业 {subject_id} 自 {departure} 启运的 {hs_code} 申报原产地为 {origin}（税率 {observed:.1%}），按通常应为 {expected:.1%}："
        "自同地启运同一商品的其他 {peers} 家企业中，以该原产地少缴税的有 {alike} 家；本企业自己另有 {own} 项申报原产于启运国；"
        "税款相差约 {score:.0f} 元。",
        "Enterprise {subject_id} declares origin {origin} (rate {observed:.1%}) for {hs_code} shipped from {departure} where"
        " {expected:.1%} is usual: of {peers} others that ship it from there {alike} save duty by that origin, and it"
        " declares {own} lines of its own as made there; about CNY {score:.0f} of duty.",
    ),
    params={
        "cut": Param(100_000.0, Text("元", "CNY"), Text("税款相差至少", "difference in duty, at least")),
        "min_peers": Param(
            8, Text("家", "enterprises"), Text("同商品同启运地的其他企业至少", "others by the same way")
        ),
        "rare": Param(
            0.1,
            Text("比例", "share"),
            Text("以该原产地少缴税的其他企业至多占", "of the others that save by it, at most"),
        ),
        "min_own": Param(
            3, Text("项", "lines"), Text("本企业申报原产于启运国的至少", "of its own declared as made there, at least")
        ),
    },
)
def origin_off_route(session, cut, min_peers, rare, *, min_own):
    """申报的原产地不是启运国，税率更低，而自同一国启运同一商品的其他企业几乎都不靠这一原产地少缴税；或者同行太少，而本企业
    自己同样的商品、同样的启运国时而申报原产于启运国、按更高的税率缴税。

    同路：同一商品编号、同一启运国、同一监管方式。一家企业有多条路线时合计税款差，并举出差额最大的一条。

    Score: 税款差 = 货值 ×（同路其他企业的平均税率；没有可比同行时，本企业申报原产于启运国时的税率 − 本项税率），元。
    Silent when: 原产地即启运国；没有启运国、原产地或税率；靠该原产地少缴税在同路企业中并不少见，或同路企业不足 `min_peers` 家，而本企业申报原产于启运国的不足 `min_own` 项。
    Misses: 与同路企业一起伪报；启运国也一并伪报；确有第三国转口的合法贸易（须核对原产地证书）。
    """
    found = session.frame(_rare(_routed(), (min_peers, rare, min_own)))
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
    """Each enterprise's lines of a claimed origin, beside the others that come by the same way, or beside its own."""
    min_peers, rare, min_own = limits
    own = lines.group_by(*WAY, "origin_country", "consignee_id").agg(
        lines=lines.count(), worth=lines.worth.sum(), duty=lines.duty.sum(), first=lines.on.min(), last=lines.on.max()
    )
    whole = own.group_by(*WAY, "consignee_id").agg(
        own_worth=own.worth.sum(), own_duty=own.duty.sum(),
        **{name: ibis.coalesce(own[column].sum(where=own.origin_country == own.departure_country), 0)
           for name, column in (("own", "lines"), ("home_worth", "worth"), ("home_duty", "duty"))},
    )  # fmt: skip
    way = whole.group_by(WAY).agg(all_worth=whole.own_worth.sum(), all_duty=whole.own_duty.sum(), many=whole.count())
    both = own.inner_join(whole, [*WAY, "consignee_id"]).inner_join(way, WAY)
    both = both.mutate(peers=both.many - 1, other_worth=both.all_worth - both.own_worth)
    beside = _share(both.all_duty - both.own_duty, both.other_worth)
    saves = (both.worth > 0) & (both.duty < (beside - NEAR) * both.worth)
    both = both.mutate(beside=beside, alone=_share(both.home_duty, both.home_worth), saves=saves.fill_null(False))
    claiming = both.saves.cast("int64").sum().over(group_by=[*WAY, "origin_country"])
    both = both.mutate(alike=claiming - both.saves.cast("int64"))
    both = both.filter(both.origin_country != both.departure_country, both.worth > 0)
    rarely = (both.peers >= min_peers) & (both.alike <= rare * both.peers) & (both.other_worth > 0)
    both = both.mutate(usual=ibis.cases((rarely, both.beside), (both.own >= min_own, both.alone)))
    both = both.mutate(score=both.worth * both.usual - both.duty)
    kept = ["consignee_id", *WAY, "origin_country", "score", "worth", "duty", "usual", "peers", "alike", "own"]
    return both.filter(both.score > NEAR * both.worth).select(*kept, "first", "last")


def _share(duty, worth):
    return ibis.ifelse(worth > 0, duty / worth, None)


def _one_each(found: pd.DataFrame) -> pd.DataFrame:
    """One row per enterprise: the sums, and the way with the largest difference."""
    found = found.assign(due=found["worth"] * found["usual"])
    order = ["consignee_id", "score", *WAY, "origin_country"]
    found = found.sort_values(order, ascending=[name != "score" for name in order], kind="stable")
    of = found.groupby("consignee_id", as_index=False).agg(
        score=("score", "sum"), worth=("worth", "sum"), duty=("duty", "sum"), due=("due", "sum"),
        first=("first", "min"), last=("last", "max"), hs_code=("hs_code", "first"), peers=("peers", "first"),
        departure=("departure_country", "first"), origin=("origin_country", "first"), alike=("alike", "first"),
        own=("own", "first"),
    )  # fmt: skip
    of = of.assign(
        score=of["score"].round(2),  # whole cents: the order in which rows are added up does not matter
        observed=of["duty"] / of["worth"],
        expected=of["due"] / of["worth"],
        period=months(of["first"], of["last"]),
    )
    return of.rename(columns={"consignee_id": "subject_id"}).drop(columns=["first", "last", "worth", "duty", "due"])


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit of each enterprise, and the entries of the way that tells most."""
    own = {"subject_id": "consignee_id", "departure": "departure_country", "origin": "origin_country"}
    asked = kept[[*own, "hs_code"]].rename(columns=own)
    rows = ids_behind(session, _routed(), "entry_id", asked)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
