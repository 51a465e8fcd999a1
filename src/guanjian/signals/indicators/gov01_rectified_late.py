"""I-GOV-01: problems closed after they were due."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import mended, weekly

EXAMPLE = """
problems: problem_id source unit_code line_code found_on due_on closed_on
p1 audit 2201 CLR-EXAM 2026-01-05 2026-03-01 2026-03-02
p2 audit 2201 CLR-EXAM 2026-01-05 2026-03-02 2026-03-02
p3 audit 2201 TAX-VALUE 2026-01-05 2026-03-01 2026-03-03
p4 audit 2201 TAX-VALUE 2026-01-05 2026-03-01 -
=> 2201 CLR-EXAM 2026-03-02 1 2
=> 2201 TAX-VALUE 2026-03-02 1 1
"""


@indicator(
    "I-GOV-01",
    Text("逾期整改率", "Problems closed after they were due"),
    line="GOV-AUDIT",
    node="rectify",
    means=Means.SHARE,
    of=Text("逾期 ÷ 有时限的已销号问题", "late ÷ closed problems with a due date"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("problems",),
    settles=13,
)
def rectified_late():
    """已销号的问题中超过整改时限的占比，按问题所属条线分列。

    Value: 销号晚于时限的 ÷ 有时限的已销号问题，按销号的周。
    Silent when: 该周没有销号的问题。
    Misses: 至今没有销号的；先销号后补佐证的。
    """
    done = mended()
    return weekly(
        done, done.count(where=done.closed_on > done.due_on), done.count(where=done.due_on.notnull()), "line_code"
    )
