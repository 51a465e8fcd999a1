"""EXM-05: an officer whose examinations are over before anything can have been opened, more often than colleagues'."""

from __future__ import annotations

import pandas as pd

from guanjian.engine.clock import hours_between, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.colleagues import beyond_usual
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

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
    pooled="how short and how rare short is, is learned from all examinations of a mode, how much officers differ from all officers",
    says=Text(
        "关员 {subject_id} 主查的 {done} 次查验中，{observed:.0f} 次用时不到同一查验方式通常用时的 {part:.0%}；按同单位、同方式"
        "同事及全关的比例应约 {expected:.2f} 次（p = {p_value:.2g}）。",
        "Of {done} examinations led by officer {subject_id}, {observed:.0f} took less than {part:.0%} of the usual time of"
        " their mode; at the rate of colleagues (same unit and mode, and the whole administration behind them) about"
        " {expected:.2f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(5, Text("次", "examinations"), Text("至少主查几次才判断", "led at least so many")),
        "part": Param(0.33, Text("比例", "share"), Text("不到通常用时的多少算过短", "of the usual time, less than")),
        "borrowed": Param(
            20.0,
            Text("次", "examinations"),
            Text("全关比例的分量，折合查验次数", "how much the whole administration counts"),
        ),
    },
)
def token_examination(session, cut, least, part, borrowed):
    """关员主查的查验多次在极短时间内结束，明显多于做同样工作的同事：可能只签名而没有真正开箱。

    过短：用时不到全部同一方式查验中位用时的三分之一。这样的查验本来极少，所以以同单位、同方式的其他查验为准，并以全关
    同一方式的比例补足；同事都这样快的单位因此不显得异常。

    Score: −lg p，p 为按上述比例过短次数达到或超过所见的概率（计入比例本身的不确定和关员之间的实际差异）。
    Silent when: 同样工作的主查关员少于三人、没有结束时间、查验少于 `least` 次、或同事与其一样快。
    Misses: 全科室一起走过场；把结束时间晚填；只比通常略短的查验；货物本来简单（查验时应看货物）。
    """
    timed = _timed(session, part)
    counts = timed.group_by("unit_code", "mode", officer_id="officer1").agg(
        done=timed.count(), marked=timed.short.cast("int64").sum(), on=timed.on.min(), last=timed.on.max()
    )
    cell = ["unit_code", "mode"]
    counts = counts.mutate(
        whole=counts.done.sum().over(group_by=cell), marks=counts.marked.sum().over(group_by=cell),
        pool=counts.count().over(group_by=cell),
    )  # fmt: skip
    shared = session.frame(counts.filter(counts.pool >= SMALLEST_POOL))
    of = beyond_usual(shared, ["mode"], least, borrowed).assign(part=part)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found, part))


def _timed(session, part):
    """Examinations with an end, and whether they took less than this part of the usual time of their mode."""
    done = examinations.filter(examinations.ended_at > examinations.started_at)
    done = done.mutate(hours=hours_between(done.started_at, done.ended_at), on=month(done.started_at))
    usual = done.group_by("mode").agg(usual=done.hours.quantile(0.5))
    placed = done.inner_join(usual, "mode").inner_join(declarations.select("entry_id", "unit_code"), "entry_id")
    return placed.mutate(short=placed.hours < part * placed.usual)


def _shown(session, found: pd.DataFrame, part: float) -> pd.DataFrame:
    short = _timed(session, part).filter(lambda t: t.short)
    asked = found[["subject_id"]].rename(columns={"subject_id": "officer1"})
    return found.assign(rows=ids_behind(session, short, "exam_id", asked))
