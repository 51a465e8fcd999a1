"""I-CAS-05: reduced and no penalty."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import fines, weekly

EXAMPLE = """
cases: case_id kind unit_code
c{i} administrative 22P0 *3
penalties: case_id tier
c1 reduced
c2 none
c3 normal
=> 22P0 2026-01-05 2 3
"""


@indicator(
    "I-CAS-05",
    Text("减轻与不予处罚占比", "Reduced and no penalty"),
    line="ASA-PENALTY",
    node="penalise",
    means=Means.SHARE,
    of=Text("减轻、不予处罚 ÷ 处罚决定", "reduced or none ÷ penalties"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="海关行政处罚裁量基准（一）；CS11",
    reads=("penalties", "cases"),
)
def reduced_tier():
    """裁量阶次为减轻或不予处罚的占比：裁量是否普遍偏松。

    Value: 阶次为减轻、不予处罚的 ÷ 全部处罚决定，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定。
    Misses: 阶次正确而金额偏低的（见罚款幅度）；法定从宽政策的变化。
    """
    done = fines()
    return weekly(done, done.count(where=done.tier.isin(("reduced", "none"))), done.count())
