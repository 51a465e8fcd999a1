"""S-CAS: how well a bureau handles cases and gives back what they teach."""

from guanjian.kernel.words import Text
from guanjian.signals.scorecard import Part, Scorecard

SCORECARD = Scorecard(
    "S-CAS",
    Text("案件办理规范", "Handling of cases"),
    about=Text(
        "同类缉私局之间比较行政案件是否依法、及时办理，成果是否反馈前线。不比较案件多少。案件少，区间就宽。权重为建议值，须经批准。",
        "Compares whether bureaux decide lawfully and in time and name the loopholes. It does not compare volumes; with"
        " few cases the interval is wide. Weights are a proposal.",
    ),
    parts=(
        Part("I-CAS-01", 3, Text("是否按期决定", "decided in time")),
        Part("I-CAS-03", 3, Text("有没有以罚代刑", "crimes are not fined away")),
        Part("I-CAS-04", 2, Text("是否经法制审核", "reviewed by legal affairs")),
        Part("I-CAS-07", 2, Text("是否经他人审批", "approved by another")),
        Part("I-CAS-08", 2, Text("是否二人办案", "handled by two")),
        Part("I-CAS-09", 2, Text("漏洞有没有指明", "the loophole is named")),
    ),
    least=5.0,
)
