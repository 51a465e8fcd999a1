"""I-EXM-08: examinations in too short a time."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import MINUTE, between, exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at ended_at
x1 a1 A 甲 2026-03-02T09:00 2026-03-02T09:29
x2 a2 A 甲 2026-03-02T09:00 2026-03-02T09:30
x3 a3 B 甲 2026-03-02T09:00 2026-03-02T09:09
x4 a4 C 甲 2026-03-02T09:00 2026-03-02T09:01
x5 a4 B 甲 2026-03-02T09:00 -
=> 2201 2026-03-02 2 3
"""


@indicator(
    "I-EXM-08",
    Text("查验用时过短占比", "Examinations in too short a time"),
    params={
        "full_minutes": Param(
            30, Text("分钟", "minutes"), Text("彻底查验至少用时", "a full examination takes at least")
        ),
        "partial_minutes": Param(
            10, Text("分钟", "minutes"), Text("抽查至少用时", "a partial examination takes at least")
        ),
    },
    line="CLR-EXAM",
    node="examine",
    means=Means.SHARE,
    of=Text("用时过短 ÷ 人工查验", "too short ÷ examinations by hand"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="FX10",
    reads=("examinations", "declarations"),
)
def hasty_examinations(session, full_minutes, partial_minutes):
    """彻底查验、抽查用时短于最低合理时间的占比：走过场的查验。

    Value: 用时短于 `full_minutes`（彻底）或 `partial_minutes`（抽查）的查验 ÷ 有起止时间的彻底查验和抽查。
    Silent when: 该周没有记录起止时间的彻底查验或抽查。
    Misses: 起止时间事后补记的；货物简单、箱量少的查验本来就快。
    """
    done = exams(session)
    took = between(done.started_at, done.ended_at)
    full, partial = done["mode"] == "A", done["mode"] == "B"
    hasty = (full & (took < full_minutes * MINUTE)) | (partial & (took < partial_minutes * MINUTE))
    return weekly(done, done.count(where=hasty), done.count(where=(full | partial) & took.notnull()))
