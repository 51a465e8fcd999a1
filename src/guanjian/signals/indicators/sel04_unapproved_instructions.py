"""I-SEL-04: instructions without another's approval."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import orders, weekly

EXAMPLE = """
instructions: instruction_id unit_code issued_by approved_by
i1 2201 甲 乙
i2 2201 甲 甲
i3 2201 甲 -
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-SEL-04",
    Text("布控未经他人审批占比", "Instructions without another's approval"),
    line="CLR-SELECT",
    node="instruct",
    means=Means.SHARE,
    of=Text("未经他人审批 ÷ 布控指令", "without another's approval ÷ instructions"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("instructions",),
)
def unapproved_instructions():
    """布控指令没有审批人、或审批人就是下达人的占比。

    Value: 无审批人或自批的指令 ÷ 全部指令，按下达的周。
    Silent when: 该周没有下达指令。
    Misses: 互相代批；即决式布控依规可先布后批的，应在参数评审时说明。
    """
    given = orders()
    alone = given.approved_by.fill_null("").isin(("", given.issued_by))
    return weekly(given, given.count(where=alone), given.count())
