"""EXM-02: an officer who examines more lightly than instructed, more often than colleagues on the same work."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import local, month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.colleagues import beyond_colleagues, beyond_usual
from guanjian.signals.detector import Param, detector
from guanjian.signals.roster import SMALLEST_POOL

STRICTNESS = {"A": 3, "B": 2, "C": 1, "J": 1}
KIND = ["required_mode", "night"]
SAME_WORK = ["unit_code", "on", *KIND]

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
        "关员 {subject_id} 主查的 {done} 次有布控要求的查验中，{observed:.0f} 次的实际方式轻于要求；按同单位、同要求、同班段"
        "同事及全关的比例应约 {expected:.1f} 次（p = {p_value:.2g}）。",
        "Of {done} instructed examinations led by officer {subject_id}, {observed:.0f} were lighter than required; at the"
        " rate of colleagues on the same work (unit, required mode, day or night, and the whole administration behind them)"
        " about {expected:.1f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "fewest": Param(5, Text("次", "examinations"), Text("至少主查几次才判断", "led at least so many")),
        "least": Param(20, Text("次", "examinations"), Text("同月可比的至少几次，才须与同月同事相比",
                       "so many comparable within months, and colleagues of the month are asked too")),
        "borrowed": Param(20.0, Text("次", "examinations"), Text("全关比例的分量，折合查验次数",
                          "how much the whole administration counts")),
    },
)  # fmt: skip
def downgraded_examination(session, cut, fewest, least, borrowed):
    """关员主查的查验，实际方式比布控要求的方式轻（彻底→抽查→外形、机检），且明显多于做同样工作的同事。

    同样工作：同一单位、同一要求方式、同为白班或夜班（20:00—06:00），以全关同样要求的比例补足，所以人少的单位也能判断。某月设备
    停用时大家都会降级：同月的同事足够多时，还须明显多于同月做同样工作的同事，取两者中较大的 p。要求外形查验、机检的无从再轻，
    不计。

    Score: −lg p，p 为按上述比例、按同月同事随机分派降级次数达到或超过所见的概率，取大者（按关员间的实际离散程度放宽）。
    Silent when: 同样工作的主查关员少于三人、该关员有要求的查验少于 `fewest` 次、或同事与其一样常降级。
    Misses: 全科室一起降级；由系统下达的要求本身被改轻；陪同关员的影响。
    """
    monthly = session.frame(_counts())
    crews = monthly.groupby(SAME_WORK)["officer_id"].transform("count")
    of_month = beyond_colleagues(monthly[crews >= SMALLEST_POOL], SAME_WORK, least)
    of = beyond_usual(_overall(monthly), KIND, fewest, borrowed)
    p_month = of["subject_id"].map(of_month.set_index("subject_id")["p_value"]).to_numpy(float)
    p_value = np.fmax(of["p_value"].to_numpy(float), p_month)
    of = of.assign(p_value=p_value, score=-np.log10(p_value), p_month=p_month)
    suspected = of[of["score"] >= cut]
    return Looked(suspected, len(of), more=lambda found: found.assign(rows=_exams(session, found)))


def _overall(monthly: pd.DataFrame) -> pd.DataFrame:
    """The months together: officers by unit and kind of work, where at least three share it."""
    cell = ["unit_code", *KIND]
    of = monthly.groupby([*cell, "officer_id"], as_index=False).agg(
        done=("done", "sum"), marked=("marked", "sum"), last=("on", "max"), on=("on", "min")
    )
    same = of.groupby(cell)
    of = of.assign(whole=same["done"].transform("sum"), marks=same["marked"].transform("sum"))
    return of[same["officer_id"].transform("count") >= SMALLEST_POOL].reset_index(drop=True)


def _instructed():
    """Examinations that could have been lighter than required, the unit, and whether they were."""
    strict = {
        name: ibis.cases(*((examinations[name] == mode, rank) for mode, rank in STRICTNESS.items()), else_=None)
        for name in ("required_mode", "mode")
    }
    known = examinations.mutate(required=strict["required_mode"], done=strict["mode"])
    known = known.filter(known.required > min(STRICTNESS.values()), known.done.notnull())
    hour = local(known.started_at).hour()
    known = known.mutate(
        on=month(known.started_at), night=(hour >= 20) | (hour < 6), lighter=known.done < known.required
    )
    return known.inner_join(declarations.select("entry_id", "unit_code"), "entry_id")


def _counts():
    """Instructed examinations by unit, month, kind of work and officer."""
    exams = _instructed()
    return exams.group_by(*SAME_WORK, officer_id="officer1").agg(
        done=exams.count(), marked=exams.lighter.cast("int64").sum()
    )


def _exams(session, of: pd.DataFrame) -> list[list[str]]:
    """The lighter examinations of each officer found."""
    asked = session.lend("asked_officers", pd.DataFrame({"officer1": of["subject_id"].astype(str)}))
    lighter = _instructed().filter(ibis._.lighter).semi_join(asked, "officer1")
    found = session.frame(
        lighter.group_by("officer1").agg(rows=lighter.exam_id.collect(order_by=lighter.exam_id))
    ).set_index("officer1")["rows"]
    return [list(found[subject]) for subject in of["subject_id"]]
