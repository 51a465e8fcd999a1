"""SEL-01: a unit where most violations pass by what is selected on purpose, as its random inspections show."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import examinations, selections
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.period import months
from guanjian.stats.random_inspection import Inspected, wilson

EXAMPLE = """
selections: entry_id decided_at unit_code lane selected propensity
n{i} 2026-03-02T09:00 2201 none 0 0.1 *900
t{i} 2026-03-02T09:00 2201 value 1 0.1 *60
f{i} 2026-03-02T09:00 2201 random 1 0.1 *8
r{i} 2026-03-02T09:00 2201 random 1 0.1 *52
examinations: exam_id entry_id mode officer1 officer2 started_at finding
t{i} t{i} A 甲 乙 2026-03-02T10:00+{i}m 0 *60
f{i} f{i} A 甲 乙 2026-03-02T10:00+{i}m 1 *8
r{i} r{i} A 甲 乙 2026-03-02T10:00+{i}m 0 *52
"""


@detector(
    "SEL-01",
    Text("选查漏掉的多", "Selection misses most"),
    line="risk",
    node="select",
    subject=Subject.UNIT,
    reads=("selections", "examinations"),
    says=Text(
        "单位 {subject_id}：随机查验 {random} 票查获 {random_finds} 票，据此保守估计应有违规至少 {there:.0f} 票，实际查获"
        " {found:.0f} 票，捕获率至多 {observed:.0%}（应不低于 {expected:.0%}）；选查的提升倍数为 {lift:.1f}。",
        "Unit {subject_id}: {random_finds} finds in {random} random inspections mean at least {there:.0f} violations,"
        " {found:.0f} were found: at most {observed:.0%} are captured (should be {expected:.0%}); targeting lifts the find"
        " rate {lift:.1f} times.",
    ),
    params={
        "cut": Param(
            2.0, Text("倍", "times"), Text("违规总数至少为查获数的", "violations, in multiples of what was found")
        ),
        "least": Param(50, Text("票", "entries"), Text("随机查验少于几票为无法衡量", "fewer are not measurable")),
    },
)
def missed_by_selection(session, cut, least):
    """随机查验表明大多数违规不在被选查的货物之中：选查规则、模型或执行有问题。

    只有随机查验说明没有被选中的部分有多少违规。总数 = 选查查获 + 未选查票数 × 随机查获率；查获率取威尔逊区间下限，
    所以只在把握较大时报。

    Score: 1 ÷ 捕获率的上限（违规总数的保守估计 ÷ 查获数）。
    Silent when: 随机查验少于 `least` 票（无法衡量，不等于没有风险），或随机查验没有查获。
    Misses: 查验本身没有认真做（随机查验也查不到）；随机被操纵（由可证明的派单看）。
    """
    of = session.frame(_counted())
    of = of[of["random"] >= least].reset_index(drop=True)
    seen = Inspected(*(of[name].to_numpy(float) for name in ("entries", "targeted", "aimed", "random", "random_finds")))
    low = wilson(seen.random_finds, seen.random)[0]
    captured = seen.captured(low)
    of = of.assign(
        score=1 / captured.clip(1e-12), observed=captured, expected=1.0 / cut, found=seen.targeted_finds + seen.random_finds,
        there=seen.violations(low), lift=seen.lift, period=months(of["first"], of["last"]), subject_id=of["unit_code"],
    )  # fmt: skip
    of = of[(of["score"] >= cut) & (of["random_finds"] > 0)].drop(columns=["first", "last"])
    return Looked(of, more=lambda kept: _shown(session, kept))


def _known():
    """Every selection decision, whether the entry was opened, and whether something was found."""
    opened = examinations.group_by("entry_id").agg(find=examinations.finding.any())
    both = selections.left_join(opened, "entry_id")
    return both.select(
        "entry_id", "unit_code", on=month(both.decided_at), by_chance=both.selected & (both.lane == "random"),
        aimed=both.selected & (both.lane != "random"), opened=both.find.notnull(), find=both.find.fill_null(False),
    )  # fmt: skip


def _counted():
    known = _known()

    def many(which):
        return ibis.coalesce(which.cast("int64").sum(), 0)

    return known.group_by("unit_code").agg(
        entries=known.count(),
        targeted=many(known.aimed & known.opened),
        aimed=many(known.aimed & known.find),
        random=many(known.by_chance & known.opened),
        random_finds=many(known.by_chance & known.find),
        first=known.on.min(),
        last=known.on.max(),
    )


def _shown(session, kept: pd.DataFrame) -> pd.DataFrame:
    """The violations that only chance found."""
    lucky = _known().filter(lambda t: t.by_chance & t.find)
    return kept.assign(rows=ids_behind(session, lucky, "entry_id", kept[["unit_code"]]))
