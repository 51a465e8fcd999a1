"""The step table of 出台前七道必经程序 (B3, domain §6.2): the only way from a draft to a decision leads through all seven."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.preview import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（出台前审查），待本单位核定 · proposed default"


class S(Names):
    """The states of a draft: the gate at which it stands."""

    DRAFTING = "drafting", "起草中", "Being drafted"
    RESEARCH = "research", "①待调研论证", "1 Research due"
    CONSULT = "consult", "②待征求意见", "2 Public to be asked"
    CONSULTING = "consulting", "②征求意见中", "2 Public being asked"
    EXPERTS = "experts", "③待专家咨询", "3 Experts due"
    INTEGRITY = "integrity", "④待廉洁性审查", "4 Integrity review due"
    LEGALITY = "legality", "⑤待合法性审查", "5 Legality review due"
    CONTROL = "control", "⑥待内控有效性审核", "6 Internal-control review due"
    DECISION = "decision", "⑦待集体讨论决定", "7 Collective decision due"
    REVISING = "revising", "退回修改中", "Being revised"
    DECIDED = "decided", "已决定", "Decided"
    REFUSED = "refused", "不予出台", "Not launched"


DRAFTERS, WATCHERS, LAWYERS, HEADS = (Post.FUNCTION,), (Post.OVERSIGHT,), (Post.FUNCTION,), (Post.LEADER,)
DRAFTED = ("draft", "research", "announce", "sum_up", "consult_experts", "revise", "revise_deeply")
REVIEWED = ("pass_integrity", "pass_legality", "pass_control")

PREPARING = (
    Step("draft", Text("提交草案", "Submit the draft"), (S.DRAFTING,), S.RESEARCH, by=DRAFTERS, needs=needs.DRAFT, weight="main"),
    Step("research", Text("①完成调研论证", "1 Research is done"), (S.RESEARCH,), S.CONSULT, by=DRAFTERS,
         needs=needs.RESEARCH, weight="main"),
    Step("announce", Text("②公开征求意见", "2 Ask the public"), (S.CONSULT,), S.CONSULTING, by=DRAFTERS,
         needs=needs.ANNOUNCEMENT, rule=rules.long_enough, weight="main"),
    Step("exempt", Text("②批准不公开征求意见", "2 Exempt from asking the public"), (S.CONSULT,), S.EXPERTS, by=HEADS,
         needs=needs.EXEMPTION, apart_from=DRAFTED, weight="grave"),
    Step("sum_up", Text("②汇总意见和采纳情况", "2 Sum up what came in"), (S.CONSULTING,), S.EXPERTS, by=DRAFTERS,
         needs=needs.CONSULTED, bar=rules.public_is_heard, rule=rules.every_opinion_is_answered, weight="main"),
    Step("consult_experts", Text("③完成专家咨询", "3 Experts are heard"), (S.EXPERTS,), S.INTEGRITY, by=DRAFTERS,
         needs=needs.EXPERTS, rule=rules.experts_are_free, weight="main"),
)  # fmt: skip
JUDGING = (
    Step("pass_integrity", Text("④通过廉洁性审查", "4 Pass the integrity review"), (S.INTEGRITY,), S.LEGALITY, by=WATCHERS,
         needs=needs.INTEGRITY, rule=rules.every_hazard_is_looked_at, apart_from=DRAFTED, signs=True, weight="main"),
    Step("pass_legality", Text("⑤通过合法性审查", "5 Pass the legality review"), (S.LEGALITY,), S.CONTROL, by=LAWYERS,
         needs=needs.LEGALITY, apart_from=DRAFTED, signs=True, weight="main"),
    Step("pass_control", Text("⑥通过内控有效性审核", "6 Pass the internal-control review"), (S.CONTROL,), S.DECISION,
         by=WATCHERS, needs=needs.CONTROL, rule=rules.power_is_accounted_for, apart_from=(*DRAFTED, "pass_integrity"),
         signs=True, weight="main",
         help=Text("写明哪些内控节点移出哪个岗位；决定施行后，节点台账随之调整。",
                   "Say which nodes leave which post: when it comes into force the register of nodes follows.")),
    Step("decide", Text("⑦集体讨论决定出台", "7 Decide together to launch it"), (S.DECISION,), S.DECIDED, by=HEADS,
         needs=needs.MEETING, rule=rules.decided_together, apart_from=(*DRAFTED, *REVIEWED), weight="main"),
    Step("refuse", Text("⑦集体讨论决定不予出台", "7 Decide together against it"), (S.DECISION,), S.REFUSED, by=HEADS,
         needs=(*needs.MEETING, needs.REASON), rule=rules.met, apart_from=(*DRAFTED, *REVIEWED), weight="grave"),
    Step("find_unlawful", Text("⑤认定不合法，不予出台", "5 Find it unlawful"), (S.LEGALITY,), S.REFUSED, by=LAWYERS,
         needs=(needs.REASON,), apart_from=DRAFTED, weight="grave"),
)  # fmt: skip


def _return(state: S, by: tuple[Post, ...], apart: tuple[str, ...]) -> Step:
    return Step(f"return_{state}", Text("退回修改", "Send back"), (state,), S.REVISING, by=by, needs=needs.RETURNED, apart_from=apart)  # fmt: skip


AGAIN = (
    _return(S.INTEGRITY, WATCHERS, DRAFTED),
    _return(S.LEGALITY, LAWYERS, DRAFTED),
    _return(S.CONTROL, WATCHERS, DRAFTED),
    _return(S.DECISION, HEADS, DRAFTED),
    Step("revise", Text("修改后重新送审", "Revise, to be reviewed again"), (S.REVISING,), S.INTEGRITY, by=DRAFTERS,
         needs=needs.REVISION, bar=rules.small_change, weight="main",
         help=Text("草案改动后，④⑤⑥三道审查须全部重做。", "After a change the three reviews are all done again.")),
    Step("revise_deeply", Text("实质性修改，重新征求意见", "Revise in substance, ask the public again"), (S.REVISING,), S.CONSULT,
         by=DRAFTERS, needs=needs.REVISION, bar=rules.great_change, weight="main"),
    Step("withdraw", Text("撤回", "Withdraw"), (S.DRAFTING, S.RESEARCH, S.CONSULT, S.EXPERTS, S.REVISING),
         S.REFUSED, by=DRAFTERS, needs=(needs.REASON,), weight="grave"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.preview.{state}"), until=until)


FLOW = Flow(
    "preview",
    Text("出台前审查", "Gates before a launch"),
    S.DRAFTING,
    (S.DECIDED, S.REFUSED),
    steps=(*PREPARING, *JUDGING, *AGAIN),
    waits=(
        _limit(S.DRAFTING, 3, "m"),
        _limit(S.RESEARCH, 30, "wd"),
        _limit(S.CONSULT, 10, "wd"),
        _limit(S.CONSULTING, 110, "cd", "sum_up_by"),
        _limit(S.EXPERTS, 20, "wd"),
        _limit(S.INTEGRITY, 10, "wd"),
        _limit(S.LEGALITY, 10, "wd"),
        _limit(S.CONTROL, 10, "wd"),
        _limit(S.DECISION, 20, "wd"),
        _limit(S.REVISING, 30, "wd"),
    ),
    readers=(Post.HOUSE_LEADER, Post.RISK),
    opens=DRAFTERS,
    opening=needs.OPENING,
)
