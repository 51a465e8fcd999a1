"""The step table of 办案: criminal and administrative cases, from filing to what the front line learns (domain §3.4–3.6)."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.case import rules
from guanjian.loops.case.needs import ASK_SUPPORT, FEEDBACK, FINE, FOUND, OPINION, OUTCOME, REASON
from guanjian.org.posts import Post

PROPOSED = "默认参数（办案），待本单位核定 · proposed default"


class S(Names):
    """The states of a case."""

    FILED = "filed", "已立案", "Filed"
    INVESTIGATED = "investigated", "侦查（调查）中", "Under investigation"
    CONCLUDED = "concluded", "待法制审核", "Legal review due"
    REVIEWED = "reviewed", "法制审核通过", "Passed legal review"
    NOTIFIED = "notified", "已告知待决定", "Party notified, decision due"
    PROSECUTED = "prosecuted", "已移送审查起诉", "With the procuratorate"
    DECIDED = "decided", "已处理待反馈", "Decided, feedback due"
    FED_BACK = "fed_back", "已反馈待运用", "Fed back, to be used"
    CLOSED = "closed", "结案归档", "Closed"


CRIMINAL, ADMINISTRATIVE = rules.only("criminal"), rules.only("administrative")
LED = (Post.POLICE_LEADER,)
BY = (Post.POLICE,)
LEGAL = (Post.POLICE_LEGAL,)

COMMON_STEPS = (
    Step("assign", Text("指派办案人员", "Assign"), (S.FILED,), S.INVESTIGATED, by=LED, rule=rules.two_investigators,
         needs=(Need("investigators", Text("办案人员（两人以上，每行一人）", "Investigators (two or more)"), "many"),), weight="main"),
    Step("ask_support", Text("请求专业支持", "Ask specialists"), (S.INVESTIGATED,), None, by=BY, needs=ASK_SUPPORT,
         rule=rules.answer_ahead),
    Step("conclude", Text("侦查（调查）终结", "Conclude the investigation"), (S.INVESTIGATED,), S.CONCLUDED,
         by=BY, needs=FOUND, rule=rules.acts_are_dated, weight="main"),
    Step("pass_review", Text("法制审核通过", "Pass legal review"), (S.CONCLUDED,), S.REVIEWED, by=LEGAL,
         needs=(OPINION, Need("collective", Text("须集体讨论", "Collective decision demanded"), "yes", required=False)),
         apart_from=("conclude", "assign"), weight="main"),
    Step("fail_review", Text("法制审核退回", "Fail legal review"), (S.CONCLUDED,), S.INVESTIGATED, by=LEGAL,
         needs=(REASON,), apart_from=("conclude",)),
)  # fmt: skip

ADMINISTRATIVE_STEPS = (
    Step("notify", Text("行政处罚告知", "Notify the party"), (S.REVIEWED,), S.NOTIFIED, by=BY, bar=rules.may_fine,
         needs=(FINE, Need("hearing_offered", Text("已告知听证权利", "Hearing offered"), "yes", required=False)),
         rule=rules.hearing, weight="main"),
    Step("decide", Text("作出处理决定", "Decide"), (S.NOTIFIED,), S.DECIDED, by=LED, bar=rules.alone,
         needs=(OUTCOME, FINE, OPINION), rule=rules.no_more_than_notified,
         apart_from=("conclude", "pass_review", "notify"), weight="grave"),
    Step("decide_together", Text("集体讨论决定", "Decide together"), (S.NOTIFIED,), S.DECIDED, by=LED, bar=rules.together,
         needs=(Need("attended", Text("出席人员（每行一人）", "Present (one a line)"), "many"),
                Need("dissent", Text("不同意见", "Dissent"), "text", required=False), OUTCOME, FINE, OPINION),
         rule=rules.attended, apart_from=("conclude", "pass_review", "notify"), weight="grave"),
    Step("turn_criminal", Text("转刑事侦查", "Turn into a criminal case"), (S.INVESTIGATED, S.REVIEWED), S.INVESTIGATED,
         by=LED, needs=(REASON,), bar=ADMINISTRATIVE, sets={"kind": "criminal"}),
)  # fmt: skip

CRIMINAL_STEPS = (
    Step("prosecute", Text("移送审查起诉", "Send to the procuratorate"), (S.REVIEWED,), S.PROSECUTED, by=LED,
         needs=(Need("opinion_no", Text("起诉意见书号", "Number of the indictment opinion")),),
         bar=CRIMINAL, apart_from=("conclude", "pass_review"), weight="grave"),
    Step("supplement", Text("退回补充侦查（第一次）", "Returned for supplement (first)"), (S.PROSECUTED,), S.INVESTIGATED,
         by=BY, needs=(REASON,), bar=rules.first_time),
    Step("supplement_again", Text("退回补充侦查（第二次）", "Returned for supplement (second)"), (S.PROSECUTED,), S.INVESTIGATED,
         by=BY, needs=(REASON,), bar=rules.second_time),
    Step("record_judgment", Text("登记裁判或不起诉", "Record judgment or non-prosecution"), (S.PROSECUTED,), S.DECIDED,
         by=BY, needs=(Need("judgment", Text("结果", "Result"), "text", min_length=2),), weight="main"),
    Step("withdraw", Text("撤销案件", "Withdraw the case"), (S.REVIEWED,), S.DECIDED, by=LED, needs=(REASON,),
         bar=CRIMINAL, sets={"outcome": "withdrawn"}, apart_from=("conclude", "pass_review"), weight="grave"),
    Step("turn_administrative", Text("不构成犯罪，转行政处理", "No crime: turn administrative"), (S.REVIEWED,), S.INVESTIGATED,
         by=LED, needs=(REASON,), bar=rules.may_turn_administrative, sets={"kind": "administrative"}),
)  # fmt: skip

LEARNING_STEPS = (
    Step("feed_back", Text("案情反馈", "Feed back"), (S.DECIDED,), S.FED_BACK, by=BY, needs=FEEDBACK,
         rule=rules.gap_is_described, weight="main"),
    Step("close", Text("确认运用，结案归档", "Confirm use and close"), (S.FED_BACK,), S.CLOSED,
         by=(Post.FUNCTION, Post.RISK), weight="main",
         needs=(Need("adopted", Text("执法建议采纳情况", "How the advice was adopted"), "text", min_length=5),)),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str = PROPOSED) -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.case.{state}"))


FLOW = Flow(
    "case",
    Text("办案与案件信息库", "Cases"),
    S.FILED,
    (S.CLOSED,),
    steps=(*COMMON_STEPS, *ADMINISTRATIVE_STEPS, *CRIMINAL_STEPS, *LEARNING_STEPS),
    waits=(
        _limit(S.FILED, 3, "cd"),
        _limit(
            S.INVESTIGATED, 2, "m", "刑事诉讼法侦查羁押期限（二个月）；行政案件按行政处罚法第六十条九十日总期限安排"
        ),
        _limit(S.CONCLUDED, 7, "wd"),
        _limit(S.REVIEWED, 7, "wd"),
        _limit(S.NOTIFIED, 30, "cd"),
        _limit(S.PROSECUTED, 6, "m"),
        _limit(S.DECIDED, 10, "wd"),
        _limit(S.FED_BACK, 20, "wd"),
    ),
    readers=(Post.LEADER, Post.OVERSIGHT, Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER),
)
