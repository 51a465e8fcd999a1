"""I-TAX-02: price reviews per entry accepted."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} accept 2201 2026-03-02T09:00 *4
f1 entry a1 price_review 2201 2026-03-03T09:00
=> 2201 2026-03-02 1 4
"""


@indicator(
    "I-TAX-02",
    Text("审价率", "Price reviews per entry accepted"),
    line="TAX-VALUE",
    node="price_review",
    means=Means.RATIO,
    of=Text("审价 ÷ 接单", "price reviews ÷ entries accepted"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def price_reviews():
    """审价次数与接受申报票数之比：价格监管力量投向何处。

    Value: 审价记录数 ÷ 接单记录数，按发生的周，计在审价单位。
    Silent when: 该周没有接单记录；只有审价而无接单的单位（如直属海关审价部门）只给件数。
    Misses: 审价结论的质量。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "price_review"), done.count(where=done.activity == "accept"))
