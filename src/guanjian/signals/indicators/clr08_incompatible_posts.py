"""I-CLR-08: incompatible posts on one entry."""

from guanjian.engine.clock import week
from guanjian.engine.tables import events
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import by_hand, weekly

APART = ("doc_review", "price_review", "classify", "examine", "release", "post_audit", "investigate")

EXAMPLE = """
events: event_id object_type object_id activity officer_id unit_code at
e1 entry a1 doc_review 甲 2201 2026-03-02T09:00
e2 entry a1 release 甲 2201 2026-03-02T12:00
e3 entry a2 doc_review 甲 2201 2026-03-02T09:00
e4 entry a2 release 乙 2201 2026-03-02T12:00
e5 entry a3 release - 2201 2026-03-02T12:00
e6 entry a4 release 乙 2201 2026-03-02T12:00
e7 entry a4 release 乙 2201 2026-03-02T13:00
=> 2201 2026-03-02 1 3
"""


@indicator(
    "I-CLR-08",
    Text("不相容岗位兼任率", "Incompatible posts on one entry"),
    line="CLR",
    node="separation",
    means=Means.SHARE,
    of=Text("一人兼办 ÷ 人工经办报关单", "by one person ÷ entries with steps by hand"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="海关法第七十九条；FX15",
    reads=("events",),
)
def incompatible_posts():
    """同一票报关单上，同一关员办理了两个以上不相容环节（审单、审价、归类、查验、放行、稽查、调查）的占比。

    Value: 有一人兼办的报关单 ÷ 有关员经办这些环节的报关单，按首个环节的周，计在单位代码最小的经办单位。
    Silent when: 该周没有关员经办的这些环节。
    Misses: 借用他人账号办理的；人员之间串通的。
    """
    done = events.filter(events.object_type == "entry", events.activity.isin(APART), by_hand(events.officer_id))
    bit = done.activity.cases(*((name, 1 << place) for place, name in enumerate(APART)), else_=0)
    hands = done.group_by("object_id", "officer_id").agg(
        bits=bit.bit_or(), unit_code=done.unit_code.min(), at=done["at"].min()
    )
    single = (hands.bits & (hands.bits - 1)) == 0
    whole = hands.group_by("object_id").agg(
        mixed=(~single).any(), unit_code=hands.unit_code.min(), week=week(hands["at"].min())
    )
    return weekly(whole, whole.count(where=whole.mixed), whole.count())
