"""I-EXM-15: duty recovered by examination."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code tax_cny
a1 2201 1000
a2 2201 3000
a3 2201 9000
examinations: exam_id entry_id mode officer1 evaded_cny
x1 a1 A 甲 500
x2 a2 A 甲 -
=> 2201 2026-01-05 500 4000
"""


@indicator(
    "I-EXM-15",
    Text("查获补税率", "Duty recovered by examination"),
    line="TAX-LEVY",
    node="examine",
    means=Means.RATIO,
    of=Text("查获偷漏税额 ÷ 申报税额", "duty evaded and found ÷ duty declared"),
    worse=Worse.NEITHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations"),
)
def duty_recovered(session):
    """查验查出的偷漏税额与被查验报关单申报税额之比：查验的税收效果。

    Value: 查验认定的偷漏税额合计 ÷ 被查验报关单的申报税额合计，按查验开始的周。
    Silent when: 被查验的报关单没有申报税额。
    Misses: 查验后由稽查、缉私再认定的税额；单位的税收效果不得单独当作功绩。
    """
    done = exams(session)
    return weekly(done, done.evaded_cny.sum(), done.tax_cny.sum())
