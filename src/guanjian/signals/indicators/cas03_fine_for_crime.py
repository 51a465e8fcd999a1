"""I-CAS-03: possible fines instead of transfer."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import filed, weekly

EXAMPLE = """
cases: case_id kind unit_code evaded_cny
c1 administrative 22P0 100000
c2 administrative 22P0 99999
c3 criminal 22P0 900000
c4 administrative 22P0 -
=> 22P0 2026-01-05 1 2
"""


@indicator(
    "I-CAS-03",
    Text("以罚代刑疑似率", "Possible fines instead of transfer"),
    params={
        "at_least_cny": Param(100000, Text("元", "CNY"), Text("刑事数额", "the amount of a crime")),
    },
    line="ASA-PENALTY",
    node="transfer",
    means=Means.SHARE,
    of=Text("达刑事数额的行政案件 ÷ 有税额的行政案件", "of criminal size ÷ administrative cases with a known amount"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="行政执法机关移送涉嫌犯罪案件的规定第十一条；CS13",
    reads=("cases",),
)
def fine_for_crime(at_least_cny):
    """偷逃税额达到刑事数额仍作行政案件办理的占比。

    Value: 偷逃税额不小于 `at_least_cny` 元的行政案件 ÷ 有偷逃税额的行政案件，按立案的周，计在办案单位。
    Silent when: 该周没有登记了偷逃税额的行政案件。
    Misses: 单位犯罪数额为20万元，应按主体分别核对；主观故意；数额被拆小的。
    """
    done = filed()
    civil = (done["kind"] == "administrative") & done.evaded_cny.notnull()
    return weekly(done, done.count(where=civil & (done.evaded_cny >= at_least_cny)), done.count(where=civil))
