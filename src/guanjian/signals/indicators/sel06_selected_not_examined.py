"""I-SEL-06: selected, released, never examined."""

from guanjian.engine.tables import declarations, examinations
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import choices, weekly

EXAMPLE = """
declarations: entry_id unit_code released_at
a1 2201 2026-03-03T09:00
a2 2201 2026-03-03T09:00
a3 2201 -
a4 2201 2026-03-03T09:00
selections: entry_id unit_code decided_at lane selected propensity
a1 2201 2026-03-02T09:00 value 1 0.1
a2 2201 2026-03-02T09:00 value 1 0.1
a3 2201 2026-03-02T09:00 value 1 0.1
a4 2201 2026-03-02T09:00 none 0 0.1
examinations: exam_id entry_id mode officer1
x1 a1 A 甲
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-SEL-06",
    Text("选中未查率", "Selected, released, never examined"),
    line="CLR-SELECT",
    node="select",
    means=Means.SHARE,
    of=Text("选中未查 ÷ 选中已放行", "never examined ÷ selected and released"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("selections", "declarations"),
    may_read=("examinations",),
)
def selected_not_examined():
    """选中查验、已经放行、却没有查验记录的占比。

    Value: 没有查验记录的 ÷ 选中且已放行的报关单，按选查决定的周。
    Silent when: 该周没有选中且已放行的报关单。
    Misses: 查验记录事后补造的（由外勤轨迹和补录指标看）；尚未放行的。
    """
    opened = examinations.select("entry_id").distinct()
    let_go = declarations.filter(declarations.released_at.notnull()).select("entry_id")
    made = choices()
    made = made.filter(made.selected).semi_join(let_go, "entry_id")
    made = made.mutate(opened=made.entry_id.isin(opened.entry_id))
    return weekly(made, made.count(where=~made.opened), made.count())
