"""What the steps of a discipline matter ask for, and the periods that the law fixes (domain §3.7)."""

from guanjian.kernel.handling import Mode, Way
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Source(Names):
    """Where it came from."""

    REPORT = "report", "单位报告", "A unit's report"
    HOTLINE = "hotline", "匿名举报", "An anonymous report"
    INQUIRY = "inquiry", "一案双查移送", "A double inquiry"
    OVERSIGHT = "oversight", "双向监督移送", "Two-way supervision"


class Sanction(Names):
    """政务处分六种 (政务处分法 art. 7)."""

    WARNING = "warning", "警告", "Warning"
    DEMERIT = "demerit", "记过", "Demerit"
    MAJOR_DEMERIT = "major_demerit", "记大过", "Major demerit"
    DEMOTION = "demotion", "降级", "Demotion"
    REMOVAL = "removal", "撤职", "Removal from post"
    DISMISSAL = "dismissal", "开除", "Dismissal"


class Party(Names):
    """党纪处分."""

    WARNING = "warning", "警告", "Warning"
    SERIOUS_WARNING = "serious_warning", "严重警告", "Serious warning"
    REMOVAL = "removal", "撤销党内职务", "Removal from party posts"
    PROBATION_1 = "probation_1", "留党察看一年", "One year of probation"
    PROBATION_2 = "probation_2", "留党察看二年", "Two years of probation"
    EXPULSION = "expulsion", "开除党籍", "Expulsion"


class Lighter(Names):
    """What may stand in place of a sanction."""

    REMINDED = "reminded", "谈话提醒", "Reminder"
    ADMONISHED = "admonished", "诫勉谈话", "Admonition"
    CRITICISED = "criticised", "责令检查、批评教育", "Self-criticism"
    ORGANISED = "organised", "组织处理", "Organisational measure"
    CLEARED = "cleared", "了结澄清", "Cleared"


PERIOD_MONTHS = {  # 政务处分法 art. 8; dismissal has none
    Sanction.WARNING: 6,
    Sanction.DEMERIT: 12,
    Sanction.MAJOR_DEMERIT: 18,
    Sanction.DEMOTION: 24,
    Sanction.REMOVAL: 24,
}
PROBATION_MONTHS = {Party.PROBATION_1: 12, Party.PROBATION_2: 24}


def _text(name: str, zh: str, en: str, least: int = 10) -> Need:
    return Need(name, Text(zh, en), "text", min_length=least)


REASON = _text("reason", "理由", "Reasons")
OPINION = _text("opinion", "意见", "Opinion", 5)
UNTIL = Need("by_date", Text("办理期限", "To be done by"), "date")
REPORT = (
    Need("title", Text("问题名称", "Name of the matter")),
    Need(
        "unit", Text("所在单位代码", "Code of the unit"), required=False, help=Text("不填为本单位", "empty: your own")
    ),
    Need("officer_id", Text("涉及人员工号", "Officer number"), required=False),
    _text("told", "反映的问题", "What is reported"),
)
FILING = (
    Need("filing_no", Text("报备文号", "Filing number")),
    Need("filed_with", Text("报备机关", "Filed with")),
    _text("filed", "报备内容", "What was filed"),
)
PROPOSAL = (
    Need("mode", Text("处置方式", "Mode"), "choice", Mode),
    Need("way", Text("办理方式", "Way"), "choice", Way),
    REASON,
)
CASE_REPORT = (
    _text("established", "审查认定的事实", "What was established"),
    Need("heard", Text("已听取本人陈述申辩", "The person was heard"), "yes"),
)
DECISION = (
    Need("sanction", Text("政务处分", "Sanction"), "choice", Sanction),
    Need("party_sanction", Text("党纪处分", "Party sanction"), "choice", Party, required=False),
    Need("decision_no", Text("处分决定文号", "Number of the decision")),
    _text("basis", "法律依据", "Legal basis", 5),
)
LIGHTER = (Need("lighter", Text("处理方式", "Measure"), "choice", Lighter), REASON)
EXECUTION = (
    Need("effective_on", Text("处分生效日期", "In effect from"), "date"),
    Need("delivered", Text("已宣布并送达本人", "Announced and delivered"), "yes"),
)
MESSAGE = Need("message", Text("内容", "Message"), "text", min_length=2)
