"""What an addressed unit is asked for, by the kind of what was sent to it."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Kind(Names):
    """What the unit was sent."""

    PROMPT = "prompt", "风险提示", "Risk prompt"
    NOTICE = "notice", "案件通报", "Case notice"
    SWEEP = "sweep", "专项排查", "Sweep"
    CONVERSION = "conversion", "成果转化要求", "Demand of a conversion"
    OPERATION = "operation", "专项行动任务", "Task of an operation"
    SUPPORT = "support", "办案支持请求", "Request of a case"


class Checked(Names):
    """What a self-check found."""

    NONE = "none", "未发现问题", "No problem"
    FOUND = "found", "发现问题", "A problem"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
PROOF = Need("proof", Text("佐证材料（文号、编号，每行一条）", "Evidence (one reference a line)"), "many")
SELF_CHECK = (
    Need("checked", Text("自查情况", "What was checked and how"), "text", min_length=10),
    Need("result", Text("自查结果", "Result"), "choice", Checked),
    Need("problem", Text("发现的问题", "The problem"), "text", required=False),
    PROOF,
)
LINES = (
    Need("answers", Text("逐项答复（每行一项，依次写“是”或“否：说明”）", "Line by line: “yes”, or “no: what is wrong”"), "many"),
    PROOF,
)  # fmt: skip
MADE = (
    Need("made", Text("转化情况", "What was made of it"), "text", min_length=10),
    Need("reference", Text("制度、节点、课程或台账编号", "Number of the rule, control, course or risk")),
    Need("in_use_since", Text("启用日期", "In use since"), "date"),
)
RESULT = (
    Need("examined", Text("查验（核查）数", "Examined"), "number"),
    Need("finds", Text("查获数", "Finds"), "number"),
    Need("cases", Text("移交立案数", "Cases"), "number"),
    Need("value_cny", Text("查获案值（元）", "Value found (CNY)"), "money"),
    Need("summary", Text("行动情况", "What was done"), "text", min_length=10),
)
ADVICE = (
    Need("advice", Text("专业意见", "Professional opinion"), "text", min_length=10),
    Need("basis", Text("依据（文号、单证、样本，每行一条）", "Grounds (one a line)"), "many"),
)
