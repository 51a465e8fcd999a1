"""What each of the seven gates must bring forth (domain §6.2)."""

from guanjian.kernel.needs import Need
from guanjian.kernel.rulemaking import CONTENT, MOVES, Form, Kind
from guanjian.kernel.words import Names, Text


class Hazard(Names):
    """What the integrity review looks for, each of them."""

    DISCRETION = "discretion", "自由裁量", "Discretion"
    INTEREST = "interest", "利益冲突", "Conflict of interest"
    CONCENTRATION = "concentration", "权力集中", "Concentration of power"
    UNWATCHED = "unwatched", "监督缺失", "Want of supervision"


class Exempt(Names):
    """Why the public is not asked."""

    SECRET = "secret", "涉及国家秘密或工作秘密", "Secret"
    EMERGENCY = "emergency", "应急处置，不能迟延", "Emergency"
    NO_OUTSIDER = "no_outsider", "只规范内部事务，不影响行政相对人", "Concerns nobody outside"


class Adopted(Names):
    """What became of an opinion."""

    YES = "yes", "采纳", "Adopted"
    PARTLY = "partly", "部分采纳", "Partly adopted"
    NO = "no", "不采纳", "Not adopted"


class Interest(Names):
    """What an expert declares."""

    NONE = "none", "无利害关系", "No interest"
    HAS = "has", "有利害关系", "Has an interest"


class Built(Names):
    """How a node is controlled."""

    SYSTEM = "system", "系统实现", "By the system"
    SEMI = "semi", "半系统实现", "Partly by the system"
    MANUAL = "manual", "人工实现", "By hand"
    NONE = "none", "未实现", "Not implemented"


class Flag(Names):
    """The four qualities of a node."""

    IN_SYSTEM = "in_system", "进系统", "In the system"
    SUPERVISABLE = "supervisable", "能监督", "Supervisable"
    LEAVES_TRACE = "leaves_trace", "留痕迹", "Leaves traces"
    TRACEABLE = "traceable", "可追溯", "Traceable"


class Grade(Names):
    """How much risk is left."""

    HIGH = "high", "高", "High"
    MEDIUM = "medium", "中", "Medium"
    LOW = "low", "低", "Low"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("审查意见", "Opinion"), "text", min_length=5)
OPENING = (
    Need("title", Text("名称", "Title")),
    Need("kind", Text("类别", "Kind"), "choice", Kind),
    Need("form", Text("形式", "Form"), "choice", Form),
    Need("necessity", Text("必要性和要解决的主要问题", "Why it is needed"), "text", min_length=10),
)
DRAFT = CONTENT
RESEARCH = (
    Need("report_no", Text("调研报告编号", "Number of the report")),
    Need("sampled", Text("调研的基层单位（每行一个）", "Units visited (one a line)"), "many"),
    Need("data", Text("数据依据", "Data relied on"), "text", min_length=10),
    Need("found", Text("调研结论", "What was found"), "text", min_length=10),
)
ANNOUNCEMENT = (
    Need("notice_no", Text("征求意见公告编号", "Number of the notice")),
    Need("channel", Text("公开渠道", "Where it is published")),
    Need("consult_until", Text("征求意见截止日", "Open until"), "date",
         help=Text("自今天起不少于30日。", "At least 30 days from today.")),
)  # fmt: skip
EXEMPTION = (
    Need("exempt", Text("不公开征求意见的情形", "Why the public is not asked"), "choice", Exempt),
    Need("exempt_reason", Text("具体理由", "In words"), "text", min_length=10),
)
CONSULTED = (
    Need("received", Text("收到意见数", "Opinions received"), "number"),
    Need("opinions", Text("意见汇总", "Opinions"), "rows", required=False, help=Text(
        "每行：意见 | 采纳情况 | 理由。采纳情况：采纳、部分采纳、不采纳。没有收到意见的不填。",
        "One a line: opinion | adopted | why. Nothing where none came in."), columns=(
        Need("said", Text("意见", "Opinion")),
        Need("adopted", Text("采纳情况", "Adopted"), "choice", Adopted),
        Need("why", Text("理由", "Why")))),
)  # fmt: skip
EXPERTS = (
    Need("experts", Text("专家意见", "Experts"), "rows", help=Text(
        "两名以上，每行：专家 | 单位 | 利害关系声明（无利害关系、有利害关系）| 意见。",
        "Two at least, one a line: expert | affiliation | interest | opinion."), columns=(
        Need("name", Text("专家", "Expert")),
        Need("home", Text("单位", "Affiliation")),
        Need("interest", Text("利害关系声明", "Interest"), "choice", Interest),
        Need("said", Text("意见", "Opinion")))),
    Need("heeded", Text("吸收情况", "How it was heeded"), "text", min_length=5),
)  # fmt: skip
INTEGRITY = (
    Need("hazards", Text("廉洁性风险点清单", "Hazards"), "rows", help=Text(
        "四类都要写，每行：类型 | 所在条款 | 防控措施。类型：自由裁量、利益冲突、权力集中、监督缺失。",
        "All four, one a line: kind | where | against it."), columns=(
        Need("kind", Text("类型", "Kind"), "choice", Hazard),
        Need("where", Text("所在条款（没有写“无”）", "Where (or “none”)")),
        Need("against", Text("防控措施", "Against it")))),
    OPINION,
)  # fmt: skip
LEGALITY = (
    Need("above", Text("与上位法一致性", "Consistent with the law above"), "text", min_length=5),
    Need("authority", Text("制定权限", "Authority"), "text", min_length=5),
    Need("procedure", Text("程序", "Procedure"), "text", min_length=5),
    OPINION,
)
CONTROL = (
    Need("nodes", Text("新增或变化的内控节点", "Nodes that are new or change"), "rows", required=False, help=Text(
        "每行：内控节点 | 实现方式 | 控制措施。实现方式：系统实现、半系统实现、人工实现、未实现。",
        "One a line: node | how | measure."), columns=(
        Need("node", Text("内控节点", "Control node")),
        Need("built", Text("实现方式", "How"), "choice", Built),
        Need("measure", Text("控制措施", "Measure")))),
    MOVES,
    Need("nothing_moves", Text("不涉及权力调整", "No power moves"), "yes", required=False),
    Need("flags", Text("已落实的四性", "Qualities that hold"), "many", Flag),
    Need("residual", Text("残余风险", "Risk that is left"), "choice", Grade),
    OPINION,
)  # fmt: skip
MEETING = (
    Need("meeting", Text("会议名称和纪要编号", "Meeting and its minutes")),
    Need("entitled", Text("应到会成员数", "Members"), "number"),
    Need("attended", Text("出席人员（每行一人）", "Present (one a line)"), "many"),
    Need("votes_for", Text("赞成票", "For"), "number"),
    Need("votes_against", Text("反对票", "Against"), "number"),
    Need("votes_withheld", Text("弃权票", "Abstained"), "number"),
    Need("dissent", Text("不同意见", "Dissent"), "text", required=False),
    Need("resolution", Text("决定事项", "Resolution"), "text", min_length=5),
)
RETURNED = (
    REASON,
    Need("substantial", Text("须作实质性修改（重新征求意见）", "Substantial change (the public is asked again)"), "yes",
         required=False),
)  # fmt: skip
REVISION = (*DRAFT, Need("changed", Text("修改说明", "What was changed"), "text", min_length=5))
