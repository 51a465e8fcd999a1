"""EXM-02: an officer who examines more lightly than instructed, more often than colleagues on the same work."""

from __future__ import annotations

import ibis
import pandas as pd

from guanjian.engine.clock import local, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.colleagues import beyond_colleagues
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

STRICTNESS = {"A": 3, "B": 2, "C": 1, "J": 1}
SAME_WORK = ["unit_code", "on", "required_mode", "night"]

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *30
b{i} 2201 *30
c{i} 2201 *30
d{i} 2201 *12
e{i} 2201 *18
examinations: exam_id entry_id required_mode mode officer1 officer2 started_at
a{i} a{i} A A 甲 丁 2026-03-02T09:00+{i}m *30
b{i} b{i} A A 乙 丁 2026-03-02T09:00+{i}m *30
c{i} c{i} A A 丙 丁 2026-03-02T09:00+{i}m *30
d{i} d{i} A C 戊 丁 2026-03-02T09:00+{i}m *12
e{i} e{i} A A 戊 丁 2026-03-02T10:00+{i}m *18
"""


@detector(
    "EXM-02",
    Text("查验降级", "Examination downgraded"),
    line="examination",
    node="examine",
    subject=Subject.OFFICER,
    reads=("examinations", "declarations"),
    statistical=True,
    pooled="how much officers differ anyway is learned from all officers",
    says=Text(
        "关员 {subject_id} 主查的 {done} 次有布控要求的查验中，{observed:.0f} 次的实际方式轻于要求；按同单位、同月、同要求、"
        "同班段同事的比例应约 {expected:.1f} 次（p = {p_value:.2g}）。",
        "Of {done} instructed examinations led by officer {subject_id}, {observed:.0f} were lighter than required; at the"
        " rate of colleagues on the same work (unit, month, required mode, day or night) about {expected:.1f} are expected"
        " (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(20, Text("次", "examinations"), Text("至少主查几次才判断", "led at least so many")),
    },
)
def downgraded_examination(session, cut, least):
    """关员主查的查验，实际方式比布控要求的方式轻（彻底→抽查→外形、机检），且明显多于做同样工作的同事。

    同样工作：同一单位、同一月、同一要求方式、同为白班或夜班（20:00—06:00）。外形查验与机检视为同一强度。

    Score: −lg p，p 为在同样工作中随机分派时降级次数达到或超过所见的概率（按关员间的实际离散程度放宽）。
    Silent when: 同样工作的主查关员少于三人、该关员有要求的查验少于 `least` 次、或同事与其一样常降级。
    Misses: 全科室一起降级；由系统下达的要求本身被改轻；陪同关员的影响。
    """
    of = beyond_colleagues(session.frame(_counts()), SAME_WORK, least)
    suspected = of[of["score"] >= cut]
    return Looked(suspected, len(of), more=lambda found: found.assign(rows=_exams(session, found)))


def _instructed():
    """Examinations with a required mode, the unit, and whether what was done is lighter."""
    strict = {
        name: ibis.cases(*((examinations[name] == mode, rank) for mode, rank in STRICTNESS.items()), else_=None)
        for name in ("required_mode", "mode")
    }
    known = examinations.mutate(required=strict["required_mode"], done=strict["mode"])
    known = known.filter(known.required.notnull(), known.done.notnull())
    hour = local(known.started_at).hour()
    known = known.mutate(
        on=month(known.started_at), night=(hour >= 20) | (hour < 6), lighter=known.done < known.required
    )
    return known.inner_join(declarations.select("entry_id", "unit_code"), "entry_id")


def _counts():
    """Instructed examinations by cell of the same work and officer, where at least three share the cell."""
    exams = _instructed()
    counts = exams.group_by(*SAME_WORK, officer_id="officer1").agg(
        done=exams.count(), marked=exams.lighter.cast("int64").sum()
    )
    pool = counts.count().over(group_by=SAME_WORK)
    return counts.mutate(pool=pool).filter(ibis._.pool >= SMALLEST_POOL)


def _exams(session, of: pd.DataFrame) -> list[list[str]]:
    """The lighter examinations of each officer found."""
    asked = session.lend("asked_officers", pd.DataFrame({"officer1": of["subject_id"].astype(str)}))
    lighter = _instructed().filter(ibis._.lighter).semi_join(asked, "officer1")
    found = session.frame(
        lighter.group_by("officer1").agg(rows=lighter.exam_id.collect(order_by=lighter.exam_id))
    ).set_index("officer1")["rows"]
    return [list(found[subject]) for subject in of["subject_id"]]
