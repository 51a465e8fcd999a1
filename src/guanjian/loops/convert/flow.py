"""The step table of 成果转化 (B4, domain §4.5): 当下改 and 长久立 both, each demand answered, verified in use."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Cause
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit
from guanjian.org.posts import Post

PROPOSED = "默认参数（成果转化），待本单位核定 · proposed default"


class S(Names):
    """The states of a conversion."""

    FOUND = "found", "待分析", "To be analysed"
    ANALYSED = "analysed", "已分析待转化", "Analysed, to be converted"
    DECIDED = "decided", "转化方案待批", "Measures to be approved"
    CONVERTING = "converting", "转化中", "Being converted"
    IN_USE = "in_use", "已转化待验证", "Converted, to be verified in use"
    CLOSED = "closed", "运用有效，办结", "Held in use"


class Source(Names):
    """Where the finding comes from."""

    INSPECTION = "inspection", "巡视巡察", "Inspection tour"
    AUDIT = "audit", "督察审计", "Audit"
    DISCIPLINE = "discipline", "纪检特派员监督", "Discipline commissioner"
    CASE_NOTICE = "case_notice", "案件通报", "Case notice"
    PETITION = "petition", "信访", "Petition"
    POLICE_FILES = "police_files", "缉私行政案卷评查", "Audit of the police's administrative files"


class Into(Names):
    """What a finding is converted into."""

    TASK = "task", "整改任务", "Task"
    RISK = "risk", "风险", "Risk"
    CONTROL = "control", "内控节点", "Control"
    RULE = "rule", "制度", "Rule"
    TRAINING = "training", "培训", "Training"


def for_both(record, facts) -> Text | None:
    """A task mends it now; only a risk, control, rule or training makes it last: both are demanded, each by a day ahead."""
    kinds, today = {row["into"] for row in facts["demands"]}, datetime.now(CHINA).date()
    if "task" not in kinds:
        return Text("“当下改”须至少有一项整改任务。", "“At once” needs at least one task.")
    if kinds == {"task"}:
        return Text(
            "“长久立”须至少转化为一项风险、内控、制度或培训。",
            "“For good” needs a risk, a control, a rule or a training.",
        )
    for row in facts["demands"]:
        if date.fromisoformat(row["by"]) <= today:
            return Text("“{what}”的期限须在今天之后。", "The date of “{what}” must lie ahead.").filled(what=row["what"])
    return None


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
ANALYSTS = (Post.FUNCTION, Post.OVERSIGHT)
HEADS = (Post.LEADER,)
MEASURES = (
    Need("at_once", Text("当下改", "Mended at once"), "text", min_length=5),
    Need("for_good", Text("长久立", "Made to last"), "text", min_length=5),
    Need("demands", Text("转化要求", "Demands"), "rows", columns=(
        Need("into", Text("转化为", "Into"), "choice", Into),
        Need("unit", Text("责任单位代码", "Unit code")),
        Need("what", Text("要求", "What")),
        Need("by", Text("期限", "By"), "date"))),
)  # fmt: skip

FLOW = Flow(
    "convert",
    Text("成果转化", "Conversion of results"),
    S.FOUND,
    (S.CLOSED,),
    steps=(
        Step("analyse", Text("分析成因", "Analyse the cause"), (S.FOUND,), S.ANALYSED, by=ANALYSTS, weight="main", needs=(
            Need("cause", Text("成因", "Kind of cause"), "choice", Cause),
            Need("cause_text", Text("成因分析", "Analysis"), "text", min_length=10),
            Need("alike", Text("同类问题可能存在的单位或环节", "Where else it may be"), "text", min_length=2))),
        Step("decide", Text("提出转化方案", "Propose measures"), (S.ANALYSED,), S.DECIDED, by=ANALYSTS, needs=MEASURES, rule=for_both,
             weight="main"),
        Step("approve", Text("批准转化方案", "Approve"), (S.DECIDED,), S.CONVERTING, by=HEADS, needs=(OPINION,), signs=True,
             apart_from=("decide",), weight="main"),
        Step("send_back", Text("退回重拟", "Send back"), (S.DECIDED,), S.ANALYSED, by=HEADS, needs=(REASON,), apart_from=("decide",)),
        Step("complete", Text("转化要求全部落实", "Every demand is met"), (S.CONVERTING,), S.IN_USE, by=(Post.SYSTEM,)),
        Step("take_back", Text("整改未通过回头看，重新落实", "A task came back: to be met again"), (S.IN_USE,), S.CONVERTING,
             by=(Post.SYSTEM,), needs=(REASON,)),
        Step("verify", Text("验证运用有效", "Verified in use"), (S.IN_USE,), S.CLOSED, by=(Post.OVERSIGHT,), weight="main",
             needs=(Need("seen", Text("验证所见", "What was seen"), "text", min_length=10),), apart_from=("analyse", "decide")),
        Step("fail", Text("运用无效，重新转化", "Does not work: convert anew"), (S.IN_USE,), S.ANALYSED, by=(Post.OVERSIGHT,),
             needs=(REASON,), apart_from=("analyse", "decide")),
    ),
    waits=(
        Wait(S.FOUND, Limit(10, "wd", PROPOSED, "limit.convert.found")),
        Wait(S.ANALYSED, Limit(10, "wd", PROPOSED, "limit.convert.analysed")),
        Wait(S.DECIDED, Limit(5, "wd", PROPOSED, "limit.convert.decided")),
        Wait(S.CONVERTING, Limit(6, "m", PROPOSED, "limit.convert.converting")),
        Wait(S.IN_USE, Limit(3, "m", PROPOSED, "limit.convert.in_use")),
    ),
    opens=ANALYSTS,
    opening=(
        Need("title", Text("发现的问题", "Finding")),
        Need("source", Text("来源", "Source"), "choice", Source),
        Need("document", Text("报告或文书编号", "Number of the report")),
        Need("finding", Text("问题描述", "What was found"), "text", min_length=10),
        Need("about_unit", Text("涉及单位代码", "Code of the unit concerned")),
    ),
)  # fmt: skip
