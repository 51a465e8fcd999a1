"""I-GOV-06: steps taken off the system."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
events: event_id object_type object_id activity unit_code system at
e1 entry a1 release 2201 manual 2026-03-02T09:00
e2 entry a2 release 2201 system 2026-03-02T09:00
e3 entry a3 release 2201 semi 2026-03-02T09:00
=> 2201 2026-03-02 1 3
"""


@indicator(
    "I-GOV-06",
    Text("系统外作业占比", "Steps taken off the system"),
    line="GOV-DATA",
    node="record",
    means=Means.SHARE,
    of=Text("系统外 ÷ 步骤", "off the system ÷ steps"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("events",),
)
def off_system():
    """业务步骤中在系统之外办理的占比：没有“进系统”的权力。

    Value: 记录方式为系统外的 ÷ 全部步骤，按发生的周。
    Silent when: 该周没有步骤记录。
    Misses: 系统外又没有补记的步骤（由节点四性测量看）。
    """
    done = steps()
    return weekly(done, done.count(where=done.system == "manual"), done.count())
