"""I-DEC-02: entries of small value."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import entries, weekly

EXAMPLE = """
declarations: entry_id unit_code value_cny
a1 2201 4999
a2 2201 5000
a3 2201 900000
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-DEC-02",
    Text("小额报关单占比", "Entries of small value"),
    params={
        "below_cny": Param(5000, Text("元", "CNY"), Text("低于多少算小额", "small below")),
    },
    line="CLR-ACCEPT",
    node="accept",
    means=Means.SHARE,
    of=Text("小额 ÷ 报关单", "of small value ÷ entries"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("declarations",),
)
def small_values(below_cny):
    """货值低于 `below_cny` 元的报关单占比：突然走高，可能是拆单在蔓延。

    Value: 货值低于 `below_cny` 元的 ÷ 全部报关单，按申报的周。
    Silent when: 该周没有申报。
    Misses: 单个企业的拆单（由 DEC-01 规则看）；本来就以小额为主的业务点。
    """
    done = entries()
    return weekly(done, done.count(where=done.value_cny < below_cny), done.count())
