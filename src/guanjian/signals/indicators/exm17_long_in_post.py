"""I-EXM-17: examined by officers too long in post."""

from guanjian.engine.clock import day
from guanjian.engine.tables import officers
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import exams, weekly

EXAMPLE = """
declarations: entry_id unit_code
a{i} 2201 *4
b 2202
examinations: exam_id entry_id mode officer1 started_at
x1 a1 A 甲 2026-03-02T09:00
x2 a2 A 乙 2026-03-02T09:00
x3 a3 A 丙 2026-03-02T09:00
officers: officer_id in_post_since
甲 2020-03-01
乙 2024-03-01
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-EXM-17",
    Text("超期任职查验占比", "Examined by officers too long in post"),
    params={
        "years": Param(5, Text("年", "years"), Text("同一岗位最长任职", "longest time in one post")),
    },
    line="HRM-PEOPLE",
    node="appoint",
    means=Means.SHARE,
    of=Text("超期任职者主查 ÷ 查验", "by officers too long in post ÷ examinations"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("examinations", "declarations", "officers"),
)
def long_in_post(session, years):
    """由同一岗位任职超过 `years` 年的关员主查的占比：轮岗交流是否落实。

    Value: 主查关员到岗已超过 `years` 年的查验 ÷ 主查关员有到岗日期的查验，按查验开始的周。
    Silent when: 没有人员到岗日期，或该周没有查验。
    Misses: 换岗不换地、换岗后又回原岗的。
    """
    since = officers.select("officer_id", "in_post_since")
    done = exams(session).inner_join(since, [("officer1", "officer_id")])
    days = day(done.started_at).delta(done.in_post_since, unit="day")
    return weekly(done, done.count(where=days > years * 365), done.count())
