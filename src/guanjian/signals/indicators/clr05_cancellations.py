"""I-CLR-05: cancellations per entry accepted."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code at
e{i} entry a{i} accept 2201 2026-03-02T09:00 *3
f1 entry a1 cancel 2201 2026-03-03T09:00
=> 2201 2026-03-02 1 3
"""


@indicator(
    "I-CLR-05",
    Text("删单率", "Cancellations per entry accepted"),
    line="CLR-AMEND",
    node="cancel",
    means=Means.RATIO,
    of=Text("删单 ÷ 接单", "cancellations ÷ entries accepted"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def cancellations():
    """删单次数与接受申报票数之比。

    Value: 删单记录数 ÷ 接单记录数，按发生的周。
    Silent when: 该周没有接单记录；只有删单而无接单的周只给件数。
    Misses: 删单后换名、换关重报的（见查获后换关申报占比）。
    """
    done = steps()
    return weekly(done, done.count(where=done.activity == "cancel"), done.count(where=done.activity == "accept"))
