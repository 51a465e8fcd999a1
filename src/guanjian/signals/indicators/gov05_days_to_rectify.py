"""I-GOV-05: days to rectify."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import mended, weekly

EXAMPLE = """
problems: problem_id source unit_code line_code found_on closed_on
p1 audit 2201 CLR-EXAM 2026-02-20 2026-03-02
p2 audit 2201 CLR-EXAM 2026-02-28 2026-03-03
=> 2201 CLR-EXAM 2026-03-02 13 2
"""


@indicator(
    "I-GOV-05",
    Text("平均整改天数", "Days to rectify"),
    line="GOV-AUDIT",
    node="rectify",
    means=Means.MEAN,
    of=Text("天 ÷ 已销号问题", "days per closed problem"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("problems",),
)
def days_to_rectify():
    """从发现到销号平均多少天，按问题所属条线分列。

    Value: 已销号问题的总天数 ÷ 已销号问题，按销号的周。
    Silent when: 该周没有销号的问题。
    Misses: 一直没有销号的；当日发现当日销号的纸面整改。
    """
    done = mended()
    return weekly(done, done.closed_on.delta(done.found_on, unit="day").sum(), done.count(), "line_code")
