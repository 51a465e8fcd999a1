"""The step table of 督办 (domain §4.6; model: 政府督查工作条例 2021): overdue, twice overdue, three times overdue."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit
from guanjian.org.posts import Post

SOURCE = "默认参数（督办），待本单位核定 · proposed default; 条例第十七条: 异议三十日内"


class S(Names):
    """The states of an urging."""

    ISSUED = "issued", "待答复", "Answer due"
    PROPOSED = "proposed", "问责建议待决定", "Proposal to be decided"
    ANSWERED = "answered", "待办结核对", "To be checked"
    OBJECTED = "objected", "异议复核中", "Objection under review"
    CLOSED = "closed", "办结", "Closed"
    LIFTED = "lifted", "已办理，自动解除", "Done: lifted"


class Kind(Names):
    """How often the same matter has been overdue: one red urges, two call in, three propose accountability."""

    URGE = "urge", "催办", "Urge"
    INTERVIEW = "interview", "约谈", "Interview"
    ACCOUNTABILITY = "accountability", "问责建议", "Accountability proposal"


class Ruling(Names):
    """What comes of a proposal (B6: dereliction is pursued, due diligence is exempt)."""

    PURSUED = "pursued", "问责", "Held to account"
    EXEMPT = "exempt", "尽职免责", "Exempt: due diligence"


def kind_after(reds: int) -> Kind:
    """The kind for a matter that was urged `reds` times before."""
    return list(Kind)[min(reds, 2)]


def _only(*kinds: Kind):
    def bar(record) -> Text | None:
        if record.kind in kinds:
            return None
        names = [kind.label for kind in kinds]
        return Text("此步只用于{kinds}。", "This step is for: {kinds}.").filled(
            kinds=Text("、".join(n.zh for n in names), ", ".join(n.en for n in names))
        )

    return bar


def _ahead(record, facts) -> Text | None:
    if date.fromisoformat(facts["finish_by"]) <= datetime.now(CHINA).date():
        return Text("承诺的期限须在今天之后。", "The promised date must lie in the future.")
    return None


HEADS = (Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.POLICE_LEADER, Post.LEADER)
CHECKERS = (Post.FUNCTION, Post.OVERSIGHT)
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
FINISH_BY = Need("finish_by", Text("承诺完成日期", "Promised date"), "date")

FLOW = Flow(
    "urge",
    Text("督办", "Urgings"),
    S.ISSUED,
    (S.CLOSED, S.LIFTED),
    steps=(
        Step("answer", Text("答复催办", "Answer"), (S.ISSUED,), S.ANSWERED, by=HEADS, bar=_only(Kind.URGE),
             needs=(Need("why_late", Text("逾期原因", "Why it is late"), "text", min_length=5), FINISH_BY),
             rule=_ahead, weight="main"),
        Step("interview", Text("约谈并记录", "Hold and record the interview"), (S.ISSUED,), S.ANSWERED,
             by=(Post.LEADER, Post.OVERSIGHT), bar=_only(Kind.INTERVIEW),
             needs=(Need("present", Text("参加人（每行一人）", "Present (one a line)"), "many"),
                    Need("talk", Text("约谈记录", "Record of the talk"), "text", min_length=10), FINISH_BY),
             rule=_ahead, weight="main"),
        Step("propose", Text("提出问责建议", "Propose accountability"), (S.ISSUED,), S.PROPOSED,
             by=(Post.OVERSIGHT,), bar=_only(Kind.ACCOUNTABILITY),
             needs=(Need("dereliction", Text("失职事实", "The dereliction"), "text", min_length=10),
                    Need("diligence", Text("尽职情形（有无免责事由）", "Due diligence shown, if any"), "text", min_length=2)),
             weight="main"),
        Step("decide", Text("决定", "Decide"), (S.PROPOSED,), S.ANSWERED, by=(Post.LEADER,), signs=True,
             needs=(Need("ruling", Text("决定", "Ruling"), "choice", Ruling), REASON),
             apart_from=("propose",), weight="grave"),
        Step("object", Text("提出异议", "Object"), (S.ISSUED, S.ANSWERED), S.OBJECTED, by=HEADS, needs=(REASON,)),
        Step("uphold", Text("维持督办", "Uphold"), (S.OBJECTED,), S.ISSUED, by=CHECKERS, needs=(REASON,),
             apart_from=("interview", "propose"), weight="main"),
        Step("withdraw", Text("异议成立，撤销督办", "Withdraw: the objection holds"), (S.OBJECTED,), S.CLOSED,
             by=CHECKERS, needs=(REASON,), apart_from=("interview", "propose")),
        Step("close", Text("核对办结", "Check and close"), (S.ANSWERED,), S.CLOSED, by=CHECKERS,
             needs=(Need("seen", Text("核对情况", "What was checked"), "text", min_length=5),),
             apart_from=("answer", "interview", "decide"), weight="main"),
        Step("lift", Text("事项已办理，解除", "The matter moved on: lift"), (S.ISSUED, S.OBJECTED), S.LIFTED,
             by=(Post.SYSTEM,)),
    ),
    waits=(
        Wait(S.ISSUED, Limit(2, "wd", SOURCE, "limit.urge.issued")),
        Wait(S.PROPOSED, Limit(10, "wd", SOURCE, "limit.urge.proposed")),
        Wait(S.ANSWERED, Limit(10, "wd", SOURCE, "limit.urge.answered")),
        Wait(S.OBJECTED, Limit(30, "cd", SOURCE, "limit.urge.objected")),
    ),
    readers=(Post.RISK,),
)  # fmt: skip
