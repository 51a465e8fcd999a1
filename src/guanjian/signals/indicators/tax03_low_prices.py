"""I-TAX-03: goods lines priced low."""

from guanjian.engine.clock import month
from guanjian.kernel.words import Text
from guanjian.signals.detector import Param
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import goods, weekly

ALIKE = ("hs_code", "origin_country", "quantity_unit")

EXAMPLE = """
declarations: entry_id unit_code ie trade_mode declared_at
a{i} 2201 import 0110 2026-03-02T09:00 *9
b 2202 import 0110 2026-03-03T09:00
c 2202 import 0110 2026-03-03T09:00
items: entry_id item_no hs_code origin_country quantity_unit quantity value_cny
a{i} 1 84713000 KR 台 2 2000 *9
b 1 84713000 KR 台 1 700
c 1 87032300 KR 台 1 1
=> 2201 2026-03-02 0 9
=> 2202 2026-03-02 1 1
"""


@indicator(
    "I-TAX-03",
    Text("低价商品占比", "Goods lines priced low"),
    params={
        "share": Param(
            0.3, Text("比例", "share"), Text("比同类中位单价低多少算低价", "priced low from so far below the middle")
        ),
        "min_peers": Param(10, Text("项", "lines"), Text("同类最少商品项数", "fewest peers to compare with")),
    },
    line="TAX-VALUE",
    node="price_review",
    means=Means.SHARE,
    of=Text("低价商品项 ÷ 可比商品项", "priced low ÷ comparable goods lines"),
    worse=Worse.HIGHER,
    source=Source.IN_USE,
    ground="DC01",
    reads=("items", "declarations"),
)
def low_prices(share, min_peers):
    """一般贸易进口商品项中，单价低于同商品、同原产地、同计量单位、同月中位单价一定比例的占比。

    Value: 单价比同类中位数低 `share` 以上的商品项 ÷ 同类不少于 `min_peers` 项的商品项，按申报的周。
    Silent when: 同类太少，或没有数量和货值。
    Misses: 全行业一起低报；品质差异造成的低价。价格偏低只引起怀疑，不能代替估价程序。
    """
    lines = goods()
    priced = lines.filter((lines.quantity > 0) & (lines.value_cny > 0))
    price = priced.value_cny.cast("float64") / priced.quantity.cast("float64")
    priced = priced.select("unit_code", "week", *ALIKE, month=month(priced["on"]), price=price)
    peers = priced.group_by(*ALIKE, "month").agg(middle=priced.price.median(), peers=priced.count())
    both = priced.inner_join(peers.filter(peers.peers >= min_peers), [*ALIKE, "month"])
    return weekly(both, both.count(where=both.price <= both.middle * (1 - share)), both.count())
