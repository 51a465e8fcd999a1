"""I-CAS-13: cases found."""

from guanjian.engine.tables import cases
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import filed, weekly

EXAMPLE = """
cases: case_id kind unit_code found_by_unit filed_at
c1 criminal 22P0 2201 2026-03-02T09:00
c2 administrative 22P0 2201 2026-03-08T09:00
c3 criminal 22P0 - 2026-03-02T09:00
=> 2201 2026-03-02 2 0
"""


@indicator(
    "I-CAS-13",
    Text("查发案件数", "Cases found"),
    line="RSK-INTEL",
    node="transfer",
    means=Means.COUNT,
    of=Text("件", "cases"),
    worse=Worse.NEITHER,
    source=Source.IN_USE,
    ground="CATCH_CASE",
    reads=("cases",),
)
def cases_found():
    """由一线海关查发的案件数，计在发现单位：前后方联系的基本数量，没有基数。

    Value: 写明发现单位的案件数，按立案的周；基数为零。
    Silent when: 该周没有写明发现单位的案件。
    Misses: 案件大小；查发多少与业务量有关，比较时用移送率、立案转化率。
    """
    done = filed().filter(cases.found_by_unit.fill_null("") != "")
    done = done.drop("unit_code").rename(unit_code="found_by_unit").mutate(nothing=0)
    return weekly(done, done.count(), done.nothing.sum())
