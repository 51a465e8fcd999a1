"""EXM-03: an examination that one pair of hands did."""

import ibis

from guanjian.engine.clock import month
from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

EXAMPLE = """
examinations: exam_id entry_id mode officer1 officer2 started_at
x1 e1 A 甲 乙 2026-03-02T09:00
x2 e2 B 甲 -  2026-03-02T10:00
x3 e3 J 乙 -  2026-03-02T11:00
declarations: entry_id unit_code
e1 2201
e2 2201
e3 2201
"""


@detector(
    "EXM-03",
    Text("单人查验", "Examination by one officer"),
    line="examination",
    node="examine",
    subject=Subject.OFFICER,
    reads=("examinations",),
    may_read=("declarations",),
    level=Level.RED,
    says=Text(
        "关员 {subject_id} 在 {period} 有 {score:.0f} 次人工查验只有一人签名（每次应为两名关员）。",
        "Officer {subject_id} signed {score:.0f} manual examination(s) alone in {period} (two officers are required).",
    ),
    params={
        "cut": Param(1.0, Text("次", "times"), Text("一个月内至少几次", "at least so many a month")),
        "modes": Param("ABC", Text("代码", "codes"), Text("须双人作业的查验方式", "modes that need two officers")),
    },
)
def two_person_rule(cut, modes):
    """人工查验只有一名关员，或两名关员是同一人。

    须有两名以上关员在场（海关行政执法程序）。机检（J）默认不计：图像由系统留存，一人操作即可。

    Score: 关员当月在同一单位单人签名的查验次数。
    Silent when: 查验方式不在 `modes` 之内，或没有查验记录。
    Misses: 第二名关员只签名而不到场（由外勤作业的定位核对）；借用他人账号。
    """
    alone = examinations.officer2.isnull() | examinations.officer2.strip().isin(["", examinations.officer1])
    breaches = examinations.filter(alone, ibis.literal(modes).contains(examinations.mode))
    placed = breaches.left_join(declarations.select("entry_id", "unit_code"), "entry_id")
    placed = placed.mutate(on=month(placed.started_at))
    by_officer = placed.group_by("officer1", "unit_code", "on").agg(
        score=placed.count().cast("float64"),
        rows=placed.exam_id.collect(order_by=placed.exam_id),
        entries=placed.entry_id.collect(distinct=True, order_by=placed.entry_id),
    )
    return by_officer.filter(by_officer.score >= cut).select(
        "unit_code",
        "score",
        "rows",
        "entries",
        subject_id=by_officer.officer1,
        period=by_officer.on.strftime("%Y-%m"),
        observed=1.0,
        expected=2.0,
    )
