"""What is asked of an indicator: the formula with its dated parameters, and what a measurement tells back."""

from __future__ import annotations

from guanjian.customs.codes import codes
from guanjian.customs.formula.indicator import Period
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text

Line = Names(
    "Line", [(code.replace("-", "_"), (code, one.text.zh, one.text.en)) for code, one in codes("lines").items()]
)

FORMULA_HELP = Text(
    "写作 算子(特征, …, 阈值)，特征写作 维度-对象-特征，可加 [条件] 和 @上期、@去年同期、@前3期、@同类。"
    "例：AND(CMP(事-企业-查验批次[查验方式=彻底查验], 20), CMP(事-企业-查获率, <1%))",
    "OPERATOR(feature, …, cut); a feature is dimension-object-feature, with [conditions] and a moment after @; "
    "every word is listed under “Words of indicators”.",
)
PARAMETER_HELP = Text(
    "公式中用名字代替的数值，每行一项：名称|数值|自何日起。同一名称可有几行，先后生效。没有则留空。",
    "Numbers that the formula names, one a line: name|value|from which day. Leave empty where there are none.",
)
PARAMETERS = Need("parameters", Text("参数", "Parameters"), "rows", required=False, help=PARAMETER_HELP, columns=(
    Need("name", Text("名称", "Name")),
    Need("value", Text("数值", "Value")),
    Need("since", Text("自何日起", "From"), "date")))  # fmt: skip
FORMULA = (
    Need("formula", Text("公式", "Formula"), "text", help=FORMULA_HELP, max_length=2000),
    Need("period", Text("统计周期", "Measured"), "choice", Period),
    PARAMETERS,
)
ADOPTS = Need(
    "adopts",
    Text("沿用的共享指标编号", "Shared indicator that it adopts"),
    required=False,
    help=Text(
        "填写目录中的编号，如 indicator/12；公式须与其一致。",
        "Its number in the catalogue; the formula must be the same.",
    ),
)
OPENING = (
    Need("title", Text("指标名称", "Name")),
    *FORMULA,
    Need("level", Text("预警等级", "Level of its alerts"), "choice", Level),
    Need("line_code", Text("业务条线", "Business line"), "choice", Line),
    Need("owner", Text("责任部门", "Department that answers for it")),
    Need("legal_basis", Text("依据（法规、文号或研究）", "Legal basis"), "text", min_length=4),
    Need("meaning", Text("要发现什么问题", "What it is to find"), "text", min_length=5),
    ADOPTS,
)
SPAN = (
    Need("test_from", Text("自何日", "From"), "date"),
    Need("test_until", Text("至何日", "Until"), "date"),
)
COUNT = {
    "looked": Text("看过的对象期数", "Objects and periods looked at"),
    "flagged": Text("命中", "Flagged"),
    "unclear": Text("不可判定", "Not decidable"),
    "objects": Text("命中的对象数", "Different objects flagged"),
    "confirmed": Text("命中且已查实", "Flagged and confirmed"),
    "refuted": Text("命中但已排除", "Flagged and ruled out"),
    "confirmed_in_all": Text("全部已查实", "Confirmed in all"),
}
RESULT = (
    *(Need(name, label, "number") for name, label in COUNT.items()),
    Need("a_month", Text("平均每月命中", "Flagged a month")),
    Need("spread", Text("关区分布", "Spread over districts"), "rows", required=False, columns=(
        Need("unit", Text("关区", "District"), required=False), Need("count", Text("命中", "Flagged"), "number"))),
    Need("examples", Text("最突出的对象", "The strongest"), "many", required=False),
    Need("fingerprint", Text("公式指纹", "Fingerprint of the formula")),
    Need("lake", Text("数据指纹", "Fingerprint of the data")),
)  # fmt: skip
