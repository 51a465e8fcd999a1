"""INT-03: an officer who takes work out of the system's hands more often than colleagues in the same post."""

from __future__ import annotations

import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import events
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.colleagues import beyond_colleagues
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

SAME_WORK = ["unit_code", "post", "on"]

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code post at system
a{i} entry a{i} doc_review 甲 2201 doc_review 2026-03-02T09:00+{i}m system *60
b{i} entry b{i} doc_review 乙 2201 doc_review 2026-03-02T09:00+{i}m system *60
c{i} entry c{i} doc_review 丙 2201 doc_review 2026-03-02T09:00+{i}m system *60
d{i} entry d{i} assign 丙 2201 doc_review 2026-03-02T09:00+{i}m manual *15
e{i} entry e{i} assign 乙 2201 doc_review 2026-03-02T09:00+{i}m manual *1
"""


@detector(
    "INT-03",
    Text("人工改派与干预偏多", "Manual re-assignment"),
    line="control",
    node="assignment",
    subject=Subject.OFFICER,
    reads=("events",),
    statistical=True,
    pooled="how much officers differ anyway is learned from all officers",
    says=Text(
        "关员 {subject_id} 的 {done} 次操作中有 {observed:.0f} 次是人工改派或人工干预；按同单位、同岗位、同月同事的比例应约"
        " {expected:.1f} 次（p = {p_value:.2g}）。",
        "Of {done} steps by officer {subject_id}, {observed:.0f} re-assigned work by hand or overrode the system; at the"
        " rate of colleagues (same unit, post and month) about {expected:.1f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(30, Text("次", "steps"), Text("至少操作几次才判断", "at least so many steps")),
    },
)
def manual_reassignment(session, cut, least):
    """关员用人工派单代替系统派单，或用人工干预改变系统结论，明显多于同岗位的同事。

    系统派单是随机分派的前提：谁能改派，谁就能挑选经办人。派单一步由系统完成的不计入。

    Score: −lg p，p 为同岗位随机发生时人工改派、干预次数达到或超过所见的概率（按关员间的实际离散程度放宽）。
    Silent when: 同岗位同月操作的关员少于三人、操作少于 `least` 次、或没有记录关员与单位。
    Misses: 全岗位都习惯人工派单；借用他人账号改派；派单之后口头换人。
    """
    steps = _steps()
    counts = steps.group_by(*SAME_WORK, "officer_id").agg(done=steps.count(), marked=steps.by_hand.cast("int64").sum())
    shared = counts.mutate(pool=counts.count().over(group_by=SAME_WORK)).filter(lambda t: t.pool >= SMALLEST_POOL)
    of = beyond_colleagues(session.frame(shared), SAME_WORK, least)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found))


def _steps():
    """Everything that officers did on entries, and whether it took the place of the system."""
    done = events.filter(events.object_type == "entry", events.officer_id.length() > 0, events.unit_code.length() > 0)
    assigned = (done.activity == "assign") & (done.system != "system")
    done = done.filter((done.activity != "assign") | assigned)
    return done.select(
        "event_id",
        "officer_id",
        "unit_code",
        post=done.post.fill_null(""),
        on=month(done.at),
        by_hand=(done.activity == "override") | (done.activity == "assign"),
    )


def _shown(session, found: pd.DataFrame) -> pd.DataFrame:
    by_hand = _steps().filter(lambda t: t.by_hand)
    asked = found[["subject_id"]].rename(columns={"subject_id": "officer_id"})
    return found.assign(rows=ids_behind(session, by_hand, "event_id", asked))
