"""I-CLR-09: released by hand at night."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import at_night, by_hand, steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
e1 entry a1 release 甲 2201 2026-03-02T21:00
e2 entry a2 release 甲 2201 2026-03-02T19:00
e3 entry a3 release - 2201 2026-03-02T21:00
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-CLR-09",
    Text("夜间人工放行占比", "Released by hand at night"),
    line="CLR-RELEASE",
    node="release",
    means=Means.SHARE,
    of=Text("夜间人工放行 ÷ 人工放行", "at night ÷ releases by hand"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def night_release():
    """人工放行中在20:00至次日06:00放行的占比：单位一级的参照，不涉及个人。

    Value: 夜间的人工放行 ÷ 全部人工放行，按放行的周。
    Silent when: 该周没有人工放行。
    Misses: 昼夜通关的口岸本来就高，应与同类口岸、本单位以往相比。
    """
    done = steps()
    out = (done.activity == "release") & by_hand(done.officer_id)
    return weekly(done, done.count(where=out & at_night(done["at"])), done.count(where=out))
