"""The step table of 风险提示与排查 (B4): another hand signs it off; it is concluded when every unit has answered."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit
from guanjian.org.posts import Post

PROPOSED = "默认参数（风险提示），待本单位核定 · proposed default"


class S(Names):
    """The states of a prompt."""

    DRAFTED = "drafted", "草拟", "Drafted"
    SUBMITTED = "submitted", "待签发", "To be signed off"
    ISSUED = "issued", "已下发待答复", "Issued, answers due"
    ANSWERED = "answered", "答复齐备待总结", "All answered, to be concluded"
    CLOSED = "closed", "办结", "Concluded"
    DROPPED = "dropped", "不下发", "Not issued"


class Kind(Names):
    """What is issued; the same words as the answers use."""

    PROMPT = "prompt", "风险提示", "Risk prompt"
    NOTICE = "notice", "案件通报", "Case notice"
    SWEEP = "sweep", "专项排查", "Sweep"


def issuable(record, facts) -> Text | None:
    """A date that lies ahead; a checklist for a sweep and for nothing else."""
    if date.fromisoformat(facts["answer_by"]) <= datetime.now(CHINA).date():
        return Text("答复期限须在今天之后。", "The date to answer by must lie in the future.")
    if (facts["kind"] == "sweep") != bool(facts["checklist"]):
        return Text("专项排查须附排查清单；提示和通报不附。", "A sweep has a checklist; a prompt or a notice has none.")
    return None


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
ISSUERS = (Post.RISK, Post.FUNCTION, Post.OVERSIGHT)
HEADS = (Post.LEADER,)
ISSUE = (
    Need("kind", Text("类型", "Kind"), "choice", Kind),
    Need("message", Text("内容和要求", "What it says and asks"), "text", min_length=10),
    Need("units", Text("接收单位代码（每行一个）", "Codes of the units addressed (one a line)"), "many"),
    Need("checklist", Text("排查清单（每行一项）", "Checklist (one line each)"), "many", required=False),
    Need("answer_by", Text("答复期限", "Answer by"), "date"),
)

FLOW = Flow(
    "prompt",
    Text("风险提示与排查", "Risk prompts and sweeps"),
    S.DRAFTED,
    (S.CLOSED, S.DROPPED),
    steps=(
        Step("submit", Text("送签", "Submit"), (S.DRAFTED,), S.SUBMITTED, by=ISSUERS, needs=ISSUE, rule=issuable, weight="main"),
        Step("drop", Text("不下发", "Do not issue"), (S.DRAFTED,), S.DROPPED, by=ISSUERS, needs=(REASON,)),
        Step("sign_off", Text("签发", "Sign off and issue"), (S.SUBMITTED,), S.ISSUED, by=HEADS, apart_from=("submit",), signs=True,
             needs=(Need("opinion", Text("意见", "Opinion"), "text", min_length=2),), weight="main"),
        Step("send_back", Text("退回修改", "Send back"), (S.SUBMITTED,), S.DRAFTED, by=HEADS, needs=(REASON,), apart_from=("submit",)),
        Step("complete", Text("答复齐备", "Every unit has answered"), (S.ISSUED,), S.ANSWERED, by=(Post.SYSTEM,)),
        Step("conclude", Text("总结办结", "Conclude"), (S.ANSWERED,), S.CLOSED, by=ISSUERS, weight="main", needs=(
            Need("summary", Text("答复情况总结", "What the answers show"), "text", min_length=10),)),
    ),
    waits=(
        Wait(S.DRAFTED, Limit(5, "wd", PROPOSED, "limit.prompt.drafted")),
        Wait(S.SUBMITTED, Limit(2, "wd", PROPOSED, "limit.prompt.submitted")),
        Wait(S.ISSUED, Limit(4, "m", PROPOSED, "limit.prompt.issued"), until="answer_by"),
        Wait(S.ANSWERED, Limit(10, "wd", PROPOSED, "limit.prompt.answered")),
    ),
    readers=(Post.HOUSE_LEADER, Post.SECTION_CHIEF),
    opens=ISSUERS,
    opening=(
        Need("title", Text("标题", "Title")),
        Need("level", Text("风险等级", "Level"), "choice", Level),
    ),
)  # fmt: skip
