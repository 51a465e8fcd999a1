"""DEC-02: an enterprise that goes to another port or agent once it was caught at its own."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
from scipy.stats import norm

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.whose import main_units
from guanjian.stats.difference import did_log_odds
from guanjian.stats.exact import SMALLEST
from guanjian.stats.robust import overdispersion

WAYS = {"unit_code": "申报口岸", "agent_id": "报关企业"}
SIDES = ["own_before", "own_after", "other_before", "other_after"]

EXAMPLE = """
declarations: entry_id unit_code ie consignee_id agent_id declared_at
a{i} 2201 import 戊公司 行一 2026-02-02T09:00+{i}d *30
hit 2201 import 戊公司 行一 2026-03-10T09:00
b{i} 2305 import 戊公司 行一 2026-03-11T09:00+{i}d *25
c{i} 2201 import 戊公司 行一 2026-03-11T09:00+{i}d *4
d{i} 2201 import 甲公司 行一 2026-02-02T09:00+{i}d *80
e{i} 2305 import 甲公司 行一 2026-02-02T10:00+{i}d *8
examinations: exam_id entry_id mode officer1 officer2 started_at finding
x1 hit A 甲 乙 2026-03-10T10:00 1
"""


@detector(
    "DEC-02",
    Text("查获后改走他处", "Displaced after a find"),
    line="declaration",
    node="accept",
    subject=Subject.ENTERPRISE,
    reads=("declarations", "examinations"),
    statistical=True,
    pooled="how much enterprises change anyway is learned from all enterprises that were caught",
    says=Text(
        "企业 {subject_id} 于 {caught_on} 被查获后换了{way}：不在 {usual} 的业务由 {share_before:.0%} 升到 {observed:.0%}，按同期没有"
        "查获的企业的变化应约 {expected:.0%}（p = {p_value:.2g}）。",
        "After a find on {caught_on} enterprise {subject_id} changed its {way_en}: away from {usual} it lodged {observed:.0%}"
        " instead of {share_before:.0%}, where enterprises without a find went to {expected:.0%} (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "window": Param(180, Text("天", "days"), Text("比较查获前后各几天", "days before and after the find")),
        "least": Param(10, Text("票", "entries"), Text("前后各至少几票", "fewest entries before and after")),
    },
)
def displaced_after_find(session, cut, window, least):
    """企业被查获之后，把业务转到别的申报口岸或报关企业，转移的幅度超过同口岸（同报关企业）没有被查获的企业。

    双重差分：本企业前后对数发生比之差，减去以同一口岸（报关企业）为主、没有查获的企业同期之差。每月的第一次查获各作一次分界
    （未必第一次就走），口岸与报关企业分别比较，取最明显的一项，并按比较的次数折算（Simes）。

    Score: −lg p，p 为转移不超过同期一般变化的单侧概率（按全部被查获企业的实际离散程度放宽）。
    Silent when: 查获前或查获后少于 `least` 票；转移与同行一致。
    Misses: 换用另一家企业的名义（由关联规则看）；换商品编号；查获之前就已分散的企业。
    """
    parts = [session.frame(_sides(way, window)).assign(way=WAYS[way], way_en=way) for way in WAYS]
    of = pd.concat(parts, ignore_index=True)
    counts = of[[f"{who}_{side}" for who in ("own", "all") for side in SIDES]].fillna(0).to_numpy(float)
    own, others = counts[:, :4], counts[:, 4:]
    effect, error, usual = did_log_odds(own, others)
    before, after = own[:, 0] + own[:, 2], own[:, 1] + own[:, 3]
    z = effect / error
    of = of.assign(z=z, observed=own[:, 3] / np.maximum(after, 1), share_before=own[:, 2] / np.maximum(before, 1))
    of = of.assign(expected=usual)[(before >= least) & (after >= least)]
    best, tests = _one_each(of)
    return Looked(best[best["score"] >= cut].reset_index(drop=True), tests, more=lambda kept: _placed(session, kept))


def _entries(way: str):
    own = declarations.select("entry_id", "consignee_id", on=day(declarations.declared_at), where=declarations[way])
    return own.mutate(where=own["where"].fill_null(""))


def _caught(way: str):
    """The first find of every enterprise in each month: on which day, and by which way the entry came."""
    finds = examinations.filter(examinations.finding).inner_join(_entries(way), "entry_id")
    finds = finds.mutate(caught_on=day(finds.started_at))
    of_month = ["consignee_id", finds.caught_on.truncate("M")]
    order = ibis.row_number().over(group_by=of_month, order_by=[finds.started_at, finds.exam_id])
    first = finds.mutate(place=order).filter(lambda t: t.place == 0)
    return first.select("consignee_id", "caught_on", usual="where")


def _sides(way: str, window: int):
    """For each enterprise caught: its entries by the usual way and by others, before and after; and everybody else's."""
    entries, caught = _entries(way), _caught(way)
    own = entries.inner_join(caught, "consignee_id")
    own = _counted(own, own["where"] == own.usual, window, "own")
    clean = entries.anti_join(caught, "consignee_id")
    many = clean.group_by("consignee_id", "where").agg(n=clean.count())
    order = ibis.row_number().over(group_by="consignee_id", order_by=[many.n.desc(), many["where"]])
    home = many.mutate(place=order).filter(lambda t: t.place == 0).select("consignee_id", home="where")
    clean = clean.inner_join(home, "consignee_id")
    daily = clean.group_by("home", "on").agg(n=clean.count(), same=(clean["where"] == clean.home).cast("int64").sum())
    beside = caught.inner_join(daily, [caught.usual == daily.home])
    both = own.left_join(_summed(beside, window), ["consignee_id", "caught_on"])
    return both.drop("consignee_id_right", "caught_on_right")


def _counted(rows, same, window: int, name: str):
    days = rows.on.delta(rows.caught_on, unit="day")
    known = rows.mutate(days=days, same=same).filter((days.abs() <= window) & (days != 0))
    sides = {
        f"{name}_own_before": (known.days < 0) & known.same,
        f"{name}_own_after": (known.days > 0) & known.same,
        f"{name}_other_before": (known.days < 0) & ~known.same,
        f"{name}_other_after": (known.days > 0) & ~known.same,
    }
    return known.group_by("consignee_id", "caught_on", "usual").agg(
        **{side: which.cast("int64").sum() for side, which in sides.items()}
    )


def _summed(rows, window: int):
    days = rows.on.delta(rows.caught_on, unit="day")
    known = rows.mutate(days=days, other=rows.n - rows.same).filter((days.abs() <= window) & (days != 0))
    return known.group_by("consignee_id", "caught_on").agg(
        all_own_before=known.same.sum(where=known.days < 0),
        all_own_after=known.same.sum(where=known.days > 0),
        all_other_before=known.other.sum(where=known.days < 0),
        all_other_after=known.other.sum(where=known.days > 0),
    )


def _one_each(of: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The most telling find and way of each enterprise, paid for by how many were compared (Simes)."""
    wider = overdispersion(of["z"].to_numpy(float)) ** 0.5
    of = of.assign(p=np.clip(norm.sf(of["z"].to_numpy(float) / wider), SMALLEST, 1.0), wider=wider)
    of = of.sort_values(["consignee_id", "p", "way_en", "caught_on"], kind="stable").reset_index(drop=True)
    grouped = of.groupby("consignee_id", sort=False)
    simes = of["p"] * grouped["p"].transform("size") / (grouped.cumcount() + 1)
    p_value = np.minimum(simes.groupby(of["consignee_id"], sort=False).min().to_numpy(float), 1.0)
    best = grouped.head(1).reset_index(drop=True)
    kept = ["consignee_id", "usual", "way", "way_en", "observed", "expected", "share_before", "wider"]
    caught_on = pd.to_datetime(best["caught_on"]).dt.strftime("%Y-%m-%d")
    told = best[kept].rename(columns={"consignee_id": "subject_id"})
    told = told.assign(caught_on=caught_on, period=caught_on, p_value=p_value, score=-np.log10(p_value))
    return told, len(told)


def _placed(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The unit that each belongs to, and what it lodged by another way after the find."""
    rows = pd.Series([[]] * len(kept), index=kept.index)
    for way, of in kept.groupby("way_en"):
        caught = _caught(way)
        moved = _entries(way).inner_join(caught, "consignee_id")
        moved = moved.filter(moved.on > moved.caught_on, moved["where"] != moved.usual)
        moved = moved.mutate(caught_on=moved.caught_on.cast("string"))
        asked = of[["subject_id", "caught_on"]].rename(columns={"subject_id": "consignee_id"})
        rows.loc[of.index] = ids_behind(session, moved, "entry_id", asked)
    return kept.assign(unit_code=main_units(session, kept["subject_id"]), rows=rows)
