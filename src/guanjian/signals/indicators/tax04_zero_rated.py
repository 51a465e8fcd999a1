"""I-TAX-04: value at a zero rate."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import goods, weekly

EXAMPLE = """
declarations: entry_id unit_code ie trade_mode
a1 2201 import 0110
a2 2201 import 0615
items: entry_id item_no hs_code value_cny tax_rate
a1 1 84713000 300 0
a1 2 87032300 700 0.15
a1 3 87032300 900 -
a2 1 84713000 500 0
=> 2201 2026-01-05 300 1000
"""


@indicator(
    "I-TAX-04",
    Text("零税率货值占比", "Value at a zero rate"),
    line="TAX-CLASS",
    node="classify",
    means=Means.RATIO,
    of=Text("零税率货值 ÷ 货值", "value at a zero rate ÷ value"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("items", "declarations"),
)
def zero_rated():
    """一般贸易进口中按零税率申报的货值占比：突然走高，可能是归类、原产地或减免税被滥用。

    Value: 税率为零的商品项货值合计 ÷ 有税率的商品项货值合计，按申报的周。
    Silent when: 该周没有一般贸易进口，或没有税率。
    Misses: 由较高税率改报较低但不为零的税率。
    """
    lines = goods()
    return weekly(
        lines,
        lines.value_cny.sum(where=lines.tax_rate == 0),
        lines.value_cny.sum(where=lines.tax_rate.notnull()),
    )
