"""I-EXM-14: containers with a find."""

from guanjian.engine.tables import containers
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
containers: entry_id container_id
a1 箱1
a1 箱2
a2 箱3
a3 箱4
examinations: exam_id entry_id mode officer1 finding
x1 a1 A 甲 1
x2 a2 A 甲 0
x3 a4 A 甲 1
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-EXM-14",
    Text("自然箱查获率", "Containers with a find"),
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("查获箱 ÷ 查验箱", "containers with a find ÷ containers examined"),
    worse=Worse.LOWER,
    source=Source.IN_USE,
    ground="FX07",
    reads=("examinations", "declarations", "containers"),
)
def container_finds(session):
    """被查验的集装箱中有查获的占比。

    Value: 有查获的查验所涉集装箱 ÷ 被查验报关单的集装箱（每次查验计一次），按查验开始的周。
    Silent when: 该周没有查验集装箱货物。
    Misses: 一票多箱只开其中几箱的；散货。
    """
    done = exams(session)
    boxes = done.inner_join(containers.select("entry_id", "container_id"), "entry_id")
    return weekly(boxes, boxes.count(where=boxes.finding), boxes.count())
