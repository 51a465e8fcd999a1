"""The step table of 风险台账 (source B; domain §4.3 F, §6.3): every risk that spreads has an owner, dated measures and an end."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.register import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（风险台账），待本单位核定 · proposed default"


class S(Names):
    """The states of a registered risk."""

    OPENED = "opened", "待认领", "To be taken on"
    DISPUTED = "disputed", "有异议待裁定", "Disputed, to be ruled"
    TAKEN = "taken", "已认领待定措施", "Taken on, to be planned"
    TREATING = "treating", "落实措施中", "Being treated"
    REVIEWED = "reviewed", "已评估待销账", "Reviewed, to be closed"
    ACCEPTED = "accepted", "接受剩余风险", "Residual risk accepted"
    CLOSED = "closed", "销账", "Closed"
    REFUTED = "refuted", "误报", "False alarm"
    PASSED_ON = "passed_on", "已转办", "Passed on"


OWNERS = (Post.FUNCTION, Post.LEADER, Post.HOUSE_LEADER)
ANALYST, HEAD, BY_ITSELF = (Post.RISK,), (Post.LEADER,), (Post.SYSTEM,)
OPEN = (S.OPENED, S.DISPUTED, S.TAKEN, S.TREATING, S.REVIEWED, S.ACCEPTED)

OWNING = (
    Step("take_on", Text("认领", "Take it on"), (S.OPENED,), S.TAKEN, by=OWNERS, own=True, needs=needs.CLAIM, rule=rules.within_means,
         weight="main"),
    Step("hand_up", Text("上交总署", "Hand it up to headquarters"), (S.OPENED, S.TAKEN, S.TREATING), S.PASSED_ON, by=OWNERS, own=True,
         needs=(needs.REASON,), bar=rules.is_below, weight="grave",
         help=Text("后果超出本单位处置能力的，立即上交。", "At once when the consequence is beyond own means.")),
    Step("dispute", Text("对归属提出异议", "Dispute whose it is"), (S.OPENED,), S.DISPUTED, by=OWNERS, own=True, needs=(needs.REASON,),
         bar=rules.not_ruled_yet),
    Step("keep_owner", Text("裁定：归属不变", "Ruling: it stays"), (S.DISPUTED,), S.OPENED, by=ANALYST, needs=(needs.REASON,),
         apart_from=("dispute",), sets={"ruled": True}, weight="main"),
    Step("pass_on", Text("裁定：转交其他单位", "Ruling: another unit's"), (S.DISPUTED,), S.PASSED_ON, by=ANALYST,
         needs=(Need("to_unit", Text("转交单位代码", "Code of the unit")), needs.REASON), rule=rules.another_unit,
         apart_from=("dispute",)),
    Step("refute", Text("裁定：误报", "Ruling: a false alarm"), (S.DISPUTED,), S.REFUTED, by=ANALYST, needs=(needs.REASON,),
         apart_from=("dispute",), weight="grave"),
)  # fmt: skip
TREATING = (
    Step("plan", Text("制定或调整措施", "Plan the measures"), (S.TAKEN, S.TREATING), S.TREATING, by=OWNERS, own=True, needs=needs.PLAN,
         rule=rules.planned_days, weight="main"),
    Step("report", Text("报告进展", "Report progress"), (S.TREATING,), None, by=OWNERS, own=True,
         needs=(Need("progress", Text("进展", "Progress"), "text", min_length=5),)),
    Step("review", Text("评估成效", "Review"), (S.TREATING, S.ACCEPTED), S.REVIEWED, by=OWNERS, own=True, needs=needs.REVIEW, weight="main"),
    Step("close", Text("销账", "Close"), (S.REVIEWED,), S.CLOSED, by=ANALYST,
         needs=(Need("effect", Text("核实的成效", "Effect, as verified"), "text", min_length=10),), bar=rules.no_longer_ripe,
         apart_from=("plan", "review"), weight="main"),
    Step("send_back", Text("成效不足，退回", "Not enough: send it back"), (S.REVIEWED,), S.TREATING, by=ANALYST,
         needs=(needs.REASON, needs.REVIEW_ON), rule=rules.review_ahead, apart_from=("plan", "review")),
    Step("accept", Text("接受剩余风险", "Accept what is left"), (S.REVIEWED,), S.ACCEPTED, by=HEAD,
         needs=(needs.REASON, needs.REVIEW_ON), rule=rules.review_ahead, apart_from=("review",), weight="grave"),
    Step("resume", Text("重新采取措施", "Treat it again"), (S.ACCEPTED,), S.TAKEN, by=(*OWNERS, *BY_ITSELF), own=True, needs=(needs.REASON,)),
)  # fmt: skip
JUDGING = (
    Step("judge", Text("每周研判", "The judgement of the week"), OPEN, None, by=BY_ITSELF, needs=needs.JUDGED, rule=rules.newer_week,
         sets={"quiet_since": ""}),
    Step("fall_quiet", Text("已平息", "It fell quiet"), OPEN, None, by=BY_ITSELF,
         needs=(Need("quiet_since", Text("平息周", "Quiet since the week")),)),
    Step("reassign", Text("责任规则改判，转给新的责任单位", "Another owner by the rule of responsibility"), OPEN, S.PASSED_ON, by=BY_ITSELF,
         needs=needs.REASSIGNED, rule=rules.another_unit, bar=rules.not_ruled_by_people),
)  # fmt: skip

FLOW = Flow(
    "register",
    Text("风险台账", "Risk register"),
    S.OPENED,
    (S.CLOSED, S.REFUTED, S.PASSED_ON),
    steps=(*OWNING, *TREATING, *JUDGING),
    waits=(
        Wait(S.OPENED, Limit(5, "wd", PROPOSED, "limit.register.opened")),
        Wait(S.DISPUTED, Limit(10, "wd", PROPOSED, "limit.register.disputed"), holds=S.OPENED),
        Wait(S.TAKEN, Limit(15, "cd", PROPOSED, "limit.register.taken")),
        Wait(S.TREATING, Limit(1, "y", PROPOSED, "limit.register.treating"), until="review_on"),
        Wait(S.REVIEWED, Limit(10, "wd", PROPOSED, "limit.register.reviewed")),
        Wait(S.ACCEPTED, Limit(1, "y", PROPOSED, "limit.register.accepted"), until="review_on"),
    ),
    readers=(Post.OVERSIGHT,),
)
