"""I-DEC-01: gross far above net weight."""

from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import entries, weekly

EXAMPLE = """
declarations: entry_id unit_code gross_kg net_kg
a1 2201 150 100
a2 2201 149 100
a3 2201 150 -
a4 2201 150 0
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-DEC-01",
    Text("毛净重差异超常占比", "Gross far above net weight"),
    params={
        "share": Param(0.5, Text("比例", "share"), Text("毛重超过净重的比例", "gross above net by")),
    },
    line="CLR-ACCEPT",
    node="accept",
    means=Means.SHARE,
    of=Text("差异超常 ÷ 有毛净重的报关单", "far above ÷ entries with both weights"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="DC04",
    reads=("declarations",),
)
def heavy_packing(share):
    """毛重超过净重一定比例的报关单占比：多出来的重量可能是夹藏、少报多进。

    Value: （毛重−净重）÷净重不小于 `share` 的 ÷ 毛重、净重齐全的报关单，按申报的周。
    Silent when: 该周没有毛重、净重齐全的报关单。
    Misses: 包装本来就重的商品（应按商品设参数）；毛重、净重一起少报。
    """
    done = entries()
    both = (done.net_kg > 0) & done.gross_kg.notnull()
    excess = (done.gross_kg - done.net_kg).cast("float64") >= share * done.net_kg.cast("float64")
    return weekly(done, done.count(where=both & excess), done.count(where=both))
