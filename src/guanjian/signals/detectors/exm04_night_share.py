"""EXM-04: an officer whose examinations fall at night or on holidays more than the shared roster explains."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.clock import day, local, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import examinations, holidays
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.colleagues import beyond_colleagues
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import on_shift

SAME_SHIFT = ["site", "post", "begins", "ends"]

EXAMPLE = """
rosters: unit_code post starts_at ends_at officer_id
2201 examination 2026-03-02T12:00 2026-03-03T00:00 甲
2201 examination 2026-03-02T12:00 2026-03-03T00:00 乙
2201 examination 2026-03-02T12:00 2026-03-03T00:00 丙
examinations: exam_id entry_id mode officer1 officer2 started_at
a{i} a{i} A 甲 丁 2026-03-02T12:00+{i}m *20
b{i} b{i} A 乙 丁 2026-03-02T12:00+{i}m *20
c{i} c{i} A 丙 丁 2026-03-02T20:00+{i}m *20
d{i} d{i} A 甲 丁 2026-03-02T20:30+{i}m *3
e{i} e{i} A 乙 丁 2026-03-02T20:30+{i}m *3
"""


@detector(
    "EXM-04",
    Text("夜间与节假日查验占比", "Night and holiday share"),
    line="examination",
    node="examine",
    subject=Subject.OFFICER,
    reads=("examinations", "rosters"),
    may_read=("holidays",),
    statistical=True,
    pooled="how much officers differ anyway is learned from all officers",
    says=Text(
        "关员 {subject_id} 在可比班次中主查 {done} 次，其中夜间（20:00—06:00）或节假日 {observed:.0f} 次；按同一班次同事的"
        "分布应约 {expected:.1f} 次（p = {p_value:.2g}）。",
        "Officer {subject_id} led {done} examinations on comparable shifts, {observed:.0f} of them at night (20:00–06:00)"
        " or on a holiday; colleagues on the same shifts would explain about {expected:.1f} (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(20, Text("次", "examinations"), Text("可比班次中至少主查几次", "led at least so many on them")),
    },
)
def night_share(session, cut, least):
    """关员在同一班次之内，把查验集中在夜间或节假日做，明显多于同班次的同事。

    只在同一班次的人之间比较：排在夜班的人不因夜班被怀疑，繁忙的夜间口岸也不被怀疑。

    Score: −lg p，p 为同一班次内随机分派时夜间、节假日查验次数达到或超过所见的概率（按实际离散程度放宽）。
    Silent when: 没有排班；班次少于三人；整个班次都在夜间或都在白天（无可比较）；查验少于 `least` 次。
    Misses: 不在班而来查验（由在岗控制看）；整个班次约定夜间放行；排班本身被操纵。
    """
    of = beyond_colleagues(session.frame(_counts(session)), SAME_SHIFT, least)
    suspected = of[of["score"] >= cut]
    return Looked(suspected, len(of), more=lambda found: found.assign(rows=_exams(session, found)))


def _led(session):
    """Examinations on the shift of the leading officer, and whether they fall at an odd hour."""
    exams = examinations.select("exam_id", at=examinations.started_at, officer_id=examinations.officer1)
    exams = on_shift(session, exams)
    hour, off = local(exams["at"]).hour(), holidays.filter(holidays.kind == "holiday").day
    return exams.mutate(odd=(hour >= 20) | (hour < 6) | day(exams["at"]).isin(off), on=month(exams["at"]))


def _counts(session):
    exams = _led(session)
    return exams.group_by(*SAME_SHIFT, "officer_id").agg(
        done=exams.count(), marked=exams.odd.cast("int64").sum(), on=exams.on.min(), unit_code=exams.site.min()
    )


def _exams(session, of: pd.DataFrame) -> list[list[str]]:
    """The examinations at odd hours of each officer found."""
    asked = session.lend("asked_officers", pd.DataFrame({"officer_id": of["subject_id"].astype(str)}))
    odd = _led(session).filter(ibis._.odd).semi_join(asked, "officer_id")
    found = session.frame(odd.group_by("officer_id").agg(rows=odd.exam_id.collect(order_by=odd.exam_id))).set_index(
        "officer_id"
    )["rows"]
    return [list(found[subject]) for subject in of["subject_id"]]
