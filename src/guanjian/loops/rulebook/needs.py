"""What is asked for when a rule is published, taken over, evaluated and repealed."""

from guanjian.kernel.needs import Need
from guanjian.kernel.rulemaking import CONTENT, MOVES, Form
from guanjian.kernel.words import Names, Text


class Grade(Names):
    """How a rule does in practice."""

    GOOD = "good", "执行良好", "Followed"
    FAIR = "fair", "基本执行", "Mostly followed"
    POOR = "poor", "执行不力", "Not followed"


class Fate(Names):
    """What becomes of something that cites a rule when the rule is repealed."""

    STOPS = "stops", "随制度停用", "Stops with it"
    CITES_ANOTHER = "cites_another", "改引其他制度", "Cites another rule"
    STAYS = "stays", "依上位法保留", "Stays, the law above demands it"


class Cited(Names):
    """What may cite a rule."""

    CONTROL = "control", "控制", "Control"
    THRESHOLD = "threshold", "参数", "Dated parameter"
    TRAINING = "training", "培训", "Training"
    RULE = "rule", "制度", "Rule"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
ORDER_NO = Need("order_no", Text("公布文号", "Number of the document"))
PROMULGATION = (
    ORDER_NO,
    Need("in_force_on", Text("施行日期", "In force from"), "date"),
    Need("sooner", Text("提前施行的理由（规章公布不满30日施行时）", "Why sooner (a regulation within 30 days)"), "text",
         required=False),
)  # fmt: skip
CHECKED = Need("seen", Text("核对所见（原件、文号、现行有效）", "What was seen of the original"), "text", min_length=5)
PERIOD = (
    Need("from_day", Text("考评期起", "Period from"), "date"),
    Need("until_day", Text("考评期止", "Period until"), "date"),
)
MEASURED = (
    Need("measured", Text("逐项控制检验结果", "Result of each control"), "rows", required=False, columns=(
        Need("control", Text("控制", "Control")),
        Need("tested", Text("检验数", "Tested"), "number"),
        Need("breached", Text("违反数", "In breach"), "number"),
        Need("untestable", Text("无法检验", "Not testable"), "number"))),
    Need("tested", Text("检验总数", "Tested"), "number"),
    Need("breached", Text("违反总数", "In breach"), "number"),
    Need("measured_note", Text("说明", "Note"), required=False),
)  # fmt: skip
EVALUATION = (
    Need("grade", Text("执行等次", "Grade"), "choice", Grade),
    Need("difficulties", Text("基层困难反馈", "What the base says is difficult"), "text", min_length=2),
    Need("loopholes", Text("发现制度漏洞数", "Loopholes found"), "number"),
    Need("opinion", Text("考评意见", "Evaluation"), "text", min_length=10),
)
REPEAL = (
    ORDER_NO,
    Need("repealed_on", Text("失效日期", "Repealed from"), "date"),
    Need("fates", Text("引用项的去向", "What becomes of each citation"), "rows", required=False, help=Text(
        "页面“引用”所列逐项写，每行：引用项 | 处理 | 改引何制度（可空）。处理：随制度停用、改引其他制度、依上位法保留。",
        "Each one listed under “Citations”, one a line: citation | what becomes of it | cites instead."), columns=(
        Need("cited", Text("引用项", "Citation")),
        Need("fate", Text("处理", "What becomes of it"), "choice", Fate),
        Need("to", Text("改引的制度或依据（可空）", "Cites instead (may be empty)"), required=False))),
)  # fmt: skip
ADOPTED = (*CONTENT, MOVES, Need("source", Text("来源", "Source")))
OPENING = (
    Need("title", Text("制度名称", "Title")),
    Need("number", Text("文号", "Number")),
    Need("form", Text("形式", "Form"), "choice", Form),
    Need("in_force_on", Text("施行日期（须早于本系统启用）", "In force since (before this office began)"), "date"),
    *CONTENT,
)
