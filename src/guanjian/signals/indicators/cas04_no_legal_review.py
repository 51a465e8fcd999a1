"""I-CAS-04: penalties without legal review."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import fines, weekly

EXAMPLE = """
cases: case_id kind unit_code
c1 administrative 22P0
c2 administrative 22P0
penalties: case_id legal_review_by
c1 丙
c2 -
=> 22P0 2026-01-05 1 2
"""


@indicator(
    "I-CAS-04",
    Text("法制审核缺失率", "Penalties without legal review"),
    line="ASA-PENALTY",
    node="legal_review",
    means=Means.SHARE,
    of=Text("未经法制审核 ÷ 处罚决定", "without review ÷ penalties"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="行政处罚法第五十八条；CS14",
    reads=("penalties", "cases"),
)
def no_legal_review():
    """没有法制审核人的处罚决定占比。

    Value: 法制审核人为空的 ÷ 全部处罚决定，按决定的周，计在办案单位。
    Silent when: 该周没有处罚决定。
    Misses: 依法不需审核的轻微案件也计入，应以占比的变化为准；审核走过场。
    """
    done = fines()
    return weekly(done, done.count(where=done.legal_review_by.fill_null("") == ""), done.count())
