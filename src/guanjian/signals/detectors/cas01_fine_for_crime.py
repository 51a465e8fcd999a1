"""CAS-01: a case settled by a fine although the evaded duty is that of a crime."""

import ibis

from guanjian.engine.clock import month
from guanjian.engine.tables import cases, events
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param, detector

EXAMPLE = """
cases: case_id kind unit_code filed_at entry_ids evaded_cny
fined administrative 22P0 2026-03-02T09:00 e1 460000
moved administrative 22P0 2026-03-03T09:00 e2 460000
twin administrative 22P0 2026-03-04T09:00 e3 460000
crime criminal 22P0 2026-03-05T09:00 e3 460000
small administrative 22P0 2026-03-06T09:00 e4 9000
events: event_id object_type object_id activity officer_id at
v1 case moved transfer 甲 2026-03-09T09:00
"""


@detector(
    "CAS-01",
    Text("以罚代刑疑点", "Fined where a crime was suspected"),
    line="case",
    node="transfer",
    subject=Subject.CASE,
    reads=("cases",),
    may_read=("events",),
    level=Level.RED,
    says=Text(
        "行政案件 {subject_id} 的偷逃税额为 {observed:.0f} 元，达到刑事立案标准 {expected:.0f} 元的 {score:.1f} 倍，没有移送记录，"
        "也没有涉及同一报关单的刑事案件。",
        "Administrative case {subject_id} evaded CNY {observed:.0f}, {score:.1f} times the threshold of a crime"
        " (CNY {expected:.0f}); there is no transfer on record and no criminal case on the same entry.",
    ),
    params={
        "cut": Param(
            1.0, Text("倍", "times"), Text("偷逃税额至少为立案标准的", "evaded duty, in multiples of the threshold")
        ),
        "crime_cny": Param(
            200_000, Text("元", "CNY"), Text("单位走私普通货物罪的起点", "threshold of the crime for an organisation")
        ),
    },
)
def fine_for_crime(cut, crime_cny):
    """行政案件的偷逃税额已达刑事立案标准，却没有移送，也没有对同一报关单立刑事案件：以罚代刑疑点。

    依据行政执法机关移送涉嫌犯罪案件的规定；起点默认取两高走私刑事案件解释第二十四条单位犯罪二十万元（个人为十万元）。

    Score: 偷逃税额 ÷ 立案标准。
    Silent when: 没有核定偷逃税额；已有移送记录；同一报关单已立刑事案件。
    Misses: 拆成多案、每案都低于标准的（由拆单规则看）；核定税额被压低的；一年内二次受罚后再犯的。
    """
    crimes = cases.filter(cases.kind == "criminal").select(entry=lambda t: t.entry_ids.unnest()).distinct()
    moved = events.filter(events.object_type == "case", events.activity == "transfer").select(case_id="object_id")
    own = cases.select("case_id", entry=cases.entry_ids.unnest())
    pursued = own.semi_join(crimes, "entry").select("case_id")
    fined = cases.filter(cases.kind == "administrative", cases.evaded_cny > 0)
    fined = fined.anti_join(moved, "case_id").anti_join(pursued, "case_id")
    scored = fined.mutate(score=fined.evaded_cny.cast("float64") / crime_cny)
    return scored.filter(scored.score >= cut).select(
        "unit_code",
        "score",
        subject_id=scored.case_id,
        period=month(scored.filed_at).strftime("%Y-%m"),
        observed=scored.evaded_cny.cast("float64"),
        expected=float(crime_cny),
        rows=ibis.array([scored.case_id]),
    )
