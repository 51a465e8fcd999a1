"""I-SEL-08: finds of random selection."""

from guanjian.engine.tables import selections
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
selections: entry_id unit_code lane selected propensity
a1 2201 random 1 0.1
a2 2201 random 1 0.1
a3 2201 value 1 0.1
examinations: exam_id entry_id mode officer1 finding
x1 a1 A 甲 1
x2 a2 A 甲 0
x3 a3 A 甲 1
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-SEL-08",
    Text("随机查获率", "Finds of random selection"),
    line="RSK-ANALYSIS",
    node="select",
    means=Means.SHARE,
    of=Text("随机查获 ÷ 随机查验", "finds ÷ examined at random"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations", "selections"),
)
def random_finds(session):
    """随机通道选中的查验中有查获的占比：对真实违法水平的无偏估计，升高说明面上风险在升高。

    Value: 随机选中的报关单的查验中有查获的 ÷ 这类查验，按查验开始的周。
    Silent when: 该周没有随机选中的查验。随机查验太少时只能说“无法测量”，不能说没有风险。
    Misses: 查验看不出的违法（由稽查看）。
    """
    drawn = selections.filter(selections.selected, selections.lane == "random").select("entry_id").distinct()
    done = exams(session).semi_join(drawn, "entry_id")
    return weekly(done, done.count(where=done.finding), done.count())
