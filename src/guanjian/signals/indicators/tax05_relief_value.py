"""I-TAX-05: value under relief."""

from guanjian.customs.codes import codes
from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import entries, weekly

# 特定减免税；101 一般征税、2xx—3xx 法定与特定区域、5xx 加工贸易不在内
RELIEF = [code for code in codes("duty_nature") if "401" <= code <= "499" or "601" <= code <= "898"]

EXAMPLE = """
declarations: entry_id unit_code ie duty_nature value_cny
a1 2201 import 101 600
a2 2201 import 403 400
a3 2201 import - 900
a4 2201 export 403 900
=> 2201 2026-01-05 400 1000
"""


@indicator(
    "I-TAX-05",
    Text("减免税货值占比", "Value under relief"),
    line="TAX-RELIEF",
    node="relief",
    means=Means.RATIO,
    of=Text("减免税货值 ÷ 进口货值", "value under relief ÷ value imported"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("declarations",),
)
def relief_value():
    """进口货值中按特定减免税征免性质申报的占比。

    Value: 征免性质为特定减免税的进口货值合计 ÷ 有征免性质的进口货值合计，按申报的周。
    Silent when: 该周没有登记征免性质的进口。
    Misses: 减免税货物进口以后擅自移作他用（由稽查看）。
    """
    done = entries()
    known = (done.ie == "import") & done.duty_nature.notnull()
    relieved = known & done.duty_nature.isin(RELIEF)
    return weekly(done, done.value_cny.sum(where=relieved), done.value_cny.sum(where=known))
