"""I-CAS-08: penalties by one person."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import different, fines, weekly

EXAMPLE = """
cases: case_id kind unit_code
c{i} administrative 22P0 *3
penalties: case_id officers
c1 甲,乙
c2 甲
c3 甲,甲
=> 22P0 2026-01-05 2 3
"""


@indicator(
    "I-CAS-08",
    Text("单人办案占比", "Penalties by one person"),
    line="ASA-PENALTY",
    node="penalise",
    means=Means.SHARE,
    of=Text("单人办案 ÷ 处罚决定", "by one person ÷ penalties"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="行政处罚法第四十二条；FX14",
    reads=("penalties", "cases"),
)
def one_handed_penalties():
    """办案人员不足二人的处罚决定占比。

    Value: 办案人不足二人的 ÷ 全部处罚决定，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定。
    Misses: 只挂名的第二人；法律另有规定可由一人办理的。
    """
    done = fines()
    return weekly(done, done.count(where=different(done.officers) < 2), done.count())
