"""I-ENT-04: entries of enterprises linked to a case."""

import ibis

from guanjian.engine.tables import cases, enterprises
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import entries, weekly


def _sharing(caught, column):
    """Other enterprises with the same value in a column, and when the one in the case was caught."""
    known = enterprises.select(consignee_id="enterprise_id", same=column)
    of_caught = caught.select("filed_at", caught_id="enterprise_id", same=column)
    known, of_caught = (side.filter(side.same.fill_null("") != "") for side in (known, of_caught))
    both = known.inner_join(of_caught, "same")
    return both.filter(both.consignee_id != both.caught_id).select("consignee_id", "filed_at")


EXAMPLE = """
declarations: entry_id unit_code consignee_id declared_at
a1 2201 案 2026-03-03T09:00
a2 2201 同话 2026-03-03T09:00
a3 2201 同话 2026-03-02T08:00
a4 2201 清 2026-03-03T09:00
enterprises: enterprise_id phone legal_rep address
案 110 赵 甲路
同话 110 钱 乙路
清 119 孙 丙路
cases: case_id kind unit_code filed_at enterprise_ids
c1 criminal 22P0 2026-03-02T09:00 案
=> 2201 2026-03-02 1 4
"""


@indicator(
    "I-ENT-04",
    Text("涉案关联企业申报占比", "Entries of enterprises linked to a case"),
    line="RSK-INTEL",
    node="links",
    means=Means.SHARE,
    of=Text("关联企业 ÷ 报关单", "linked ÷ entries"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    ground="EN06",
    reads=("declarations", "enterprises", "cases"),
    settles=52,
)
def linked_to_caught():
    """收发货人与涉案企业共用电话、法定代表人或地址的报关单占比（只看案发之后的申报，涉案企业自身不计）。

    Value: 案发后由关联企业申报的 ÷ 全部报关单，按申报的周。
    Silent when: 没有企业登记信息或案件。
    Misses: 隔一层以上的关联；登记信息不实；共用代办地址的无辜企业也会计入。
    """
    caught = cases.select("filed_at", enterprise_id=cases.enterprise_ids.unnest())
    caught = enterprises.inner_join(caught, "enterprise_id")
    links = [_sharing(caught, column) for column in ("phone", "legal_rep", "address")]
    since = ibis.union(*links, distinct=False)
    since = since.group_by("consignee_id").agg(since=since.filed_at.min())
    done = entries().left_join(since, "consignee_id").drop("consignee_id_right")
    return weekly(done, done.count(where=done.declared_at > done.since), done.count())
