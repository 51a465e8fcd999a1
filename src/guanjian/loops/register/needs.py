"""What the owner of a risk says of it, what he undertakes, and what the weekly judgement tells."""

from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.risks import Answerable, Reach, Shape, Stage
from guanjian.kernel.words import Names, Text


class Factor(Names):
    """What the risk comes from: the four of source B."""

    MORALITY = "morality", "思想道德", "Morality"
    SYSTEM = "system", "制度机制", "System and rules"
    POWER = "power", "权力行使", "Exercise of power"
    ENVIRONMENT = "environment", "外部环境", "Environment"


class Grade(Names):
    """How grave the consequence is; the top grade is beyond the means of a unit."""

    ONE = "1", "1级（轻微）", "1 (slight)"
    TWO = "2", "2级（一般）", "2 (moderate)"
    THREE = "3", "3级（较重）", "3 (considerable)"
    FOUR = "4", "4级（严重）", "4 (grave)"
    FIVE = "5", "5级（超出自身处置能力）", "5 (beyond own means)"


class Residual(Names):
    """What is left of the risk after the measures."""

    LOW = "low", "低", "Low"
    MEDIUM = "medium", "中", "Medium"
    HIGH = "high", "高", "High"


def _counted(rows: list) -> Text:
    """In the trail a long table is its length: the page has it in full, the ledger too."""
    return Text("{n}项", "{n} rows").filled(n=len(rows))


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=10)
REVIEW_ON = Need("review_on", Text("评估日期", "To be reviewed on"), "date")
CLAIM = (
    Need("factor", Text("风险成因", "Factor"), "choice", Factor),
    Need("consequence", Text("后果等级", "Grade of the consequence"), "choice", Grade),
    Need("view", Text("对风险的认识", "How the owner sees it"), "text", required=False),
)
PLAN = (
    Need("measures", Text("防控措施", "Measures"), "rows", columns=(
        Need("what", Text("措施", "Measure")),
        Need("unit", Text("责任部门或单位", "Carried out by")),
        Need("by", Text("完成期限", "Done by"), "date"))),
    REVIEW_ON,
)  # fmt: skip
REVIEW = (
    Need("residual", Text("剩余风险", "Residual risk"), "choice", Residual),
    Need("opinion", Text("评估意见", "Opinion"), "text", min_length=10),
)
REASSIGNED = (
    Need("to_unit", Text("转交单位代码", "Code of the unit")),
    Need("owner_kind", Text("责任方", "Who answers"), "choice", Answerable),
    REASON,
    Need("reason_en", Text("理由（英文）", "Reasons, in English"), "text"),
)
WEEK = Need("week", Text("研判周", "Week of the judgement"))
COURSE = (
    WEEK,
    Need("stage", Text("阶段", "Stage"), required=False),
    Need("units", Text("涉及单位", "Units"), "text", required=False, max_length=20_000),
    Need("observed", Text("实有", "Observed")),
    Need("expected", Text("应有", "Expected")),
)
CHANGES = (
    WEEK,
    Need("what", Text("变化", "What changed")),
    Need("before", Text("此前", "Before"), required=False),
    Need("after", Text("此后", "After"), required=False),
    Need("evidence", Text("依据", "Evidence"), required=False),
)
JUDGED = (
    WEEK,
    Need("stage", Text("阶段", "Stage"), "choice", Stage),
    Need("reach", Text("范围", "Reach"), "choice", Reach),
    Need("shape", Text("形态", "Shape"), "choice", Shape),
    Need("level", Text("等级", "Level"), "choice", Level),
    Need("sentence", Text("研判结论", "What is said"), "text"),
    Need("sentence_en", Text("研判结论（英文）", "What is said, in English"), "text"),
    Need("units", Text("涉及单位", "Units"), "many", required=False, shown=_counted),
    Need("owner_said", Text("研判归属", "Owner by the rule"), required=False),
    Need("figures", Text("数据", "Figures"), "rows", required=False, shown=_counted, columns=(
        Need("name", Text("名称", "Name")), Need("value", Text("数值", "Value"), required=False))),
    Need("changes", Text("变化", "Changes"), "rows", required=False, shown=_counted, columns=CHANGES),
    Need("course", Text("逐周情况", "Week by week"), "rows", required=False, shown=_counted, columns=COURSE),
)  # fmt: skip
