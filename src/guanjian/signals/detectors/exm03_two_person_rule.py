"""EXM-03: an examination that one pair of hands did."""

import ibis

from guanjian.engine.clock import day
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
    subject=Subject.ENTRY,
    reads=("examinations", "declarations"),
    level=Level.RED,
    says=Text(
        "报关单 {subject_id} 有 {score:.0f} 次人工查验只有一名关员签名（应为两名），查验时间 {period}。",
        "Declaration {subject_id}: {score:.0f} manual examination(s) signed by one officer (two are required), {period}.",
    ),
    params={
        "cut": Param(1.0, Text("次", "times"), Text("同一天同一报关单至少几次", "at least so many a day and entry")),
        "modes": Param("ABC", Text("代码", "codes"), Text("须双人作业的查验方式", "modes that need two officers")),
    },
)
def two_person_rule(cut, modes):
    """人工查验只有一名关员，或两名关员是同一人。

    须有两名以上关员在场（海关行政执法程序）。机检（J）默认不计：图像由系统留存，一人操作即可。

    Score: 同一报关单同一天内违反双人作业的查验次数。
    Silent when: 查验方式不在 `modes` 之内，或没有查验记录。
    Misses: 第二名关员只签名而不到场（由外勤作业的定位核对）；借用他人账号。
    """
    alone = examinations.officer2.isnull() | examinations.officer2.strip().isin(["", examinations.officer1])
    breaches = examinations.filter(alone, ibis.literal(modes).contains(examinations.mode))
    breaches = breaches.mutate(on=day(breaches.started_at))
    by_entry = breaches.group_by("entry_id", "on").agg(
        score=breaches.count().cast("float64"),
        rows=breaches.exam_id.collect(order_by=breaches.exam_id),
        officers=breaches.officer1.collect(distinct=True, order_by=breaches.officer1),
    )
    by_entry = by_entry.filter(by_entry.score >= cut)
    placed = by_entry.left_join(declarations.select("entry_id", "unit_code"), "entry_id")
    return placed.select(
        "unit_code",
        "score",
        "rows",
        "officers",
        subject_id=placed.entry_id,
        period=placed.on.strftime("%Y-%m-%d"),
        observed=1.0,
        expected=2.0,
    )
