"""The step table of 违纪违法案件管理 (domain §3.7): filed in time, each mode with its expiry, sanctions with the law's period."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.handling import LONGEST_MONTHS, Mode
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit, add_months
from guanjian.loops.discipline import needs
from guanjian.loops.discipline.needs import Sanction
from guanjian.org.posts import Post

PROPOSED = "默认参数（违纪违法案件管理），待本单位核定 · proposed default"
LAW = "公职人员政务处分法第{}条"


class S(Names):
    """The states of a matter."""

    REPORTED = "reported", "待报备", "To be filed above"
    FILED = "filed", "待提处置建议", "Proposal due"
    PROPOSED = "proposed", "处置建议待批", "Proposal to be approved"
    TALKING = "talking", "谈话函询", "Talk and inquiry"
    VERIFYING = "verifying", "初步核实", "Preliminary verification"
    HELD = "held", "暂存待查", "Held for later"
    REVIEWING = "reviewing", "立案审查", "Under review"
    TRIED = "tried", "案件审理", "Being tried"
    DECIDED = "decided", "处分待执行", "To be executed"
    IN_EFFECT = "in_effect", "处分期内", "Sanction in effect"
    SETTLED = "settled", "了结", "Settled"
    CLOSED = "closed", "办结", "Closed"


EXPIRES = {  # the list of expiries that a discipline office keeps
    S.REPORTED: Text("报备到期", "filing due"),
    S.FILED: Text("处置建议到期", "proposal due"),
    S.TALKING: Text("谈话函询到期", "talk and inquiry due"),
    S.VERIFYING: Text("初步核实到期", "verification due"),
    S.HELD: Text("暂存待查到期", "held until"),
    S.REVIEWING: Text("立案审查到期", "review due"),
    S.TRIED: Text("案件审理到期", "trial due"),
    S.DECIDED: Text("处分决定执行期限到期", "execution due"),
    S.IN_EFFECT: Text("处分期（留党察看期）到期", "period ends"),
}
LEADS_TO = {Mode.TALK: S.TALKING, Mode.VERIFY: S.VERIFYING, Mode.HOLD: S.HELD, Mode.REVIEW: S.REVIEWING}
OPEN = tuple(state for state in S if state not in (S.SETTLED, S.CLOSED))


def _today() -> date:
    return datetime.now(CHINA).date()


def _proposed(mode: Mode):
    def bar(record) -> Text | None:
        if record.mode != mode:
            return Text("建议的处置方式是“{mode}”。", "The mode proposed is “{mode}”.").filled(
                mode=Mode(record.mode).label if record.mode else Text("（无）", "(none)")
            )
        return None

    return bar


def _within(mode: Mode):
    def rule(record, facts) -> Text | None:
        if not _today() <= date.fromisoformat(facts["by_date"]) <= add_months(_today(), LONGEST_MONTHS[mode]):
            return Text(f"该处置方式的期限最长{LONGEST_MONTHS[mode]}个月，自今日起算。",
                        f"This mode takes {LONGEST_MONTHS[mode]} months at most, from today.")  # fmt: skip
        return None

    return rule


def _in_effect_honestly(record, facts) -> Text | None:
    if not record.entered_at.astimezone(CHINA).date() <= date.fromisoformat(facts["effective_on"]) <= _today():
        return Text("生效日期不早于处分决定，不晚于今天。", "In effect from the decision on, and not after today.")
    return None


def _has_a_period(record) -> Text | None:
    if record.sanction == Sanction.DISMISSAL:
        return Text("开除没有处分期，执行后即办结。", "Dismissal has no period: executed, it is closed.")
    return None


def _is_dismissal(record) -> Text | None:
    return None if record.sanction == Sanction.DISMISSAL else Text("处分不是开除。", "The sanction is not dismissal.")


def _period_is_over(record) -> Text | None:
    if record.period_end and _today() < record.period_end:
        return Text("处分期（留党察看期）未满，不能解除。", "The period is not over.")
    return None


def _has_a_mailbox(record) -> Text | None:
    return None if record.receipt else Text("本件没有匿名举报人。", "There is no anonymous reporter.")


BY = (Post.OVERSIGHT,)


def _approve(mode: Mode) -> Step:
    return Step(
        f"approve_{mode}", Text("批准：{mode}", "Approve: {mode}").filled(mode=mode.label), (S.PROPOSED,), LEADS_TO[mode],
        by=BY, needs=(needs.UNTIL, needs.OPINION), apart_from=("propose",), bar=_proposed(mode), rule=_within(mode),
        signs=True, weight="main",
    )  # fmt: skip


HANDLING = (
    Step("file", Text("向上一级报备", "File with the level above"), (S.REPORTED,), S.FILED, by=BY, needs=needs.FILING,
         weight="main"),
    Step("propose", Text("提出处置建议", "Propose"), (S.FILED,), S.PROPOSED, by=BY, needs=needs.PROPOSAL, weight="main"),
    *(_approve(mode) for mode in LEADS_TO),
    Step("approve_end", Text("批准：予以了结", "Approve: settle"), (S.PROPOSED,), S.SETTLED, by=BY, needs=(needs.OPINION,),
         apart_from=("propose",), bar=_proposed(Mode.END), sets={"lighter": "cleared"}, signs=True, weight="grave"),
    Step("reject", Text("不同意处置建议", "Reject the proposal"), (S.PROPOSED,), S.FILED, by=BY, needs=(needs.REASON,),
         apart_from=("propose",)),
    Step("report_back", Text("报告谈话函询、核实情况", "Report what came of it"), (S.TALKING, S.VERIFYING), S.FILED, by=BY,
         needs=(needs.REASON,), weight="main"),
    Step("take_up", Text("暂存期满或有新情况，重提", "Take it up again"), (S.HELD,), S.FILED, by=BY, needs=(needs.REASON,),
         weight="main"),
    Step("refer", Text("转一案双查", "Refer to a double inquiry"), (S.REPORTED, S.FILED), None, by=BY,
         needs=(Need("case_key", Text("案件（如 case/12）", "Case (such as case/12)")),)),
)  # fmt: skip
DECIDING = (
    Step("send_to_trial", Text("移送审理", "Send to trial"), (S.REVIEWING,), S.TRIED, by=BY, needs=needs.CASE_REPORT,
         weight="main"),
    Step("withdraw", Text("撤销立案", "Withdraw"), (S.REVIEWING,), S.FILED, by=BY, needs=(needs.REASON,)),
    Step("return_case", Text("退回补充审查", "Return for more review"), (S.TRIED,), S.REVIEWING, by=BY,
         needs=(needs.REASON,), apart_from=("send_to_trial",)),
    Step("sanction", Text("作出处分决定", "Sanction"), (S.TRIED,), S.DECIDED, by=BY, needs=needs.DECISION,
         apart_from=("send_to_trial",), weight="grave"),
    Step("exempt", Text("不予处分，另作处理", "No sanction, another measure"), (S.TRIED,), S.SETTLED, by=BY,
         needs=needs.LIGHTER, apart_from=("send_to_trial",), weight="grave"),
    Step("execute", Text("执行处分", "Execute"), (S.DECIDED,), S.IN_EFFECT, by=BY, needs=needs.EXECUTION,
         bar=_has_a_period, rule=_in_effect_honestly, weight="main"),
    Step("execute_dismissal", Text("执行开除", "Execute the dismissal"), (S.DECIDED,), S.CLOSED, by=BY,
         needs=needs.EXECUTION, bar=_is_dismissal, rule=_in_effect_honestly, weight="grave"),
    Step("lift", Text("期满解除", "Lift at the end of the period"), (S.IN_EFFECT,), S.CLOSED, by=BY, needs=(needs.OPINION,),
         apart_from=("sanction",), bar=_period_is_over, weight="main"),
)  # fmt: skip
MAILBOX = (
    Step("answer", Text("答复举报人", "Answer the reporter"), OPEN, None, by=BY, needs=(needs.MESSAGE,), bar=_has_a_mailbox,
         help=Text("举报人凭回执码可见。不得询问其身份。", "Seen with the receipt code. Do not ask who it is.")),
    Step("say_more", Text("举报人补充", "The reporter adds"), OPEN, None, by=(Post.SYSTEM,), bar=_has_a_mailbox,
         needs=(needs.MESSAGE, Need("said_on", Text("日期", "Date"), "date"))),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str = PROPOSED, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.discipline.{state}"), until=until)


FLOW = Flow(
    "discipline",
    Text("违纪违法案件管理", "Discipline matters"),
    S.REPORTED,
    (S.SETTLED, S.CLOSED),
    steps=(*HANDLING, *DECIDING, *MAILBOX),
    waits=(
        _limit(S.REPORTED, 3, "wd"),
        _limit(S.FILED, 30, "cd"),
        _limit(S.PROPOSED, 5, "wd"),
        _limit(S.TALKING, 1, "m", until="by_date"),
        _limit(S.VERIFYING, 3, "m", until="by_date"),
        _limit(S.HELD, 12, "m", until="by_date"),
        _limit(S.REVIEWING, 6, "m", until="by_date"),
        _limit(S.TRIED, 30, "cd"),
        _limit(S.DECIDED, 30, "cd"),
        _limit(S.IN_EFFECT, 24, "m", LAW.format("八"), until="period_end"),
    ),
    opens=(Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.LEADER, Post.POLICE_LEADER, Post.OVERSIGHT),
    opening=needs.REPORT,
    aside=("relation", "own_unit"),
)
