"""I-CAS-12: cases found by the front line."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import filed, weekly

EXAMPLE = """
cases: case_id kind unit_code found_by_unit
c1 criminal 22P0 2201
c2 criminal 22P0 -
=> 22P0 2026-01-05 1 2
"""


@indicator(
    "I-CAS-12",
    Text("一线发现案件占比", "Cases found by the front line"),
    line="RSK-INTEL",
    node="transfer",
    means=Means.SHARE,
    of=Text("一线发现 ÷ 案件", "found by the front line ÷ cases"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("cases",),
)
def found_by_front_line():
    """案件中由一线海关发现的占比：前后方是否融合，发现能力在哪里。

    Value: 写明发现单位的 ÷ 全部案件，按立案的周，计在办案单位。
    Silent when: 该周没有立案。
    Misses: 由缉私部门自己经营的情报案件多，占比也会低，不等于前线失职。
    """
    done = filed()
    return weekly(done, done.count(where=done.found_by_unit.fill_null("") != ""), done.count())
