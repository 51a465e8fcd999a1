"""The step table of 情报需求与产品 (A3): what is asked, what is told, what it was worth; the source stays with the police."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.org.posts import Post

PROPOSED = "默认参数（情报），待本单位核定 · proposed default"
POLICE = (Post.POLICE, Post.POLICE_LEADER, Post.POLICE_LEGAL)


class S(Names):
    """The states of a request."""

    REQUESTED = "requested", "待提供", "Requested"
    PRODUCED = "produced", "待运用", "Product given, to be used"
    DECLINED = "declined", "不予运用待确认", "Declined, to be accepted"
    USED = "used", "运用中", "In use"
    CLOSED = "closed", "已评价", "Valued"
    UNANSWERED = "unanswered", "无情报", "No intelligence"


class Reliability(Names):
    """How far the product may be relied on."""

    PROVED = "proved", "已印证", "Confirmed elsewhere"
    LIKELY = "likely", "较可靠", "Likely"
    SINGLE = "single", "单一来源未印证", "One source, not confirmed"


class Target(Names):
    """What the product is about; as in instructions."""

    ENTRY = "entry", "报关单", "Declaration"
    ENTERPRISE = "enterprise", "企业", "Enterprise"
    HS_CODE = "hs_code", "商品编号", "HS code"


class Value(Names):
    """What it was worth in the end."""

    FIND = "find", "据此查获", "Led to a find"
    USEFUL = "useful", "有参考价值", "Useful"
    NONE = "none", "无价值", "Of no use"


def names_no_source(record, facts) -> Text | None:
    """What goes to customs does not repeat the source."""
    if facts["source"] in facts["product"]:
        return Text("情报产品中不得写出来源。", "The product must not contain its source.")
    return None


def first_time(record) -> Text | None:
    """The police insist once; then the refusal stands."""
    return Text("已坚持过一次。", "It was insisted on once.") if "insist" in record.hands else None


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
RISK = (Post.RISK,)
GIVEN = (
    Need("product", Text("情报产品", "Product"), "text", min_length=10),
    Need("reliability", Text("可靠程度", "Reliability"), "choice", Reliability),
    Need("target_type", Text("对象类型", "Kind of target"), "choice", Target),
    Need("target_id", Text("对象编号", "Number of the target")),
    Need("source", Text("来源（仅缉私可见）", "Source (police only)"), "text", min_length=2, only=POLICE),
)

FLOW = Flow(
    "intelligence",
    Text("情报需求与产品", "Intelligence"),
    S.REQUESTED,
    (S.CLOSED, S.UNANSWERED),
    steps=(
        Step("provide", Text("提供情报产品", "Provide"), (S.REQUESTED,), S.PRODUCED, by=(Post.POLICE,), needs=GIVEN,
             rule=names_no_source, weight="main"),
        Step("have_none", Text("答复无情报", "Answer that there is none"), (S.REQUESTED,), S.UNANSWERED,
             by=(Post.POLICE_LEADER,), needs=(REASON,)),
        Step("instruct", Text("据此布控", "Turn into an instruction"), (S.PRODUCED,), S.USED, by=RISK, weight="main", needs=(
            Need("receiving_unit", Text("接收单位代码", "Code of the receiving unit")),
            Need("demand", Text("布控要求", "What to look for"), "text", min_length=5))),
        Step("decline", Text("不予运用", "Decline to use it"), (S.PRODUCED,), S.DECLINED, by=RISK, needs=(REASON,)),
        Step("accept", Text("接受不予运用", "Accept the refusal"), (S.DECLINED,), S.CLOSED, by=(Post.POLICE_LEADER,),
             needs=(Need("opinion", Text("意见", "Opinion"), "text", min_length=2),), sets={"value": "none"}),
        Step("insist", Text("坚持运用建议", "Insist"), (S.DECLINED,), S.PRODUCED, by=(Post.POLICE_LEADER,), needs=(REASON,),
             bar=first_time),
        Step("learn", Text("布控结果", "What the instruction brought"), (S.USED,), None, by=(Post.SYSTEM,), needs=(
            Need("hits", Text("命中次数", "Hits"), "number"), Need("finds", Text("查获次数", "Finds"), "number"))),
        Step("value", Text("价值评价反馈", "Say what it was worth"), (S.USED,), S.CLOSED, by=RISK, weight="main", needs=(
            Need("value", Text("价值", "Value"), "choice", Value),
            Need("opinion", Text("说明", "Remarks"), "text", min_length=5))),
    ),
    waits=(
        Wait(S.REQUESTED, Limit(5, "wd", PROPOSED, "limit.intelligence.requested")),
        Wait(S.PRODUCED, Limit(24, "h", PROPOSED, "limit.intelligence.produced")),
        Wait(S.DECLINED, Limit(2, "wd", PROPOSED, "limit.intelligence.declined")),
        Wait(S.USED, Limit(7, "m", PROPOSED, "limit.intelligence.used")),
    ),
    readers=(Post.LEADER, Post.OVERSIGHT, Post.FUNCTION, Post.POLICE_LEGAL),
    opens=(Post.RISK, Post.FUNCTION),
    opening=(
        Need("title", Text("情报需求", "What is asked")),
        Need("question", Text("需求说明", "The question"), "text", min_length=5),
    ),
)  # fmt: skip
