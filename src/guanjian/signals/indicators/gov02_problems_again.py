"""I-GOV-02: problems that came back."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import faults, weekly

EXAMPLE = """
problems: problem_id source unit_code line_code found_on recurrence_of
p1 audit 2201 CLR-EXAM 2026-03-02 p0
p2 audit 2201 CLR-EXAM 2026-03-03 -
=> 2201 CLR-EXAM 2026-03-02 1 2
"""


@indicator(
    "I-GOV-02",
    Text("问题复发率", "Problems that came back"),
    line="GOV-AUDIT",
    node="rectify",
    means=Means.SHARE,
    of=Text("复发 ÷ 问题", "recurrences ÷ problems"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="CS15",
    reads=("problems",),
    settles=26,
)
def problems_again():
    """发现的问题中属于以前问题复发的占比，按问题所属条线分列：屡查屡犯。

    Value: 注明为以前问题复发的 ÷ 全部问题，按发现的周。
    Silent when: 该周没有发现问题。
    Misses: 没有注明复发关系的。
    """
    found = faults()
    return weekly(found, found.count(where=found.recurrence_of.fill_null("") != ""), found.count(), "line_code")
