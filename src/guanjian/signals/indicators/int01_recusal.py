"""I-INT-01: handled in spite of a declared relation."""

import ibis

from guanjian.engine.clock import day
from guanjian.engine.tables import declarations, relations
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import steps, weekly

EXAMPLE = """
declarations: entry_id unit_code consignee_id agent_id
a1 2201 亲 -
a2 2201 他 亲
a3 2201 他 -
relations: officer_id other_id kind declared_on
甲 亲 relative 2026-01-01
events: event_id object_type object_id activity officer_id unit_code at
e1 entry a1 release 甲 2201 2026-03-02T09:00
e2 entry a2 release 甲 2201 2026-03-02T09:00
e3 entry a3 release 甲 2201 2026-03-02T09:00
e4 entry a1 release 乙 2201 2026-03-02T09:00
e5 entry a1 release 甲 2201 2025-12-29T09:00
=> 2201 2025-12-29 0 1
=> 2201 2026-03-02 2 3
"""


@indicator(
    "I-INT-01",
    Text("应回避未回避占比", "Handled in spite of a declared relation"),
    line="CLR",
    node="recuse",
    means=Means.SHARE,
    of=Text("应回避而经办 ÷ 有申报关系者的经办", "in spite of a relation ÷ steps of officers with one"),
    worse=Worse.HIGHER,
    source=Source.LAW,
    ground="公务员法第七十六条；海关法第七十九条",
    reads=("events", "relations", "declarations"),
)
def recusal():
    """有申报利害关系的关员，经办了与其有关系的企业的报关单的占比。只给单位一级的数字，不显示是谁、什么关系。

    Value: 申报关系之后经办有关系企业（收发货人或代理）报关单的步骤 ÷ 有申报关系的关员经办报关单的步骤，按经办的周。
    Silent when: 没有申报的利害关系。
    Misses: 没有申报的关系；经请示批准不回避的。
    """
    told = relations.group_by("officer_id", "other_id").agg(since=relations.declared_on.min())
    whose = declarations.select("entry_id", "consignee_id", "agent_id")
    done = steps().filter(ibis._.object_type == "entry", ibis._.officer_id.isin(relations.officer_id))
    done = done.select("officer_id", "object_id", "unit_code", "week", "at")
    done = done.inner_join(whose, [("object_id", "entry_id")])
    for column in ("consignee_id", "agent_id"):
        of = told.select("officer_id", **{column: "other_id", f"since_{column}": "since"})
        done = done.left_join(of, ["officer_id", column]).drop("officer_id_right", f"{column}_right")
    on = day(done["at"])
    bound = (on >= done.since_consignee_id) | (on >= done.since_agent_id)
    return weekly(done, done.count(where=bound), done.count())
