"""S-EXM: how well a house examines."""

from guanjian.kernel.words import Text
from guanjian.signals.scorecard import Part, Scorecard

SCORECARD = Scorecard(
    "S-EXM",
    Text("查验质量", "Quality of examination"),
    about=Text(
        "同类海关之间比较查验做得怎么样。数量指标（查获率）配有质量指标（删改占比、是否走过场），以防只追查获数；查什么由布控决定，"
        "得分低先看布控，再看查验。权重为建议值，须经业务主管部门批准。",
        "Compares how houses of one peer group examine. The find rate is paired with what its finds are worth; what is"
        " examined is decided by selection, so look there first. Weights are a proposal to be approved.",
    ),
    parts=(
        Part("I-EXM-02", 3, Text("有没有查到东西", "whether anything is found")),
        Part("I-EXM-05", 2, Text("查获是不是凑数", "whether finds are trifles")),
        Part("I-EXM-09", 2, Text("是否按要求的方式查", "whether the required mode is kept")),
        Part("I-EXM-10", 2, Text("是否二人作业", "whether two persons examine")),
        Part("I-EXM-08", 2, Text("是否走过场", "whether it takes its time")),
        Part("I-EXM-13", 1, Text("工作量是否失衡", "whether work piles up on single days")),
        Part("I-CLR-06", 1, Text("是否先放后查", "whether entries are released first")),
    ),
)
