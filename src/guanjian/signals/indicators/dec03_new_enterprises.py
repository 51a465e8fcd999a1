"""I-DEC-03: entries of newly registered enterprises."""

from guanjian.engine.clock import day
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import lodged, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id declared_at
a1 2201 新 2026-03-02T09:00
a2 2201 旧 2026-03-02T09:00
a3 2201 无 2026-03-02T09:00
enterprises: enterprise_id registered_on
新 2025-10-01
旧 2020-01-01
=> 2201 2026-03-02 1 2
"""


@indicator(
    "I-DEC-03",
    Text("新注册企业申报占比", "Entries of newly registered enterprises"),
    params={
        "days": Param(180, Text("天", "days"), Text("注册不满多少天算新", "new for so many days")),
    },
    line="ENT-REG",
    node="register",
    means=Means.SHARE,
    of=Text("新注册企业 ÷ 已知注册日期的报关单", "newly registered ÷ entries with a known date"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("declarations", "enterprises"),
    may_read=("examinations",),
)
def new_enterprises(days):
    """注册不满 `days` 天的收发货人申报的占比：被查企业常换壳再来。

    Value: 收发货人在申报时注册不满 `days` 天的 ÷ 收发货人注册日期已知的报关单，按申报的周。
    Silent when: 没有企业注册日期。
    Misses: 收购旧壳的。
    """
    done = lodged()
    age = day(done.declared_at).delta(done.registered_on, unit="day")
    return weekly(done, done.count(where=age < days), done.count(where=age.notnull()))
