"""I-CAS-09: closed cases that name the loophole."""

from guanjian.engine.clock import week
from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import weekly

EXAMPLE = """
cases: case_id kind unit_code closed_at gap_code
c1 criminal 22P0 2026-03-02T09:00 G1
c2 criminal 22P0 2026-03-02T09:00 -
c3 criminal 22P0 - G1
=> 22P0 2026-03-02 1 2
"""


@indicator(
    "I-CAS-09",
    Text("漏洞指明率", "Closed cases that name the loophole"),
    line="RSK-INTEL",
    node="feed_back",
    means=Means.SHARE,
    of=Text("指明漏洞 ÷ 结案", "with a loophole named ÷ closed"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    ground="CS15",
    reads=("cases",),
)
def gap_named():
    """已结案件中写明所利用监管漏洞的占比：办案成果是否反馈前线、用于堵塞疏漏。

    Value: 有漏洞编号的 ÷ 已结案件，按结案的周，计在办案单位。
    Silent when: 该周没有结案。
    Misses: 漏洞写得笼统；是否真的堵上（由整改闭环看）。
    """
    done = cases.filter(cases.closed_at.notnull())
    done = done.mutate(week=week(done.closed_at))
    return weekly(done, done.count(where=done.gap_code.fill_null("") != ""), done.count())
