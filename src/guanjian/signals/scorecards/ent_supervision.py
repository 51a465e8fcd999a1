"""S-ENT: whether enterprises are supervised by their credit at a house."""

from guanjian.kernel.words import Text
from guanjian.signals.scorecard import Part, Scorecard

SCORECARD = Scorecard(
    "S-ENT",
    Text("企业差别化监管", "Supervision of enterprises by credit"),
    about=Text(
        "同类海关之间比较企业差别化监管是否落实、风险企业是否聚集。得分低可能因为本地企业构成，不等于失职。权重为建议值，须经批准。",
        "Compares whether enterprises are supervised by their credit and whether risky ones gather. A low score may come"
        " from who trades there. Weights are a proposal.",
    ),
    parts=(
        Part("I-ENT-02", 3, Text("失信企业查得够不够", "dishonest enterprises are examined")),
        Part("I-ENT-03", 2, Text("认证企业名副其实", "certified enterprises deserve it")),
        Part("I-ENT-04", 2, Text("涉案关联企业是否聚集", "enterprises linked to cases do not gather")),
        Part("I-DEC-04", 2, Text("查获后是否换关漂移", "the caught do not move here")),
        Part("I-TAX-03", 1, Text("低价申报多不多", "low prices are rare")),
    ),
)
