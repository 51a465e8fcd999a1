"""The step table of 线索移交: the statutory chain and clocks (domain §3.3). No clue closes without what it taught."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.clue.needs import FILING_NO, GAP_NEEDS, OPINION, REASON, RECEIPT, TRANSFER_FORM
from guanjian.org.posts import Post

LAW = "行政执法机关移送涉嫌犯罪案件的规定（2020修订）第{}条"
PROPOSED = "默认参数（线索移交），待本单位核定 · proposed default"


class S(Names):
    """The states of a clue."""

    REGISTERED = "registered", "登记", "Registered"
    SUBMITTED = "submitted", "待审批", "Approval due"
    REJECTED = "rejected", "不予移交待备案", "Refused, to be seen by oversight"
    APPROVED = "approved", "已批准待移交", "Approved, to be transferred"
    TRANSFERRED = "transferred", "待签收", "Transferred, to be received"
    SUPPLEMENT = "supplement", "退补", "To be supplemented"
    FORWARDED = "forwarded", "已转送", "Forwarded"
    REVIEWED = "reviewed", "受理审查", "Under review"
    NOT_FILED = "not_filed", "不予立案", "Not filed"
    RECONSIDERED = "reconsidered", "提请复议", "Under reconsideration"
    REFUSED_AGAIN = "refused_again", "复议维持", "Refusal upheld"
    SUPERVISED = "supervised", "建议立案监督", "Supervision suggested"
    SETTLED = "settled", "待说明不立案案情", "Police to say what was learned"
    FILED = "filed", "已立案待反馈", "Filed, feedback due"
    FED_BACK = "fed_back", "已反馈", "Fed back"
    NO_GAP = "no_gap", "无漏洞待会签", "No loophole: to be countersigned"
    PLUGGING = "plugging", "堵漏中", "Loophole being plugged"
    PLUGGED = "plugged", "待堵漏核验", "Plugging to be verified"
    CLOSED = "closed", "闭环", "Closed"
    NOT_TRANSFERRED = "not_transferred", "不予移交（已备案）", "Not transferred (seen by oversight)"


def _two_officers(record, facts) -> Text | None:
    if len(set(facts["handlers"])) < 2:
        return Text("承办人须两人以上（规定第五条）。", "At least two officers must handle it (art. 5).")
    if "letter" not in facts["papers"] or "report" not in facts["papers"]:
        return Text("移送书和情况调查报告必须附上。", "The transfer letter and the report of inquiry are obligatory.")
    return None


CUSTOMS = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.RISK, Post.FUNCTION)
HEADS = (Post.HOUSE_LEADER, Post.LEADER)
CLAIMANTS = (Post.FUNCTION, Post.LEADER)
POLICE = (Post.POLICE,)


def _file(kind: str, zh: str, en: str) -> Step:
    return Step(
        f"file_{kind}",
        Text(zh, en),
        (S.REVIEWED, S.RECONSIDERED, S.SUPERVISED),
        S.FILED,
        by=(Post.POLICE_LEADER,),
        needs=(FILING_NO,),
        apart_from=("receive",),
        sets={"filed_as": kind},
        weight="main" if kind == "criminal" else "normal",
    )


CUSTOMS_STEPS = (
    Step("submit", Text("填报移送书", "Submit the transfer form"), (S.REGISTERED,), S.SUBMITTED,
         by=CUSTOMS, needs=TRANSFER_FORM, rule=_two_officers, weight="main"),
    Step("approve", Text("批准移交", "Approve"), (S.SUBMITTED,), S.APPROVED,
         by=HEADS, needs=(OPINION,), apart_from=("submit",), weight="main"),
    Step("reject", Text("不予移交", "Refuse transfer"), (S.SUBMITTED,), S.REJECTED,
         by=HEADS, needs=(REASON,), apart_from=("submit",)),
    Step("uphold", Text("备案不予移交", "Accept the refusal"), (S.REJECTED,), S.NOT_TRANSFERRED,
         by=(Post.OVERSIGHT,), needs=(OPINION,), apart_from=("reject",)),
    Step("resume", Text("要求重新审批", "Demand a new decision"), (S.REJECTED,), S.SUBMITTED,
         by=(Post.OVERSIGHT,), needs=(REASON,), apart_from=("reject",)),
    Step("transfer", Text("移交", "Transfer"), (S.APPROVED,), S.TRANSFERRED,
         by=CUSTOMS, needs=(Need("transferred_by", Text("移交经办人", "Handed over by")),), weight="main"),
    Step("supplement", Text("补正材料", "Supplement"), (S.SUPPLEMENT,), S.TRANSFERRED,
         by=CUSTOMS, needs=(Need("supplied", Text("补正内容", "What was supplied"), "text", min_length=2),), weight="main"),
)  # fmt: skip

POLICE_STEPS = (
    Step("receive", Text("签收", "Receive"), (S.TRANSFERRED, S.FORWARDED), S.REVIEWED,
         by=POLICE, needs=(RECEIPT,), apart_from=("submit", "approve", "transfer"), weight="main"),
    Step("return_papers", Text("退回补正", "Return for supplement"), (S.TRANSFERRED,), S.SUPPLEMENT,
         by=POLICE, needs=(Need("missing", Text("缺少的材料", "What is missing"), "text", min_length=2),)),
    Step("forward", Text("转送有管辖权的机关", "Forward"), (S.TRANSFERRED,), S.FORWARDED,
         by=POLICE, needs=(Need("forwarded_to", Text("转送机关", "Forwarded to")), REASON)),
    _file("criminal", "刑事立案", "File as criminal"),
    _file("administrative", "行政立案", "File as administrative"),
    Step("refuse", Text("不予立案", "Refuse to file"), (S.REVIEWED,), S.NOT_FILED,
         by=(Post.POLICE_LEADER,), needs=(REASON,), apart_from=("receive",)),
    Step("uphold_refusal", Text("维持不立案", "Uphold the refusal"), (S.RECONSIDERED,), S.REFUSED_AGAIN,
         by=(Post.POLICE_LEADER,), needs=(REASON,)),
    Step("explain", Text("反馈不立案案情", "Feed back what was learned"), (S.SETTLED,), S.FED_BACK,
         by=POLICE, needs=(Need("feedback", Text("案情反馈", "Feedback"), "text", min_length=10),), weight="main"),
)  # fmt: skip

DISPUTE_STEPS = (
    Step("accept_refusal", Text("接受不立案", "Accept the refusal"), (S.NOT_FILED, S.REFUSED_AGAIN), S.SETTLED,
         by=CLAIMANTS, needs=(OPINION,)),
    Step("ask_again", Text("提请复议", "Ask for reconsideration"), (S.NOT_FILED,), S.RECONSIDERED,
         by=CLAIMANTS, needs=(REASON,), weight="main"),
    Step("suggest_supervision", Text("建议检察机关立案监督", "Suggest supervision"), (S.REFUSED_AGAIN,), S.SUPERVISED,
         by=CLAIMANTS, needs=(REASON,), weight="main"),
    Step("end_supervision", Text("记录监督结果（不立案）", "Record that it stays unfiled"), (S.SUPERVISED,), S.SETTLED,
         by=CLAIMANTS, needs=(Need("answer_of_prosecutor", Text("检察机关答复", "The procuratorate's answer"), "text"),)),
)  # fmt: skip

LEARNING_STEPS = (
    Step("feed_back", Text("案情反馈", "Feed back"), (S.FILED,), S.FED_BACK, by=(Post.SYSTEM,), needs=(
        Need("case_key", Text("案件", "Case")), Need("feedback", Text("案情反馈", "Feedback"), "text"))),
    Step("issue_gap", Text("下达堵漏任务", "Issue the task to plug it"), (S.FED_BACK,), S.PLUGGING,
         by=(Post.FUNCTION, Post.RISK, Post.SYSTEM), needs=GAP_NEEDS, weight="main"),
    Step("propose_no_gap", Text("认为没有漏洞", "Propose that there is no loophole"), (S.FED_BACK,), S.NO_GAP,
         by=(Post.FUNCTION, Post.RISK), needs=(REASON,)),
    Step("countersign", Text("会签：没有漏洞", "Countersign: no loophole"), (S.NO_GAP,), S.CLOSED,
         by=(Post.OVERSIGHT,), needs=(OPINION,), apart_from=("propose_no_gap",), signs=True, weight="grave"),
    Step("find_gap", Text("不同意，须堵漏", "Disagree: there is one"), (S.NO_GAP,), S.FED_BACK,
         by=(Post.OVERSIGHT,), needs=(REASON,), apart_from=("propose_no_gap",)),
    Step("plug", Text("整改销号", "Plugged"), (S.PLUGGING,), S.PLUGGED, by=(Post.SYSTEM,), needs=(
        Need("rectify_key", Text("整改任务", "Rectification")), Need("conclusion", Text("结论", "Conclusion"), "text"),
        Need("effect", Text("成效（整改前后查获率，或不可测及所需业务量）", "Effect"), "text"))),
    Step("unplug", Text("整改未通过回头看，重新堵漏", "It came back: to be plugged again"), (S.PLUGGED,), S.PLUGGING,
         by=(Post.SYSTEM,), needs=(REASON,)),
    Step("close", Text("核验闭环", "Verify and close"), (S.PLUGGED,), S.CLOSED,
         by=(Post.FUNCTION, Post.RISK), needs=(OPINION,), apart_from=("submit", "transfer"), weight="main"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str) -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.clue.{state}"))


FLOW = Flow(
    "clue",
    Text("线索移交", "Clue transfer"),
    S.REGISTERED,
    (S.CLOSED, S.NOT_TRANSFERRED),
    steps=(*CUSTOMS_STEPS, *POLICE_STEPS, *DISPUTE_STEPS, *LEARNING_STEPS),
    waits=(
        _limit(S.REGISTERED, 3, "cd", PROPOSED),
        _limit(S.SUBMITTED, 3, "cd", LAW.format("五")),
        _limit(S.REJECTED, 5, "wd", PROPOSED),
        _limit(S.APPROVED, 24, "h", LAW.format("五")),
        _limit(S.TRANSFERRED, 24, "h", LAW.format("七")),
        _limit(S.SUPPLEMENT, 3, "cd", LAW.format("八") + "；公安机关办理刑事案件程序规定第一百八十条"),
        _limit(S.FORWARDED, 24, "h", LAW.format("七")),
        _limit(S.REVIEWED, 3, "cd", LAW.format("八")),
        _limit(S.NOT_FILED, 3, "cd", LAW.format("九")),
        _limit(S.RECONSIDERED, 3, "cd", LAW.format("九")),
        _limit(S.REFUSED_AGAIN, 3, "cd", LAW.format("九")),
        _limit(S.SUPERVISED, 30, "cd", PROPOSED),
        _limit(S.SETTLED, 5, "wd", PROPOSED),
        _limit(S.FILED, 6, "m", PROPOSED),
        _limit(S.FED_BACK, 10, "wd", PROPOSED),
        _limit(S.NO_GAP, 5, "wd", PROPOSED),
        _limit(S.PLUGGING, 6, "m", PROPOSED),
        _limit(S.PLUGGED, 10, "wd", PROPOSED),
    ),
    readers=(Post.LEADER, Post.OVERSIGHT, Post.POLICE_LEGAL),
    opens=CUSTOMS,
    opening=(
        Need("title", Text("线索名称", "Name of the clue")),
        Need("subject_id", Text("涉案企业编码", "Enterprise code"), required=False),
    ),
)
