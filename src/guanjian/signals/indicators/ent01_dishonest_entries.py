"""I-ENT-01: entries of dishonest enterprises."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import lodged, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id
a1 2201 守
a2 2201 失
a3 2201 旧失
a4 2201 无
enterprises: enterprise_id credit_level credit_scheme
守 3 2026
失 4 2026
旧失 3 2021
=> 2201 2026-01-05 2 3
"""


@indicator(
    "I-ENT-01",
    Text("失信企业申报占比", "Entries of dishonest enterprises"),
    line="ENT-CREDIT",
    node="credit",
    means=Means.SHARE,
    of=Text("失信企业 ÷ 已知信用的报关单", "dishonest ÷ entries with a known credit level"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="EN03",
    reads=("declarations", "enterprises"),
    may_read=("examinations",),
)
def dishonest_entries():
    """收发货人为失信或严重失信企业的报关单占比。各版信用办法的级别不同，按企业所属办法判断。

    Value: 失信、严重失信企业的报关单 ÷ 收发货人信用级别已知的报关单，按申报的周。
    Silent when: 没有企业信用级别。
    Misses: 信用级别为现在的级别，不是申报当日的级别。
    """
    done = lodged()
    return weekly(done, done.count(where=done.dishonest), done.count(where=done.dishonest.notnull()))
