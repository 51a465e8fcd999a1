"""I-HRM-03: assets disposed of without an independent eye."""

from guanjian.kernel.words import Text
from guanjian.signals.indicator import Means, Source, Worse, indicator
from guanjian.signals.placed import dispositions, weekly

EXAMPLE = """
decisions: decision_id kind unit_code proposer decider executor supervisor
d1 asset 2201 甲 乙 丙 丁
d2 asset 2201 甲 乙 丙 乙
d3 payment 2201 甲 乙 丙 乙
=> 2201 2026-01-05 1 2
"""


@indicator(
    "I-HRM-03",
    Text("资产处置监督缺位占比", "Assets disposed of without an independent eye"),
    line="HRM-ASSET",
    node="dispose_asset",
    means=Means.SHARE,
    of=Text("监督缺位 ÷ 资产处置", "without an independent eye ÷ disposals"),
    worse=Worse.HIGHER,
    source=Source.PROPOSAL,
    reads=("decisions",),
)
def assets_unseen():
    """资产处置决策中没有监督人，或监督人就是决定人、执行人的占比。

    Value: 监督人为空、或与决定人或执行人相同的 ÷ 全部资产处置，按决策的周。
    Silent when: 该周没有资产处置。
    Misses: 处置价格是否公允；挂名监督。
    """
    made = dispositions()
    sold = made["kind"] == "asset"
    blind = made.supervisor.isin(("", made.decider, made.executor))
    return weekly(made, made.count(where=sold & blind), made.count(where=sold))
