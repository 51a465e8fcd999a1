"""I-HRM-02: procurement just below the limit."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import dispositions, weekly

EXAMPLE = """
decisions: decision_id kind unit_code amount_cny
d1 procurement 2201 1800000
d2 procurement 2201 2000000
d3 procurement 2201 100000
d4 payment 2201 1900000
=> 2201 2026-01-05 1 3
"""


@indicator(
    "I-HRM-02",
    Text("贴近限额采购占比", "Procurement just below the limit"),
    params={
        "limit_cny": Param(2000000, Text("元", "CNY"), Text("公开招标限额", "the limit for an open tender")),
        "share": Param(0.9, Text("比例", "share"), Text("限额的多少以上算贴近", "near from this share of it")),
    },
    line="HRM-PROCURE",
    node="procure",
    means=Means.SHARE,
    of=Text("贴近限额 ÷ 采购", "just below ÷ procurements"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("decisions",),
)
def just_below_limit(limit_cny, share):
    """采购金额刚好低于公开招标限额的占比：化整为零、规避招标的迹象。

    Value: 金额在限额的 `share` 以上、限额以下的 ÷ 有金额的采购，按决策的周。
    Silent when: 该周没有有金额的采购。
    Misses: 拆成许多小额的（由拆分采购控制看）；限额随年度目录变化，须更新参数。
    """
    made = dispositions()
    bought = (made["kind"] == "procurement") & made.amount_cny.notnull()
    near = (made.amount_cny >= share * limit_cny) & (made.amount_cny < limit_cny)
    return weekly(made, made.count(where=bought & near), made.count(where=bought))
