"""DRF-01: a unit whose goods, origins or trade modes are suddenly others than they were."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations, items
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.stats.drift import by_chance, stability

FEATURES = {"chapter": "商品章", "origin": "原产地", "trade_mode": "监管方式", "caught": "查获商品章"}

EXAMPLE = """
declarations: entry_id unit_code trade_mode declared_at
a{i} 2201 0110 2026-02-02T09:00+{i}m *300
b{i} 2201 0110 2026-03-02T09:00+{i}m *200
c{i} 2201 0110 2026-03-02T09:00+{i}m *100
items: entry_id item_no hs_code origin_country
a{i} 1 8471300000 KR *300
b{i} 1 8471300000 KR *200
c{i} 1 0203290000 KR *100
"""


@detector(
    "DRF-01",
    Text("业务结构突变", "The mix has changed"),
    line="risk",
    node="monitor",
    subject=Subject.UNIT,
    reads=("declarations", "items"),
    may_read=("examinations",),
    pooled="which month is the last one is learned from all units",
    says=Text(
        "单位 {subject_id} 在 {period} 的{feature}结构与此前 {months_before} 个月明显不同：稳定性指数 {observed:.2f}，抽样波动约"
        " {expected:.2f}；变化最大的是 {level_name}（由 {share_before:.0%} 到 {share_after:.0%}）。",
        "In {period} the mix of {feature_en} at unit {subject_id} differs from the {months_before} month(s) before:"
        " stability index {observed:.2f} where chance explains {expected:.2f}; {level_name} changed most (from"
        " {share_before:.0%} to {share_after:.0%}).",
    ),
    params={
        "cut": Param(0.25, Text("PSI", "PSI"), Text("超出抽样波动的稳定性指数", "stability index beyond chance")),
        "window": Param(6, Text("月", "months"), Text("与此前几个月比较", "compared with so many months before")),
        "least": Param(200, Text("项", "lines"), Text("当月与此前各至少几项", "fewest lines in the month and before")),
    },
)
def mix_changed(session, cut, window, least):
    """单位最近一个月的商品章、原产地、监管方式或查获商品的结构，与此前几个月相比突然改变。

    结构突变会使按旧数据定的参数和模型失效，也可能是货物为避开别处的控制而转来。只看数据中的最后一个月；每个单位报
    变化最大的一项特征。

    Score: 稳定性指数 PSI 减去两个样本量下的抽样波动 (层数 − 1)(1/n + 1/m)。
    Silent when: 当月或此前的商品项少于 `least`；或波动在抽样误差之内。
    Misses: 缓慢的变化（由时间序列预警看）；结构不变而手法改变；季节性商品会被列出，须结合去年同期看。
    """
    counted = session.frame(_counted(window))
    rows = [found for unit, of in counted.groupby("unit_code") if (found := _largest(unit, of, least)) is not None]
    rows = pd.DataFrame(rows, columns=COLUMNS)
    return Looked(rows[rows["score"] >= cut], more=lambda kept: _shown(session, kept))


COLUMNS = [
    "unit_code", "subject_id", "period", "score", "observed", "expected", "feature", "feature_en", "level_name",
    "share_before", "share_after", "months_before",
]  # fmt: skip


def _facts():
    """One row per goods line, with the level of each feature; `caught` is empty where nothing was found."""
    heads = declarations.select("entry_id", "unit_code", "trade_mode", on=month(declarations.declared_at))
    finds = examinations.filter(examinations.finding).select(caught_id="entry_id").distinct()
    both = items.inner_join(heads, "entry_id").left_join(finds, items.entry_id == finds.caught_id)
    chapter = both.hs_code.left(2)
    caught = ibis.ifelse(both.caught_id.notnull(), chapter, ibis.null("string"))
    return both.select(
        "entry_id", "unit_code", "on", chapter=chapter, origin=both.origin_country.fill_null(""),
        trade_mode=both.trade_mode, caught=caught, found=both.caught_id.notnull(),
    )  # fmt: skip


def _by_feature(facts, kept: list[str], features: Iterable[str]):
    """The rows with these columns once for each of these features, under its name and level."""
    parts = []
    for name in features:
        of = facts.filter(facts.found) if name == "caught" else facts
        parts.append(of.select(*kept, feature=ibis.literal(name), level_name=of[name]))
    return ibis.union(*parts) if len(parts) > 1 else parts[0]


def _counted(window: int):
    """Counts by unit, feature and level: in the last month of all data, and in the months before it.

    Goods lines are counted once, by all features together, then those counts by each.
    """
    facts = _facts()
    many = facts.group_by("unit_code", "on", *FEATURES, "found").agg(n=facts.count())
    last = declarations.agg(last=month(declarations.declared_at).max())
    dated = _by_feature(many, ["unit_code", "on", "n"], FEATURES).cross_join(last)
    back = (dated["last"].year() - dated.on.year()) * 12 + dated["last"].month() - dated.on.month()
    dated = dated.mutate(back=back).filter(lambda t: t.back <= window)
    return dated.group_by("unit_code", "feature", "level_name").agg(
        after=dated.n.sum(where=dated.back == 0).fill_null(0),
        before=dated.n.sum(where=dated.back > 0).fill_null(0),
        last=dated["last"].max(),
        furthest=dated.back.max(),
    )


def _largest(unit: str, of: pd.DataFrame, least: int) -> tuple | None:
    """The feature of a unit that changed most; None when nothing can be compared."""
    best = None
    for name, levels in of.sort_values("level_name").groupby("feature"):
        before, after = levels["before"].to_numpy(), levels["after"].to_numpy()
        if min(before.sum(), after.sum()) < least:
            continue
        seen, chance = stability(before, after), by_chance(before, after)
        if best is None or seen - chance > best[3]:
            shares = before / before.sum(), after / after.sum()
            most = int(np.argmax(np.abs(shares[1] - shares[0])))
            best = (
                unit, unit, f"{levels['last'].iloc[0]:%Y-%m}", seen - chance, seen, chance, FEATURES[name], name,
                levels["level_name"].iloc[most], shares[0][most], shares[1][most], int(of["furthest"].max()),
            )  # fmt: skip
    return best


def _shown(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The entries of the level that changed most."""
    lines = _by_feature(_facts(), ["entry_id", "unit_code", "on"], sorted(set(kept["feature_en"])))
    lines = lines.mutate(period=lines.on.strftime("%Y-%m"), feature_en=lines.feature)
    return kept.assign(rows=_ids(session, lines, kept))


def _ids(session, lines, kept: pd.DataFrame) -> list[list[str]]:
    same = ["unit_code", "feature_en", "level_name"]
    now = ids_behind(session, lines, "entry_id", kept[[*same, "period"]])
    ever = ids_behind(session, lines, "entry_id", kept[same]) if not all(now) else now
    return [here or all_of_them for here, all_of_them in zip(now, ever, strict=True)]
