"""S-GOV: how well a unit rectifies what was found."""

from guanjian.kernel.words import Text
from guanjian.signals.scorecard import Part, Scorecard

SCORECARD = Scorecard(
    "S-GOV",
    Text("整改与自查", "Rectification and finding oneself"),
    about=Text(
        "同类单位之间比较问题改得快不快、改得实不实、能不能自己发现问题。问题多不扣分，主动发现应予鼓励。权重为建议值，须经批准。",
        "Compares how soon and how well problems are rectified, and whether a unit finds them itself. Many problems are"
        " no fault. Weights are a proposal.",
    ),
    parts=(
        Part("I-GOV-02", 3, Text("有没有屡查屡犯", "problems do not come back")),
        Part("I-GOV-01", 2, Text("是否按期整改", "rectified in time")),
        Part("I-GOV-03", 2, Text("能否自己发现", "found by oneself")),
        Part("I-GOV-05", 1, Text("改得快不快", "rectified soon")),
    ),
    least=5.0,
)
