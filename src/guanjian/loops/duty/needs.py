"""What a list of duties says, what the trace shows of it, what the person says himself, and how it is judged."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Kind(Names):
    """What a leader does himself (domain §6.3: 履责清单)."""

    TALK = "talk", "谈话", "Talks"
    INSPECT = "inspect", "检查", "Inspections"
    CASES = "cases", "案件剖析", "Cases studied"
    RISK = "risk", "风险研判", "Risks judged"
    STATEMENT = "statement", "述责", "Statement on one's duties"


class Line(Names):
    """The two lines of one post."""

    BUSINESS = "business", "业务", "Business"
    INTEGRITY = "integrity", "廉政", "Integrity"


class Led(Names):
    """The posts that answer for others."""

    SECTION_CHIEF = "section_chief", "科长", "Section chief"
    HOUSE_LEADER = "house_leader", "隶属海关关领导", "Head of house"
    POLICE_LEADER = "police_leader", "缉私局领导", "Head of anti-smuggling bureau"
    FUNCTION = "function", "职能部门", "Functional department"
    LEADER = "leader", "关领导", "Customs leader"


class Grade(Names):
    """How the duties were carried."""

    GOOD = "good", "履责到位", "Carried"
    FAIR = "fair", "基本到位", "Mostly carried"
    POOR = "poor", "履责不力", "Not carried"


class Outcome(Names):
    """What comes of it (B6: finding problems oneself is encouraged, dereliction pursued, due diligence exempt)."""

    NONE = "none", "无", "Nothing further"
    COMMEND = "commend", "主动发现，予以鼓励", "Commended: found it himself"
    EXEMPT = "exempt", "尽职免责", "Exempt: due diligence"
    PROPOSE = "propose", "提出问责建议", "Accountability proposed"


class Fault(Names):
    """What the trace shows against the post."""

    OVERDUE = "overdue", "逾期被督办", "Overdue, urged"
    THREE_REDS = "three_reds", "同一事项三次亮红灯", "The same matter red three times"
    RECURRENCE = "recurrence", "问题复发", "A problem came back"
    SUPERVISION = "supervision", "疏于监管", "Supervision failed"


class Weight(Names):
    """Whether a fault alone calls for accountability."""

    GRAVE = "grave", "须追究或免责", "To be pursued or exempted"
    NOTED = "noted", "记录在案", "Noted"
    OWN = "own", "主动发现，不追究", "Found by the unit itself: not pursued"


PERIOD = (
    Need("period_from", Text("履责期起", "Period from"), "date"),
    Need("period_until", Text("履责期止", "Period until"), "date"),
)
ITEMS = Need("items", Text("履责清单（不填用默认清单）", "List of duties (empty: the default one)"), "rows", required=False,
             help=Text("每行：事项 | 条线 | 至少次数。事项：谈话、检查、案件剖析、风险研判、述责；条线：业务、廉政，两条线都要有。",
                       "One a line: kind | line | at least. Both lines, business and integrity, must be there."),
             columns=(Need("kind", Text("事项", "Kind"), "choice", Kind), Need("line", Text("条线", "Line"), "choice", Line),
                      Need("least", Text("至少次数", "At least"), "number")))  # fmt: skip
OPENING = (
    Need("unit_code", Text("单位代码", "Code of the unit")),
    Need("post", Text("岗位", "Post"), "choice", Led),
    Need("holder", Text("责任人工号", "Officer id of the person")),
    *PERIOD,
    ITEMS,
)
AT = Need("at", Text("时间", "When"))
KEY = Need("key", Text("事项编号", "Matter"))
TRACED = (
    Need("tallies", Text("逐项留痕次数", "How often each is in the trace"), "rows", required=False, columns=(
        Need("kind", Text("事项", "Kind"), "choice", Kind), Need("line", Text("条线", "Line"), "choice", Line),
        Need("least", Text("至少次数", "At least"), "number"), Need("found", Text("留痕次数", "Found"), "number"))),
    Need("evidence", Text("留痕", "Steps in the trace"), "rows", required=False, columns=(
        Need("kind", Text("事项", "Kind"), "choice", Kind), Need("line", Text("条线", "Line"), "choice", Line), KEY,
        Need("step", Text("步骤", "Step")), AT)),
    Need("credits", Text("主动发现", "Found by the unit itself"), "rows", required=False, columns=(KEY, AT)),
    Need("faults", Text("失职线索", "What speaks against"), "rows", required=False, columns=(
        Need("fault", Text("情形", "Fault"), "choice", Fault), KEY,
        Need("weight", Text("分量", "Weight"), "choice", Weight), AT)),
    Need("upto", Text("账本至第几条", "Ledger up to entry"), "number"),
    Need("traced_hash", Text("取证哈希", "Hash of the evidence")),
)  # fmt: skip
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
MISSED = Need("missed", Text("认为漏计的留痕（事项编号，每行一条）", "Matters that were not counted (one a line)"), "many",
              required=False, help=Text("只能写本人在履责期内办理过的事项，系统与账本核对，如 rectify/12。",
                                        "Only matters in which you took a step in the period: checked against the ledger."))  # fmt: skip
STATEMENT = (
    Need("business", Text("业务条线履责情况", "On the business line"), "text", min_length=10),
    Need("integrity", Text("廉政条线履责情况", "On the integrity line"), "text", min_length=10),
    Need("shortfall", Text("存在问题和未达到的说明", "What was not done, and why"), "text", min_length=2),
    MISSED,
)
ASSESSMENT = (
    Need("grade", Text("考评等次", "Grade"), "choice", Grade),
    Need("outcome", Text("结果运用", "What comes of it"), "choice", Outcome),
    Need(
        "diligence",
        Text("尽职情形（尽职免责时必填）", "Due diligence shown (needed to exempt)"),
        "text",
        required=False,
    ),
    Need("opinion", Text("考评意见", "Assessment"), "text", min_length=10),
)
OPINION = Need("second_opinion", Text("复核意见", "Opinion of the second person"), "text", min_length=5)
OBJECTION = (Need("grounds", Text("异议理由", "Grounds"), "text", min_length=5), MISSED)
ANSWER = Need("answer", Text("对异议的答复", "Answer to the objection"), "text", min_length=5)
