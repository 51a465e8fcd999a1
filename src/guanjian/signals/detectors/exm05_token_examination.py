"""EXM-05: an officer whose examinations are over before anything can have been opened, more often than colleagues'."""

from __future__ import annotations

import pandas as pd

from guanjian.engine.clock import hours_between, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.colleagues import beyond_colleagues
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

SAME_WORK = ["unit_code", "on", "mode"]

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *30
b{i} 2201 *30
c{i} 2201 *30
d{i} 2201 *12
e{i} 2201 *18
examinations: exam_id entry_id mode officer1 officer2 started_at ended_at
a{i} a{i} A 甲 丁 2026-03-02T09:00+{i}m 2026-03-02T10:00+{i}m *30
b{i} b{i} A 乙 丁 2026-03-02T09:00+{i}m 2026-03-02T10:10+{i}m *30
c{i} c{i} A 丙 丁 2026-03-02T09:00+{i}m 2026-03-02T10:20+{i}m *30
d{i} d{i} A 戊 丁 2026-03-02T09:00+{i}m 2026-03-02T09:06+{i}m *12
e{i} e{i} A 戊 丁 2026-03-02T10:00+{i}m 2026-03-02T11:00+{i}m *18
"""


@detector(
    "EXM-05",
    Text("查验用时过短", "Token examinations"),
    line="examination",
    node="examine",
    subject=Subject.OFFICER,
    reads=("examinations", "declarations"),
    statistical=True,
    pooled="how short is short is learned from all examinations of a mode, how much officers differ from all officers",
    says=Text(
        "关员 {subject_id} 主查的 {done} 次查验中，{observed:.0f} 次用时属于同一查验方式中最短的 {shortest:.0%}；按同单位、同月、"
        "同方式同事的比例应约 {expected:.1f} 次（p = {p_value:.2g}）。",
        "Of {done} examinations led by officer {subject_id}, {observed:.0f} were among the shortest {shortest:.0%} of their"
        " mode; at the rate of colleagues on the same work (unit, month, mode) about {expected:.1f} are expected"
        " (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(20, Text("次", "examinations"), Text("至少主查几次才判断", "led at least so many")),
        "shortest": Param(0.1, Text("比例", "share"), Text("最短的多少算过短", "what part counts as too short")),
    },
)
def token_examination(session, cut, least, shortest):
    """关员主查的查验多次在极短时间内结束，明显多于做同样工作的同事：可能只签名而没有真正开箱。

    过短：用时属于全部同一方式查验中最短的一成。同样工作：同一单位、同一月、同一查验方式。

    Score: −lg p，p 为在同样工作中随机分派时过短次数达到或超过所见的概率（按关员间的实际离散程度放宽）。
    Silent when: 同样工作的主查关员少于三人、没有结束时间、查验少于 `least` 次、或同事与其一样快。
    Misses: 全科室一起走过场；把结束时间晚填；货物本来简单（查验时应看货物）。
    """
    timed = _timed(session, shortest)
    counts = timed.group_by(*SAME_WORK, officer_id="officer1").agg(
        done=timed.count(), marked=timed.short.cast("int64").sum()
    )
    shared = counts.mutate(pool=counts.count().over(group_by=SAME_WORK)).filter(lambda t: t.pool >= SMALLEST_POOL)
    of = beyond_colleagues(session.frame(shared), SAME_WORK, least).assign(shortest=shortest)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found, shortest))


def _timed(session, shortest):
    """Examinations with an end, and whether they are among the shortest of their mode."""
    done = examinations.filter(examinations.ended_at > examinations.started_at)
    done = done.mutate(hours=hours_between(done.started_at, done.ended_at), on=month(done.started_at))
    usual = done.group_by("mode").agg(briefest=done.hours.quantile(shortest))
    placed = done.inner_join(usual, "mode").inner_join(declarations.select("entry_id", "unit_code"), "entry_id")
    return placed.mutate(short=placed.hours < placed.briefest)


def _shown(session, found: pd.DataFrame, shortest: float) -> pd.DataFrame:
    short = _timed(session, shortest).filter(lambda t: t.short)
    asked = found[["subject_id"]].rename(columns={"subject_id": "officer1"})
    return found.assign(rows=ids_behind(session, short, "exam_id", asked))
