"""The step table of 承办答复: each addressed unit has a matter of its own; nobody accepts the answer of his own unit."""

from guanjian.kernel.flow import Flow, Step, Wait, graded
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.answer import rules
from guanjian.loops.answer.needs import ADVICE, LINES, MADE, OPINION, REASON, RESULT, SELF_CHECK, Kind
from guanjian.org.posts import Post

PROPOSED = "默认参数（承办答复），待本单位核定 · proposed default"


class S(Names):
    """The states of an answer."""

    SENT = "sent", "待签收", "Sent, to be acknowledged"
    WORKING = "working", "办理中", "Being worked"
    ANSWERED = "answered", "已答复待审核", "Answered, to be accepted"
    OBJECTED = "objected", "已提异议", "Objected to"
    CLOSED = "closed", "答复通过", "Accepted"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


UNIT = (Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.FUNCTION, Post.POLICE)
ISSUERS = (Post.RISK, Post.FUNCTION, Post.OVERSIGHT, Post.LEADER)
HEADS = (Post.HOUSE_LEADER, Post.LEADER, Post.POLICE_LEADER)
SENT_STATES = (S.SENT, S.WORKING)
ANSWERS = ("self_check", "answer_lines", "confirm_made", "report_result", "advise")


def _answer(name: str, title: Text, kinds: tuple[Kind, ...], needs: tuple[Need, ...], rule=None) -> Step:
    return Step(
        name, title, (S.WORKING,), S.ANSWERED, by=UNIT, needs=needs, bar=rules.only(*kinds), rule=rule, weight="main"
    )


UNIT_STEPS = (
    Step("acknowledge", Text("签收", "Acknowledge"), (S.SENT,), S.WORKING, by=UNIT,
         needs=(Need("responsible", Text("责任人", "Person responsible")),), weight="main"),
    _answer("self_check", Text("自查并答复", "Self-check and answer"), (Kind.PROMPT, Kind.NOTICE), SELF_CHECK,
            rules.problem_is_told),
    _answer("answer_lines", Text("逐项答复排查清单", "Answer line by line"), (Kind.SWEEP,), LINES, rules.every_line),
    _answer("confirm_made", Text("确认转化", "Confirm that it was made"), (Kind.CONVERSION,), MADE, rules.in_use),
    _answer("report_result", Text("报送战果", "Report results"), (Kind.OPERATION,), RESULT, rules.adds_up),
    _answer("advise", Text("出具专业意见", "Give a professional opinion"), (Kind.SUPPORT,), ADVICE),
    Step("object", Text("提出异议", "Object"), SENT_STATES, S.OBJECTED, by=HEADS, needs=(REASON,)),
)  # fmt: skip

ISSUER_STEPS = (
    Step("accept", Text("答复通过", "Accept the answer"), (S.ANSWERED,), S.CLOSED, by=ISSUERS, above=True, needs=(OPINION,),
         bar=rules.not_for(Kind.SUPPORT), apart_from=ANSWERS, weight="main"),
    Step("take_advice", Text("采用意见", "Take the opinion"), (S.ANSWERED,), S.CLOSED, by=(Post.POLICE,), above=True,
         needs=(OPINION,), bar=rules.only(Kind.SUPPORT), apart_from=ANSWERS, weight="main"),
    Step("send_back", Text("退回重办", "Send back"), (S.ANSWERED,), S.WORKING, by=(*ISSUERS, Post.POLICE), above=True,
         needs=(REASON,), apart_from=ANSWERS),
    Step("extend", Text("批准延期", "Extend"), (S.WORKING,), S.WORKING, by=ISSUERS, above=True, rule=rules.later,
         needs=(Need("answer_by", Text("答复期限", "Answer by"), "date"), REASON)),
    Step("urge", Text("催办", "Urge"), SENT_STATES, None, by=ISSUERS, above=True, bar=rules.overdue,
         needs=(Need("urged", Text("催办意见", "What is urged"), "text", min_length=2),)),
    Step("uphold", Text("异议不成立", "Overrule the objection"), (S.OBJECTED,), S.WORKING, by=ISSUERS, above=True,
         needs=(REASON,), apart_from=("object",)),
    Step("withdraw", Text("异议成立，撤回", "Withdraw it"), (S.OBJECTED,), S.WITHDRAWN, by=ISSUERS, above=True,
         needs=(REASON,), apart_from=("object",)),
)  # fmt: skip

FLOW = Flow(
    "answer",
    Text("承办答复", "Answers of addressed units"),
    S.SENT,
    (S.CLOSED, S.WITHDRAWN),
    steps=(*UNIT_STEPS, *ISSUER_STEPS),
    waits=(
        Wait(S.SENT, graded("limit.answer.sent", PROPOSED, red=(2, "h"), orange=(4, "h"), yellow=(1, "wd"), blue=(2, "wd"))),
        Wait(S.WORKING, Limit(3, "m", PROPOSED, "limit.answer.working"), until="answer_by"),
        Wait(S.ANSWERED, Limit(5, "wd", PROPOSED, "limit.answer.answered")),
        Wait(S.OBJECTED, Limit(5, "wd", PROPOSED, "limit.answer.objected")),
    ),
    readers=(Post.FRONTLINE,),
)  # fmt: skip
