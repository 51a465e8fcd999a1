"""EXM-06: an officer who finds less than colleagues would have found on the very same work."""

from __future__ import annotations

import numpy as np
import pandas as pd

from guanjian.engine.clock import local, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations, items, selections
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.period import months
from guanjian.signals.roster import SMALLEST_POOL
from guanjian.stats.benchmark import effects
from guanjian.stats.exact import SMALLEST
from guanjian.stats.local_fdr import ENOUGH, empirical_null, local_fdr

FEATURES = ["worth", "usual", "full", "partial", "machine", "night", "by_chance"]
PRIOR = 50.0  # a chapter's find rate starts from everybody's, as if seen so often

EXAMPLE = """
declarations: entry_id unit_code value_cny
a{i} 2201 1000 *100
b{i} 2201 1000 *100
c{i} 2201 1000 *100
d{i} 2201 1000 *100
e{i} 2201 1000 *60
items: entry_id item_no hs_code value_cny
a{i} 1 8471300000 1000 *100
b{i} 1 8471300000 1000 *100
c{i} 1 8471300000 1000 *100
d{i} 1 8471300000 1000 *100
e{i} 1 8471300000 1000 *60
examinations: exam_id entry_id mode officer1 officer2 started_at finding
a{i} a{i} A 甲 丁 2026-03-02T09:00+{i}m 0 *100
b{i} b{i} A 乙 丁 2026-03-02T09:00+{i}m 0 *100
c{i} c{i} A 丙 丁 2026-03-02T09:00+{i}m 0 *100
d{i} d{i} A 戊 丁 2026-03-02T09:00+{i}m 0 *100
fa{i} e{i} A 甲 丁 2026-03-02T11:00+{i}m 1 *60
fb{i} e{i} A 乙 丁 2026-03-02T11:00+{i}m 1 *60
fc{i} e{i} A 丙 丁 2026-03-02T11:00+{i}m 1 *60
"""


@detector(
    "EXM-06",
    Text("查获低于同类基准", "Finds below the benchmark"),
    line="examination",
    node="examine",
    subject=Subject.OFFICER,
    reads=("examinations", "declarations", "items"),
    may_read=("selections",),
    statistical=True,
    pooled="the null law and each chapter's find rate are learned from all officers",
    says=Text(
        "关员 {subject_id} 主查 {done} 次，查获率 {observed:.1%}；同单位同事做同样的工作应为 {expected:.1%}（p = {p_value:.2g}）。",
        "Officer {subject_id} led {done} examinations with finds in {observed:.1%}; colleagues of the unit would have found"
        " something in {expected:.1%} of the same work (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(60, Text("次", "examinations"), Text("至少主查几次才判断", "led at least so many")),
        "overlap": Param(
            1.5,
            Text("倍", "times"),
            Text("同事的可比工作至少为本人的", "colleagues' comparable work, of the own, at least"),
        ),
    },
)
def finds_below_benchmark(session, cut, least, overlap):
    """关员的查获率低于同事在同样工作上应有的查获率：把同事的查验加权成与他的工作同样构成，再作回归校正（双重稳健）。

    工作的构成：货值、商品章的一般查获率、查验方式、昼夜、是否随机布控。方法见 Ridgeway 与 MacDonald，JASA 2009。
    全体关员的 z 值中部给出零分布（Efron），局部误报概率随线索给出；从不按原始查获率排名。

    Score: −lg p，p 为经验零分布下 z 小于等于所见的概率。
    Silent when: 单位内主查关员少于三人；主查少于 `least` 次；同单位没有任何查获；可比的同事工作不足本人的 `overlap` 倍。
    Misses: 全科室一起放过；构成之外的差别（如只有他会查的商品）；偶尔放过一票的。
    """
    facts = session.frame(_facts()).sort_values(["unit_code", "exam_id"], kind="stable").reset_index(drop=True)
    parts = [_unit(unit, of, (least, overlap)) for unit, of in facts.groupby("unit_code")]
    of = pd.concat([part for part in parts if part is not None] or [NOBODY], ignore_index=True)
    z = of.pop("z").to_numpy(float)
    null = empirical_null(z)
    p_value = np.clip(null.lower_tail(z), SMALLEST, 1.0)
    of = of.assign(
        p_value=p_value,
        score=-np.log10(p_value),
        z=z,
        local_fdr=local_fdr(z, null) if len(z) >= ENOUGH else np.nan,
        null=null.spread,
    )
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found))


NOBODY = pd.DataFrame(
    columns=["unit_code", "subject_id", "period", "done", "observed", "expected", "comparable", "z"]
).astype({"z": float})


def _facts():
    """One row per examination: its unit, officer, outcome, and what the work was like."""
    heads = items.group_by("entry_id").agg(chapter=items.hs_code.min().left(2))
    chance = selections.filter(selections.selected, selections.lane == "random").select("entry_id").distinct()
    exams = examinations.inner_join(declarations.select("entry_id", "unit_code", "value_cny"), "entry_id")
    exams = exams.inner_join(heads, "entry_id")
    everybody = examinations.agg(rate=examinations.finding.cast("float64").mean())
    usual = exams.group_by("chapter").agg(seen=exams.count(), finds=exams.finding.cast("float64").sum())
    usual = usual.cross_join(everybody)
    usual = usual.select("chapter", usual=(usual.finds + PRIOR * usual.rate) / (usual.seen + PRIOR))
    both, hour = exams.inner_join(usual, "chapter"), local(exams.started_at).hour()
    return both.select(
        "exam_id",
        "unit_code",
        "usual",
        officer_id="officer1",
        found=both.finding.cast("float64"),
        on=month(both.started_at),
        worth=(both.value_cny.cast("float64") + 1).log10(),
        full=(both.mode == "A").cast("float64"),
        partial=(both.mode == "B").cast("float64"),
        machine=(both.mode == "J").cast("float64"),
        night=((hour >= 20) | (hour < 6)).cast("float64"),
        by_chance=both.entry_id.isin(chance.entry_id).cast("float64"),
    )


def _unit(unit: str, of: pd.DataFrame, limits: tuple[int, float]) -> pd.DataFrame | None:
    """The officers of a unit who led enough, each against the others; None when there is nothing to compare."""
    officer, names = pd.factorize(of["officer_id"], sort=True)
    if len(names) < SMALLEST_POOL or of["found"].nunique() < 2:
        return None
    seen = effects(officer, of[FEATURES].to_numpy(float), of["found"].to_numpy(float))
    when = of.groupby("officer_id")["on"].agg(["min", "max"])
    judged = pd.DataFrame(
        {
            "unit_code": unit, "subject_id": names, "period": months(when["min"], when["max"]),
            "done": seen.records.astype(int), "observed": seen.own, "expected": seen.benchmark,
            "comparable": seen.comparable, "z": seen.z,
        }
    )  # fmt: skip
    least, overlap = limits
    enough = (seen.records >= least) & (seen.comparable >= overlap * seen.records)
    return judged[enough & (seen.error > 1e-12)]


def _shown(session, found: pd.DataFrame) -> pd.DataFrame:
    """The officer's examinations of that unit without a find."""
    placed = examinations.filter(~examinations.finding).inner_join(
        declarations.select("entry_id", "unit_code"), "entry_id"
    )
    asked = found[["subject_id", "unit_code"]].rename(columns={"subject_id": "officer1"})
    return found.assign(rows=ids_behind(session, placed, "exam_id", asked))
