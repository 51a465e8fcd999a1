"""I-CAS-06: fine on its base."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import fines, weekly

EXAMPLE = """
cases: case_id kind unit_code
c1 administrative 22P0
c2 administrative 22P0
penalties: case_id base_cny fine_cny
c1 1000 500
c2 3000 900
=> 22P0 2026-01-05 1400 4000
"""


@indicator(
    "I-CAS-06",
    Text("罚款幅度", "Fine on its base"),
    line="ASA-PENALTY",
    node="penalise",
    means=Means.RATIO,
    of=Text("罚款 ÷ 处罚基数", "fines ÷ their bases"),
    worse=Worse.LOWER,
    source=Source.LAW,
    ground="海关行政处罚裁量基准（一）；CS11",
    reads=("penalties", "cases"),
)
def fine_on_base():
    """罚款金额与处罚基数之比：裁量松紧的总量指标。

    Value: 罚款合计 ÷ 处罚基数合计，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定，或基数为零。
    Misses: 没收；阶次构成（与减轻处罚占比对照）；大案主导的周。
    """
    done = fines()
    return weekly(done, done.fine_cny.sum(), done.base_cny.sum())
