"""EXM-01: an enterprise that is opened again and again, and never anything is found."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import day
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, enterprises, examinations, selections
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector
from guanjian.stats.fdr import worth_testing
from guanjian.stats.rates import none_at_all, spread_of_rates

SAME_WORK = ["mode", "risk", "credit"]  # from the widest kind of work to the narrowest
BANDS = 10

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
    may_read=("selections", "enterprises"),
    statistical=True,
    pooled="find rates, and how much they differ between enterprises, are learned from all enterprises",
    says=Text(
        "企业 {subject_id} 被查验 {times} 次而无一查获；按同样查验方式、风险评分和信用等级的其他企业，并按本单位的"
        "查获情况折算，应查获约 {expected:.1f} 次，全部落空的概率为 {p_value:.2g}。",
        "Enterprise {subject_id} was examined {times} times without one find; at the find rate of other enterprises (same"
        " mode, risk score and credit level, as the unit finds) {expected:.1f} finds are expected, and none at all has probability {p_value:.2g}.",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "borrowed": Param(
            30.0, Text("次", "examinations"), Text("上一级查获率的分量，折合查验次数", "how much the wider kind counts")
        ),
        "usual_finds": Param(
            5.0, Text("次", "finds"), Text("本单位与一般相同的分量，折合查获次数", "how much a unit is like all others")
        ),
        "level": Param(0.05, Text("比例", "share"), Text("不计按应查获次数不可能低于此 p 的企业（Tarone）",
                       "enterprises opened too rarely for such a p are not counted (Tarone)")),
    },
)  # fmt: skip
def zero_find_enterprise(session, cut, borrowed, usual_finds, level):
    """重点查验的企业从无查获：或者布控没有意义，或者查验没有认真做。

    同类：同一查验方式、同一风险评分档（按全部查验分十档；没有评分的按选查通道）、同一信用等级的其他企业；不足时以上一级（同档、
    同方式）的查获率补足，再按本单位其他查验的查获与一般之比折算。其查获率不含本企业。不同企业的查获率本来就不同，所以按全体
    企业的离散程度放宽（对数正态），最突出的企业不参与估计；查验太少、全部落空也说明不了问题的企业不计入检验次数。

    Score: −lg p，p 为按同类查获率全部落空的概率。
    Silent when: 应查获次数太少，或同类也没有查获。
    Misses: 偶有一次轻微查获的企业；整个单位都不查获（由查获率指标看）。
    """
    of, tests = _judged(session.frame(_counts()), (borrowed, usual_finds, level))
    return Looked(of[of["score"] >= cut], tests, more=lambda found: found.assign(rows=_exams(session, found)))


def _counts():
    """Examinations and finds by enterprise, unit and kind of work."""
    chosen = selections.filter(selections.selected).group_by("entry_id")
    chosen = chosen.agg(lane=selections.lane.min(), risk_score=selections.score.max())
    exams = examinations.inner_join(declarations.select("entry_id", "unit_code", "consignee_id"), "entry_id")
    exams = exams.left_join(chosen, "entry_id").drop("entry_id_right")
    whose = enterprises.select(consignee_id="enterprise_id", credit=enterprises.credit_level)
    exams = exams.left_join(whose, "consignee_id").mutate(on=day(ibis._.started_at))
    place = ibis.rank().over(group_by=ibis._.risk_score.isnull(), order_by=ibis._.risk_score)
    whole = ibis._.count().over(group_by=ibis._.risk_score.isnull())
    exams = exams.mutate(place=place, whole=whole)
    band = (exams.place * BANDS).floordiv(exams.whole).cast("string")
    risk = ibis.ifelse(exams.risk_score.isnull(), exams.lane.fill_null(""), band)
    return exams.group_by("consignee_id", "unit_code", "mode", risk=risk, credit=exams.credit.fill_null(0)).agg(
        times=exams.count(), finds=exams.finding.cast("int64").sum(), first=exams.on.min(), last=exams.on.max()
    )


def _rates(counts: pd.DataFrame, borrowed: float) -> np.ndarray:
    """The find rate of all others at the same kind of work, each kind filled up from the wider one."""
    rate = np.zeros(len(counts))
    for depth in range(len(SAME_WORK) + 1):
        kind = SAME_WORK[:depth] or [np.zeros(len(counts))]
        whole = counts.groupby(kind)[["times", "finds"]].transform("sum").to_numpy(float)
        own = counts.groupby([*SAME_WORK[:depth], "consignee_id"])[["times", "finds"]].transform("sum").to_numpy(float)
        times, finds = (whole - own).T
        rate = (finds + borrowed * rate) / (times + borrowed) if depth else finds / np.maximum(times, 1)
    return rate


def _judged(counts: pd.DataFrame, weights: tuple[float, float, float]) -> tuple[pd.DataFrame, int]:
    """Every enterprise that could tell, with the probability that nothing was found; how many those are."""
    borrowed, usual_finds, level = weights
    counts = counts.assign(expected=_rates(counts, borrowed) * counts["times"])
    whole, own = (counts.groupby(by)[["finds", "expected"]].transform("sum").to_numpy(float)
                  for by in ("unit_code", ["unit_code", "consignee_id"]))  # fmt: skip
    finds, usual = (whole - own).T
    counts["expected"] *= (finds + usual_finds) / (usual + usual_finds)
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
    spread = spread_of_rates(of["finds"], of["expected"])
    none = none_at_all(of["expected"], spread)
    can, tests = worth_testing(none, level)
    p_value = np.where(of["finds"] == 0, none, 1.0)
    period = [f"{first:%Y-%m-%d}/{last:%Y-%m-%d}" for first, last in zip(of["first"], of["last"], strict=True)]
    of = of.rename(columns={"consignee_id": "subject_id"}).drop(columns=["first", "last"])
    of = of.assign(p_value=p_value, score=-np.log10(p_value), period=period, observed=of["finds"].astype(float))
    return of.assign(spread=spread)[can].reset_index(drop=True), tests


def _exams(session, of: pd.DataFrame) -> list[list[str]]:
    asked = session.lend("asked_enterprises", pd.DataFrame({"consignee_id": of["subject_id"].astype(str)}))
    mine = declarations.semi_join(asked, "consignee_id").select("entry_id", "consignee_id")
    exams = examinations.inner_join(mine, "entry_id")
    found = session.frame(
        exams.group_by("consignee_id").agg(rows=exams.exam_id.collect(order_by=exams.exam_id))
    ).set_index("consignee_id")["rows"]
    return [list(found[subject]) for subject in of["subject_id"]]
