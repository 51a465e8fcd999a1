"""I-ENT-05: entries of repeat offenders."""

from guanjian.engine.tables import cases, penalties
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, entries, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id declared_at
a1 2201 屡 2026-03-02T09:00
a2 2201 屡 2026-02-02T09:00
a3 2201 初 2026-03-02T09:00
cases: case_id kind unit_code enterprise_ids
c1 administrative 22P0 屡
c2 administrative 22P0 屡
c3 administrative 22P0 初
penalties: case_id decided_at
c1 2026-01-10T09:00
c2 2026-02-10T09:00
c3 2026-02-10T09:00
=> 2201 2026-02-02 0 1
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-ENT-05",
    Text("屡罚企业申报占比", "Entries of repeat offenders"),
    params={
        "days": Param(365, Text("天", "days"), Text("申报前多少天之内", "so many days before lodgement")),
        "times": Param(2, Text("次", "penalties"), Text("至少几次处罚", "at least so many penalties")),
    },
    line="ENT-CREDIT",
    node="credit",
    means=Means.SHARE,
    of=Text("屡罚企业 ÷ 报关单", "repeat offenders ÷ entries"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="刑法第一百五十三条；EN04",
    reads=("declarations", "cases", "penalties"),
    settles=52,
)
def repeat_offenders(days, times):
    """收发货人在申报前一年之内已受两次以上行政处罚的报关单占比：再犯即可能构成犯罪。

    Value: 申报前 `days` 天内受处罚不少于 `times` 次的企业的 ÷ 全部报关单，按申报的周。
    Silent when: 没有处罚记录。
    Misses: 因走私与因违规的处罚未区分；换名再来的（见涉案关联企业指标）。
    """
    of_whom = cases.select("case_id", consignee_id=cases.enterprise_ids.unnest())
    fined = penalties.inner_join(of_whom, "case_id").select("decided_at", "consignee_id")
    done = entries().select("entry_id", "unit_code", "week", "consignee_id", "declared_at")
    since = between(fined.decided_at, done.declared_at)
    hits = done.inner_join(fined, [done.consignee_id == fined.consignee_id, since > 0, since <= days * DAY])
    again = hits.group_by("entry_id").agg(fines=hits.count())
    done = done.mutate(again=done.entry_id.isin(again.filter(again.fines >= times).entry_id))
    return weekly(done, done.count(where=done.again), done.count())
