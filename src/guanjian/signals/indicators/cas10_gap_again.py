"""I-CAS-10: loopholes used again."""

from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import DAY, between, filed, weekly

EXAMPLE = """
cases: case_id kind unit_code found_by_unit filed_at gap_code
c1 criminal 22P0 2201 2026-01-05T09:00 G1
c2 criminal 22P0 2201 2026-03-02T09:00 G1
c3 criminal 22P0 2202 2026-03-02T09:00 G1
c4 criminal 22P0 2201 2026-03-02T09:00 G2
c5 criminal 22P0 2201 2026-03-02T09:00 -
=> 2201 2026-01-05 0 1
=> 2201 2026-03-02 1 2
=> 2202 2026-03-02 0 1
"""


@indicator(
    "I-CAS-10",
    Text("漏洞复发率", "Loopholes used again"),
    params={
        "days": Param(180, Text("天", "days"), Text("多少天之内算复发", "again within")),
    },
    line="RSK-INTEL",
    node="rectify",
    means=Means.SHARE,
    of=Text("复发 ÷ 写明漏洞的案件", "again ÷ cases that name a loophole"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="CS15",
    reads=("cases",),
    settles=26,
)
def gap_again(days):
    """同一监管漏洞在同一海关 `days` 天之内又被利用的案件占比：堵漏没有堵住。

    Value: 此前 `days` 天内同一发现单位有过同一漏洞的 ÷ 写明漏洞和发现单位的案件，按立案的周，计在发现单位。
    Silent when: 案件没有登记漏洞编号或发现单位。
    Misses: 同一漏洞扩散到别的单位（由系统性风险扫描看）。
    """
    done = filed().filter(cases.gap_code.fill_null("") != "", cases.found_by_unit.fill_null("") != "")
    done = done.drop("unit_code").rename(unit_code="found_by_unit")
    before = done.filed_at.lag().over(group_by=("unit_code", "gap_code"), order_by="filed_at")
    done = done.mutate(again=between(before, done.filed_at) <= days * DAY)
    return weekly(done, done.count(where=done.again), done.count())
