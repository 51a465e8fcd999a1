"""I-CLR-03: released by the system."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import by_hand, steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
e1 entry a1 release - 2201 2026-03-02T09:00
e2 entry a2 release 甲 2201 2026-03-02T09:00
e3 case a2 release - 2201 2026-03-02T09:00
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-CLR-03",
    Text("系统自动放行占比", "Released by the system"),
    line="CLR-RELEASE",
    node="release",
    means=Means.SHARE,
    of=Text("系统放行 ÷ 放行", "by the system ÷ releases"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def machine_release():
    """由系统自动放行、没有关员经手的占比：人工裁量空间的参照。

    Value: 没有关员的放行记录 ÷ 报关单的放行记录，按放行的周。
    Silent when: 该周没有放行记录。
    Misses: 以系统名义、实为人工操作的。
    """
    done = steps()
    out = (done.object_type == "entry") & (done.activity == "release")
    return weekly(done, done.count(where=out & ~by_hand(done.officer_id)), done.count(where=out))
