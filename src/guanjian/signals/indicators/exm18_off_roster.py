"""I-EXM-18: examined off the roster."""

import ibis

from guanjian.engine.tables import rosters
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly
from guanjian.signals.roster import day_number, duties

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T09:00
x2 a2 A 甲 2026-03-02T20:00
x3 a3 A 乙 2026-03-02T09:00
rosters: unit_code post starts_at ends_at officer_id
2201 examination 2026-03-02T08:30 2026-03-02T20:00 甲
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-EXM-18",
    Text("非当班查验占比", "Examined off the roster"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("非当班 ÷ 查验", "off the roster ÷ examinations"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations", "rosters"),
)
def off_roster(session):
    """主查关员在查验开始时不在任何班次上的占比。只看排过班的关员。

    Value: 开始时主查关员不在班的查验 ÷ 主查关员排过班的查验，按查验开始的周。
    Silent when: 没有排班，或该周没有排过班的关员主查的查验。
    Misses: 排班事后修改的；在班而不在岗的。
    """
    listed = rosters.select("officer_id").distinct()
    done = exams(session).mutate(on=day_number(ibis._.started_at)).semi_join(listed, [("officer1", "officer_id")])
    shifts = duties(session)
    then = (done.started_at >= shifts.begins) & (done.started_at < shifts.ends)
    there = done.semi_join(shifts, [done.officer1 == shifts.officer_id, done["on"] == shifts["on"], then])
    done = done.mutate(there=done.exam_id.isin(there.exam_id))
    return weekly(done, done.count(where=~done.there), done.count())
