"""EXM-01: an enterprise that is opened again and again, and never anything is found."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations, selections
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.stats.exact import alikeness, none_at_all

SAME_WORK = ["unit_code", "mode", "lane"]

EXAMPLE = """
declarations: entry_id unit_code consignee_id
z{i} 2201 零公司 *40
p{i} 2201 同行 *40
q{i} 2201 同行二 *40
f{i} 2201 同行 *16
g{i} 2201 同行二 *16
examinations: exam_id entry_id mode officer1 officer2 started_at finding
z{i} z{i} A 甲 乙 2026-03-02T09:00+{i}h 0 *40
p{i} p{i} A 甲 乙 2026-03-02T09:00+{i}h 0 *40
q{i} q{i} A 甲 乙 2026-03-02T09:00+{i}h 0 *40
f{i} f{i} A 甲 乙 2026-03-02T09:00+{i}h 1 *16
g{i} g{i} A 甲 乙 2026-03-02T09:00+{i}h 1 *16
"""


@detector(
    "EXM-01",
    Text("查而无获企业", "Examined often, never a find"),
    line="examination",
    node="examine",
    subject=Subject.ENTERPRISE,
    reads=("examinations", "declarations"),
    may_read=("selections",),
    statistical=True,
    pooled="how alike the examinations of one enterprise are is learned from all enterprises",
    says=Text(
        "企业 {subject_id} 被查验 {times} 次而无一查获；按同单位、同查验方式、同选查通道其他企业的查获率，应查获约"
        " {expected:.1f} 次，全部落空的概率为 {p_value:.2g}。",
        "Enterprise {subject_id} was examined {times} times without one find; at the find rate of other enterprises (same"
        " unit, mode and lane) {expected:.1f} finds are expected, and none at all has probability {p_value:.2g}.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(20, Text("次", "examinations"), Text("至少被查验几次才判断", "examined at least so often")),
    },
)
def zero_find_enterprise(session, cut, least):
    """重点查验的企业从无查获：或者布控没有意义，或者查验没有认真做。

    同类：同一单位、同一查验方式、同一选查通道（有选查决定时）的其他企业；其查获率不含本企业。不同企业的查获率本来
    就不同，所以按全体企业的离散程度放宽（贝塔二项分布），不会因为企业普遍守法就报警。

    Score: −lg p，p 为按同类查获率全部落空的精确概率。
    Silent when: 查验少于 `least` 次，或同类也没有查获。
    Misses: 偶有一次轻微查获的企业；整个单位都不查获（由查获率指标看）。
    """
    counts = session.frame(_counts())
    of = _judged(counts, least)
    tests = len(of)
    return Looked(of[of["score"] >= cut], tests, more=lambda found: found.assign(rows=_exams(session, found)))


def _counts():
    """Examinations and finds by enterprise and kind of work."""
    lanes = selections.filter(selections.selected).group_by("entry_id").agg(lane=selections.lane.min())
    exams = examinations.inner_join(declarations.select("entry_id", "unit_code", "consignee_id"), "entry_id")
    exams = exams.left_join(lanes, "entry_id").mutate(lane=ibis._.lane.fill_null(""), on=day(ibis._.started_at))
    return exams.group_by("consignee_id", *SAME_WORK).agg(
        times=exams.count(), finds=exams.finding.cast("int64").sum(), first=exams.on.min(), last=exams.on.max()
    )


def _judged(counts: pd.DataFrame, least: int) -> pd.DataFrame:
    """Every enterprise examined often enough and without a find, with the probability of that."""
    work = counts.groupby(SAME_WORK)[["times", "finds"]].transform("sum")
    others = work - counts[["times", "finds"]]
    rate = np.divide(others["finds"], others["times"], out=np.zeros(len(counts)), where=others["times"].to_numpy() > 0)
    counts = counts.assign(expected=rate * counts["times"])
    counts = counts.sort_values(["consignee_id", "times", "unit_code"], ascending=[True, False, True], kind="stable")
    of = counts.groupby("consignee_id", as_index=False)
    of = of.agg(
        times=("times", "sum"),
        finds=("finds", "sum"),
        expected=("expected", "sum"),
        first=("first", "min"),
        last=("last", "max"),
        unit_code=("unit_code", "first"),
    )
    rates = (of["expected"] / of["times"]).to_numpy(float)
    alike = alikeness(of["finds"].to_numpy(float), of["times"].to_numpy(float), rates)
    of = of.assign(rate=rates, alike=alike)[(of["times"] >= least)]
    p_value = np.where(of["finds"] == 0, none_at_all(of["times"], of["rate"], alike), 1.0)
    period = [f"{first:%Y-%m-%d}/{last:%Y-%m-%d}" for first, last in zip(of["first"], of["last"], strict=True)]
    of = of.rename(columns={"consignee_id": "subject_id"}).drop(columns=["first", "last"])
    return of.assign(p_value=p_value, score=-np.log10(p_value), period=period, observed=of["finds"].astype(float))


def _exams(session, of: pd.DataFrame) -> list[list[str]]:
    asked = session.lend("asked_enterprises", pd.DataFrame({"consignee_id": of["subject_id"].astype(str)}))
    mine = declarations.semi_join(asked, "consignee_id").select("entry_id", "consignee_id")
    exams = examinations.inner_join(mine, "entry_id")
    found = session.frame(
        exams.group_by("consignee_id").agg(rows=exams.exam_id.collect(order_by=exams.exam_id))
    ).set_index("consignee_id")["rows"]
    return [list(found[subject]) for subject in of["subject_id"]]
