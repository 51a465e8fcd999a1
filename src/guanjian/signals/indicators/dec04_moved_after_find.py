"""I-DEC-04: elsewhere after a find."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, entries, exams, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id declared_at
a1 2201 企 2026-03-02T08:00
a2 2202 企 2026-03-05T08:00
a3 2201 企 2026-03-05T08:00
a4 2202 企 2026-05-05T08:00
a5 2202 他 2026-03-05T08:00
examinations: exam_id entry_id mode officer1 started_at finding
x1 a1 A 甲 2026-03-02T10:00 1
=> 2201 2026-03-02 0 1
=> 2202 2026-03-02 1 1
"""


@indicator(
    "I-DEC-04",
    Text("查获后换关申报占比", "Elsewhere after a find"),
    params={
        "days": Param(30, Text("天", "days"), Text("查获后多少天之内", "so many days after a find")),
    },
    line="RSK-ANALYSIS",
    node="accept",
    means=Means.SHARE,
    of=Text("换关申报 ÷ 查获后的申报", "elsewhere ÷ entries after a find"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="DC11",
    reads=("examinations", "declarations"),
    settles=5,
)
def moved_after_find(session, days):
    """企业被查获后 `days` 天之内的申报中，到从未查获过它的海关申报的占比：风险漂移。

    Value: 申报地不是此前 `days` 天内查获过该企业的任何海关的报关单 ÷ 此前 `days` 天内被查获过的企业的报关单；计在申报地。
    Silent when: 该周没有近期被查获过的企业申报。
    Misses: 换名、换代理再来的（见关联企业指标）；本来就多口岸经营的企业，应与以往相比。
    """
    finds = exams(session)
    finds = finds.filter(finds.finding).select("consignee_id", at=finds.started_at, where=finds.unit_code)
    later = entries().select("entry_id", "consignee_id", "unit_code", "week", "declared_at")
    since = between(finds["at"], later.declared_at)
    both = later.inner_join(finds, [later.consignee_id == finds.consignee_id, since > 0, since <= days * DAY])
    once = both.group_by("entry_id", "unit_code", "week").agg(elsewhere=(both.unit_code != both["where"]).all())
    return weekly(once, once.count(where=once.elsewhere), once.count())
