"""I-TAX-01: duty per value."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import entries, weekly

EXAMPLE = """
declarations: entry_id unit_code ie trade_mode value_cny tax_cny
a1 2201 import 0110 1000 130
a2 2201 import 0110 3000 270
a3 2201 export 0110 9000 0
a4 2201 import 0615 9000 0
a5 2201 import 0110 9000 -
=> 2201 2026-01-05 400 4000
"""


@indicator(
    "I-TAX-01",
    Text("税收负担率", "Duty per value"),
    line="TAX-LEVY",
    node="levy",
    means=Means.RATIO,
    of=Text("税额 ÷ 货值", "duty ÷ value"),
    worse=Worse.LOWER,
    source=Source.PROPOSAL,
    reads=("declarations",),
)
def duty_per_value():
    """一般贸易进口申报税额与申报货值之比：突然走低，可能是低税率归类、伪报原产地在蔓延。

    Value: 一般贸易进口的申报税额合计 ÷ 有税额记录的申报货值合计，按申报的周。
    Silent when: 该周没有一般贸易进口，或没有税额记录。
    Misses: 价格一起低报时税与值同降，看不出（见低价商品占比）；商品构成的变化。
    """
    done = entries()
    taxed = (done.ie == "import") & (done.trade_mode == "0110") & done.tax_cny.notnull()
    return weekly(done, done.tax_cny.sum(where=taxed), done.value_cny.sum(where=taxed))
