"""I-CAS-07: penalties without another's approval."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import fines, weekly

EXAMPLE = """
cases: case_id kind unit_code
c{i} administrative 22P0 *3
penalties: case_id officers approved_by
c1 甲,乙 丙
c2 甲,乙 甲
c3 甲,乙 -
=> 22P0 2026-01-05 2 3
"""


@indicator(
    "I-CAS-07",
    Text("处罚未经他人审批占比", "Penalties without another's approval"),
    line="ASA-PENALTY",
    node="approve",
    means=Means.SHARE,
    of=Text("未经他人审批 ÷ 处罚决定", "without another's approval ÷ penalties"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="行政处罚法第五十七条；CS14",
    reads=("penalties", "cases"),
)
def unapproved_penalties():
    """没有审批人、或审批人就是办案人之一的处罚决定占比。

    Value: 无审批人或由办案人自批的 ÷ 全部处罚决定，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定。
    Misses: 事后补签的审批。
    """
    done = fines()
    chief = done.approved_by.fill_null("")
    return weekly(done, done.count(where=(chief == "") | done.officers.contains(chief)), done.count())
