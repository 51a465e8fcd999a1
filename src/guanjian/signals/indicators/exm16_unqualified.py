"""I-EXM-16: examined without a valid qualification."""

import ibis

from guanjian.engine.clock import day
from guanjian.engine.tables import qualifications
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T09:00
x2 a2 A 乙 2026-03-02T09:00
x3 a3 A 丙 2026-03-02T09:00
x4 a4 A 丁 2026-03-02T09:00
qualifications: officer_id course passed on expires
甲 查验 1 2025-01-01 -
乙 查验 1 2025-01-01 2026-03-01
丙 查验 0 2025-01-01 -
=> 2201 2026-03-02 3 4
"""


@indicator(
    "I-EXM-16",
    Text("资质不符查验占比", "Examined without a valid qualification"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("无有效资质 ÷ 查验", "without a valid qualification ÷ examinations"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="海关法第七十三条",
    reads=("examinations", "declarations", "qualifications"),
)
def unqualified(session):
    """主查关员在查验当日没有任何通过且未到期的资质记录的查验占比：培训考核不合格仍在岗。

    Value: 主查关员当日无有效资质的查验 ÷ 全部查验，按查验开始的周。
    Silent when: 没有资质记录，或该周没有查验。
    Misses: 资质与查验业务不对口的；陪同关员的资质。
    """
    done = exams(session).mutate(on=day(ibis._.started_at))
    held = qualifications.filter(qualifications.passed)
    held = held.select("officer_id", since=held["on"], until=held.expires.fill_null(ibis.date("9999-12-31")))
    fit = done.semi_join(held, [done.officer1 == held.officer_id, done["on"] >= held.since, done["on"] <= held.until])
    done = done.mutate(fit=done.exam_id.isin(fit.exam_id))
    return weekly(done, done.count(where=~done.fit), done.count())
