"""VAL-03: single consignments far below what goods of this kind and quantity cost everybody else."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.looked import Looked
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.lines import goods_lines
from guanjian.signals.period import months
from guanjian.signals.whose import main_units
from guanjian.stats.robust import mirrored, tail_beyond
from guanjian.stats.robust_fit import fit

PEERS = ["hs_code", "origin", "measure", "ie", "month"]
TAIL = 0.05
FAR = 1.6  # no p-value up to TAIL lies nearer to the line

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id declared_at
a{i} 2201 import 企{i} 2026-03-02T09:00 *9
b{i} 2201 import 企{i} 2026-03-12T09:00 *9
c{i} 2201 import 企{i} 2026-03-22T09:00 *9
low 2201 import 戊公司 2026-03-05T09:00
items: entry_id item_no hs_code origin_country quantity_unit quantity value_cny
a{i} 1 8471300000 KR kg 10 10{i}0 *9
b{i} 1 8471300000 KR kg 20 19{i}0 *9
c{i} 1 8471300000 KR kg 20 18{i}0 *9
low 1 8471300000 KR kg 20 700
"""


@detector(
    "VAL-03",
    Text("单票低于公平价格", "Consignments below the fair price"),
    line="valuation",
    node="price_review",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "items"),
    statistical=True,
    pooled="how heavy honest tails are is learned from all enterprises",
    says=Text(
        "企业 {subject_id} 有 {far} 项 {hs_code} 明显低于公平价格：最低的一项申报 {observed:.0f} 元，同月同原产地同等数量的商品"
        "约 {expected:.0f} 元（低 {gap:.0%}）。公平价格只提示疑点，不能代替审价程序。",
        "{far} line(s) of {hs_code} by enterprise {subject_id} lie far below the fair price: the lowest is declared at"
        " CNY {observed:.0f} where goods of that quantity, origin and month cost about {expected:.0f} ({gap:.0%} less). A"
        " fair price raises a doubt; it never replaces valuation.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "min_lines": Param(20, Text("项", "lines"), Text("每组至少几项商品", "fewest lines per group")),
        "min_peers": Param(5, Text("家", "enterprises"), Text("每组至少几家企业", "fewest enterprises per group")),
        "min_gap": Param(0.3, Text("比例", "share"), Text("至少低于公平价格", "at least so far below the fair price")),
    },
)
def below_fair_price(session, cut, min_lines, min_peers, min_gap):
    """企业的个别商品项，按同商品、同原产地、同计量单位、同月份的稳健回归，明显低于同等数量应有的价值。

    对数价值对对数数量的回归（最小截尾二乘加 MM 步）：大批量单价较低是正常的，近半数低报也拉不动这条线；定线时一家企业至多占
    四分之一，一家大户的错报不会让同行显得便宜。每项得一个单侧 t 尾概率，并按高报一侧（每家企业只算最远的一项）所见的尾部放宽：
    偶有几票诚实的价格就是离奇，越远尾部越重。一家企业的各项合并为一个 p 值（Simes）。与 VAL-01 相比，这里找的是少数几票的低报。

    Score: −lg p（已按该企业被比较的商品项数校正）。
    Silent when: 一组可用于定线的少于 `min_lines` 项或不足 `min_peers` 家企业、同组价格完全成比例、没有数量、低于公平价格不足 `min_gap`。
    Misses: 过半数同行一起低报；与偶有的离奇诚实价格一样远的低报；长期小幅低报（由 VAL-01 看）；品名、规格不符掩盖的低报。依据世贸组织估价协定，公平价格不得
    直接用作完税价格。
    """
    known = session.keep(
        f"fair_lines_{min_lines}_{min_peers}", lambda: _known(goods_lines(session), min_lines, min_peers)
    )
    far, of, lines = _far(session, known, min_lines)
    best = _one_each(far, lines)
    best = best[(best["score"] >= cut) & (best["gap"] >= min_gap)].reset_index(drop=True)
    return Looked(best, of, more=lambda kept: _placed(session, kept))


def _known(lines, min_lines: int, min_peers: int):
    """Priced lines of groups that are large enough, with the number of the group."""
    priced = lines.filter(lines.log_price.notnull()).mutate(month=lines.on.truncate("M"))
    groups = priced.group_by(PEERS).agg(size=priced.count(), peers=priced.consignee_id.nunique())
    groups = groups.filter(groups["size"] >= min_lines, groups.peers >= min_peers)
    groups = groups.mutate(group=ibis.row_number().over(order_by=PEERS).cast("int32"))
    both = priced.inner_join(groups, PEERS)
    value = both.value_cny.cast("float64").ln()
    return both.select(
        "entry_id", "consignee_id", "hs_code", "group", "size", "on", "month", value=value, amount=value - both.log_price
    )  # fmt: skip


def _far(session, known, min_lines: int) -> tuple[pd.DataFrame, int, int]:
    """The lines far from their group's line on either side; how many enterprises and lines were compared."""
    over = session.lend("fair_over", session.frame(_over(known)))  # asked apart: both at once need too much memory
    facts = session.arrays(_drawn(known, over))
    if not facts["group"].size:
        return session.frame(known.mutate(standard=known.value, fair=known.value, compared=known["size"])), 0, 0
    lines = fit(facts["group"], facts["amount"][:, None], facts["value"], np.array([1.0]))
    fair = pd.DataFrame({"group": np.arange(len(lines.beta), dtype="int32"), "scale": lines.scale})
    fair["base"], fair["slope"] = lines.beta.T
    fair["size"] = np.bincount(facts["group"], minlength=len(fair))
    fair = fair[(fair["scale"] > 1e-9) & (fair["size"] >= min_lines)]
    both = known.drop("size").inner_join(session.lend("fair_prices", fair), "group")
    both = both.mutate(fair=both.base + both.slope * both.amount, compared=both.count().over(group_by="consignee_id"))
    both = both.mutate(standard=(both.value - both.fair) / both.scale)
    counted = session.frame(both.agg(of=both.consignee_id.nunique(), lines=both.count()))
    far = session.frame(both.filter(both.standard.abs() > FAR))
    return far, int(counted["of"][0]), int(counted["lines"][0])


def _drawn(known, over):
    """The lines that a group's line is drawn from: of the enterprises in `over` no more than `most`, the first by number."""
    cut = known.inner_join(over, ["group", "consignee_id"])
    place = ibis.row_number().over(group_by=["group", "consignee_id"], order_by=["entry_id", "value", "amount"])
    cut = cut.mutate(place=place).filter(lambda t: t.place < t.most).select("group", "amount", "value")
    rest = known.anti_join(over, ["group", "consignee_id"]).select("group", "amount", "value")
    return rest.union(cut)


def _over(known):
    """The enterprises with more than a quarter of a group's lines, and how many of theirs may draw its line.

    Half of the lines may be wrong, but they may all be one enterprise's, and then the honest ones would seem cheap. If the
    others than the k largest enterprises have n lines, each of these k may keep n ÷ (4 − k); the smallest of that over
    k = 0 to 3 is the most that leaves nobody above a quarter. Where the largest has no more than a quarter, nobody is cut.
    """
    each = known.group_by("group", "consignee_id").agg(lines=known.count(), size=known["size"].max())
    wide = each.group_by("group").agg(largest=each.lines.max(), size=each["size"].max())
    each = each.semi_join(wide.filter(wide.largest * 4 > wide["size"]), "group")
    each = each.mutate(rank=ibis.row_number().over(group_by="group", order_by=each.lines.desc()))
    most = each.group_by("group").agg(
        **{f"without{k}": each.lines.sum(where=each["rank"] >= k).fill_null(0) / (4 - k) for k in range(4)}
    )
    most = most.mutate(most=ibis.greatest(ibis.least(*(most[f"without{k}"] for k in range(4))).floor(), 1))
    over = each.inner_join(most.select("group", "most"), "group").filter(lambda t: t.lines > t.most)
    return over.select("group", "consignee_id", "most")


def _one_each(far: pd.DataFrame, lines: int) -> pd.DataFrame:
    """One row per enterprise: its cheap lines together (Simes), and the cheapest of them."""
    p = tail_beyond(far["standard"].abs().to_numpy(float), far["size"].to_numpy(float))
    cheap = far["standard"].to_numpy(float) < 0
    dear = pd.Series(p[~cheap]).groupby(far["consignee_id"].to_numpy()[~cheap]).min()  # one who errs may err often
    far = far.assign(p=mirrored(p, dear.to_numpy(float), lines, TAIL))[cheap]
    far = far.sort_values(["consignee_id", "p", "standard", "entry_id"], kind="stable").reset_index(drop=True)
    grouped = far.groupby("consignee_id", sort=False)
    simes = (far["p"] * far["compared"] / (grouped.cumcount() + 1)).groupby(far["consignee_id"], sort=False).min()
    best = grouped.head(1).reset_index(drop=True)
    spans = grouped.agg(first=("month", "min"), last=("month", "max"), far=("p", "size"))
    p_value = np.minimum(simes.to_numpy(float), 1.0)
    return pd.DataFrame(
        {
            "subject_id": best["consignee_id"],
            "period": months(spans["first"], spans["last"]),
            "p_value": p_value,
            "score": -np.log10(p_value),
            "observed": np.exp(best["value"].to_numpy(float)),
            "expected": np.exp(best["fair"].to_numpy(float)),
            "gap": 1 - np.exp((best["value"] - best["fair"]).to_numpy(float)),
            "hs_code": best["hs_code"],
            "far": spans["far"].to_numpy(int),
            "deviations": -best["standard"].to_numpy(float),
            "lowest_entry": best["entry_id"],
        }
    )


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit of each enterprise, the lowest entry first, then the others with the same goods."""
    asked = kept[["subject_id", "hs_code"]].rename(columns={"subject_id": "consignee_id"})
    ids = ids_behind(session, goods_lines(session), "entry_id", asked)
    rows = [[low, *(each for each in own if each != low)] for low, own in zip(kept["lowest_entry"], ids, strict=True)]
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
