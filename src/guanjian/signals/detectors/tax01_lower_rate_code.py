"""TAX-01: goods that everybody else classifies elsewhere, declared under a code with a lower rate."""

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

GOODS = ["goods", "heading"]

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id declared_at
a{i} 2201 import 企{i} 2026-03-02T09:00 *10
low1 2201 import 戊公司 2026-03-05T09:00
low2 2201 import 戊公司 2026-03-15T09:00
items: entry_id item_no hs_code goods_name value_cny tax_rate
a{i} 1 8703230000 小轿车 900000 0.15 *10
low1 1 8703900000 小轿车 900000 0.05
low2 1 8703900000 小轿车 900000 0.05
"""


@detector(
    "TAX-01",
    Text("归入低税号", "Classified at a lower rate"),
    line="classification",
    node="classify",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    says=Text(
        "企业 {subject_id} 把“{goods}”申报为 {own_code}（税率 {observed:.1%}），而 {peers} 家企业把同名商品归入 {usual_code}（税率"
        " {expected:.1%}）；{lines} 项商品的税款相差约 {score:.0f} 元。",
        "Enterprise {subject_id} declares “{goods}” under {own_code} (rate {observed:.1%}) where {peers} enterprises"
        " classify goods of that name under {usual_code} (rate {expected:.1%}): about CNY {score:.0f} of duty on {lines}"
        " line(s).",
    ),
    params={
        "cut": Param(100_000.0, Text("元", "CNY"), Text("税款相差至少", "difference in duty, at least")),
        "min_peers": Param(5, Text("家", "enterprises"), Text("至少几家同行归入通常的税号", "peers at the usual code")),
        "majority": Param(
            0.7, Text("比例", "share"), Text("同名商品的企业中至少多少归入该税号", "of all that declare it")
        ),
        "digits": Param(
            0,
            Text("位", "digits"),
            Text("两个税号须相同的前几位，0 为不限品目", "leading digits that both codes share, 0 for any heading"),
        ),
    },
)
def lower_rate_code(session, cut, min_peers, majority, digits):
    """同名商品绝大多数企业归入同一税号，某企业却归入税率更低的另一税号，不论是否同一品目。

    品名去掉空格、不分大小写后比较；笼统的品名（如“配件”）分散在许多税号，没有公认的归类，不会因此报警。税号的税率取全部申报中该税号的最高税率（减免税、加工贸易不影响）。一家企业有多种
    商品时合计税款差，并举出差额最大的一种；此前曾归入通常税号的另行注明。

    Score: 税款差 = 货值 ×（通常税号的税率 − 所申报税号的税率），元。
    Silent when: 没有品名或税率；同行不足 `min_peers` 家；同名商品没有公认的税号；所归税号的税率不更低。
    Misses: 改写品名的伪报（须看样品）；全行业一起归错；同行太少的品名。
    """
    found = session.frame(_cheaper(_declared(digits), (min_peers, majority)))
    of = _one_each(found)
    of = of[of["score"] >= cut].reset_index(drop=True)
    return Looked(of, more=lambda kept: _placed(session, kept, digits))


def _declared(digits: int):
    """Goods lines of imports with a name and a rate."""
    heads = declarations.filter(declarations.ie == "import")
    both = items.inner_join(heads.select("entry_id", "consignee_id", on=day(heads.declared_at)), "entry_id")
    named = both.mutate(goods=both.goods_name.re_replace(r"\s+", "").lower(), heading=both.hs_code.left(digits))
    return named.filter(named.goods.length() > 0, named.tax_rate.notnull())


def _cheaper(lines, limits):
    """What each enterprise declares under another code than the usual one, at a lower rate."""
    min_peers, majority = limits
    rates = lines.group_by("hs_code").agg(rate=lines.tax_rate.max())
    own = lines.group_by(*GOODS, "hs_code", "consignee_id").agg(
        worth=lines.value_cny.sum().cast("float64"), lines=lines.count(), first=lines.on.min(), last=lines.on.max()
    )
    codes = own.group_by(*GOODS, "hs_code").agg(peers=own.count())
    codes = codes.mutate(place=ibis.row_number().over(group_by=GOODS, order_by=[codes.peers.desc(), codes.hs_code]))
    everybody = own.group_by(GOODS).agg(everybody=own.consignee_id.nunique())
    usual = codes.filter(codes.place == 0).inner_join(everybody, GOODS).inner_join(rates, "hs_code")
    usual = usual.filter(usual.peers >= min_peers, usual.peers >= majority * usual.everybody)
    usual = usual.select(*GOODS, "peers", usual_code=usual.hs_code, usual_rate=usual.rate)
    both = own.inner_join(usual, GOODS).inner_join(rates, "hs_code")
    before = own.select(*GOODS, "consignee_id", usual_code="hs_code", since="first")
    both = both.left_join(before, [*GOODS, "consignee_id", "usual_code"])
    cheap = both.filter(both.hs_code != both.usual_code, both.rate < both.usual_rate)
    return cheap.select(
        *GOODS, "hs_code", "consignee_id", "worth", "lines", "first", "last", "peers", "usual_code", "usual_rate", "rate",
        switched=(cheap.since < cheap["first"]).fill_null(False),
    )  # fmt: skip


def _one_each(found: pd.DataFrame) -> pd.DataFrame:
    """One row per enterprise: the sums, and the goods with the largest difference."""
    found = found.assign(score=found["worth"] * (found["usual_rate"] - found["rate"]))
    found["paid"], found["due"] = found["worth"] * found["rate"], found["worth"] * found["usual_rate"]
    found = found.sort_values(["consignee_id", "score", "goods", "hs_code"], ascending=[True, False, True, True])
    of = found.groupby("consignee_id", as_index=False).agg(
        score=("score", "sum"), worth=("worth", "sum"), paid=("paid", "sum"), due=("due", "sum"), lines=("lines", "sum"),
        first=("first", "min"), last=("last", "max"), goods=("goods", "first"), heading=("heading", "first"),
        own_code=("hs_code", "first"), usual_code=("usual_code", "first"), peers=("peers", "first"),
        switched=("switched", "first"),
    )  # fmt: skip
    of = of.assign(
        observed=of["paid"] / of["worth"], expected=of["due"] / of["worth"], period=months(of["first"], of["last"])
    )
    return of.rename(columns={"consignee_id": "subject_id"}).drop(columns=["first", "last", "worth", "paid", "due"])


def _placed(session, kept: pd.DataFrame, digits: int) -> pd.DataFrame:
    """The unit of each enterprise, and the entries with the goods that tell most."""
    asked = kept[["subject_id", "goods", "own_code"]]
    asked = asked.rename(columns={"subject_id": "consignee_id", "own_code": "hs_code"})
    rows = ids_behind(session, _declared(digits), "entry_id", asked)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
