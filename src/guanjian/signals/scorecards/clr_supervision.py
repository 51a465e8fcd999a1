"""S-CLR: how well clearance is supervised at a house."""

from guanjian.kernel.words import Text
from guanjian.signals.scorecard import Part, Scorecard

SCORECARD = Scorecard(
    "S-CLR",
    Text("通关监管规范", "Supervision of clearance"),
    about=Text(
        "同类海关之间比较通关环节的权力是否在系统里、按规矩行使。不评价快慢以外的服务质量。权重为建议值，须经业务主管部门批准。",
        "Compares whether power in clearance is exercised in the system and by the rules. Weights are a proposal.",
    ),
    parts=(
        Part("I-CLR-08", 3, Text("不相容岗位分开", "incompatible posts are kept apart")),
        Part("I-SEL-06", 3, Text("选中的是否查了", "what was selected is examined")),
        Part("I-SEL-07", 2, Text("人工干预多不多", "overrides are rare")),
        Part("I-GOV-06", 2, Text("权力在不在系统里", "power is exercised in the system")),
        Part("I-GOV-07", 2, Text("有没有倒签补录", "steps are recorded when they happen")),
        Part("I-CLR-02", 1, Text("有没有压单", "entries are not held back")),
        Part("I-CLR-05", 1, Text("删单多不多", "cancellations are rare")),
    ),
)
