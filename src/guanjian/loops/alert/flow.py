"""The step table of 预警处置 (domain §4.1; its periods are proposals, to be replaced by dated parameters)."""

from hashlib import sha256

from guanjian.kernel.flow import Flow, Step, Wait, graded
from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Cause
from guanjian.kernel.papers import Level, Verdict
from guanjian.kernel.words import Names, Text
from guanjian.loops.alert.codes import Measure, Reason
from guanjian.org.posts import Post

SOURCE = "默认参数（预警处置），待本单位核定 · proposed default"
ONE_IN = 10  # of the blue alerts, one in so many goes to the second review


class S(Names):
    """The states of an alert."""

    PUSHED = "pushed", "待签收", "To be signed for"
    SIGNED = "signed", "核查中", "Being verified"
    VERIFIED = "verified", "待认定", "To be judged"
    CONFIRMED = "confirmed", "待处置", "To be disposed of"
    DISPOSED = "disposed", "待反馈", "Feedback due"
    FIRST_REVIEW = "first_review", "待职能复核", "First review due"
    SECOND_REVIEW = "second_review", "待监督复核", "Second review due"
    RETURNED = "returned", "退回重核", "Returned for verification"
    CLOSED = "closed", "办结", "Closed"


def sampled(salt: str) -> bool:
    """True for the blue alerts that the second review draws; the salt was fixed before anybody saw the alert."""
    return int(sha256(f"second review {salt}".encode()).hexdigest()[:8], 16) % ONE_IN == 0


def _may_close_at_first(record) -> Text | None:
    if record.level == Level.BLUE and not sampled(record.salt):
        return None
    return Text("须经专门监督复核后办结。", "The second review must see this one before it is closed.")


def _problem_is_named(record, facts) -> Text | None:
    if facts["open_rectify"] and not facts["problem"]:
        return Text("立项整改须写明问题。", "To open a rectification, say what the problem is.")
    return None


HANDS_ON = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.RISK, Post.FUNCTION)
REASON = Need("return_reason", Text("退回理由", "Reason for returning"), "text", min_length=5)

FLOW = Flow(
    "alert",
    Text("预警处置", "Alerts"),
    S.PUSHED,
    (S.CLOSED,),
    steps=(
        Step("sign", Text("签收", "Sign for"), (S.PUSHED,), S.SIGNED, by=HANDS_ON, weight="main"),
        Step(
            "verify",
            Text("核查", "Verify"),
            (S.SIGNED, S.RETURNED),
            S.VERIFIED,
            by=HANDS_ON,
            needs=(
                Need("checked", Text("核查情况", "What was checked and found"), "text", min_length=10),
                Need("proof", Text("证据（单证、记录编号，每行一条）", "Evidence (one reference a line)"), "many"),
            ),
            apart_from=("review", "close_at_first", "send_back", "return_again"),
            weight="main",
        ),
        Step(
            "confirm",
            Text("认定属实", "Confirm"),
            (S.VERIFIED,),
            S.CONFIRMED,
            by=HANDS_ON,
            needs=(
                Need("finding_facts", Text("认定的事实", "Facts established"), "text", min_length=5),
                Need("amount_cny", Text("涉及金额（元）", "Amount concerned (CNY)"), "money", required=False),
            ),
            sets={"verdict": Verdict.CONFIRMED.value, "reason_code": ""},
            weight="main",
        ),
        Step(
            "rule_out",
            Text("排除（误报）", "Rule out"),
            (S.VERIFIED,),
            S.FIRST_REVIEW,
            by=HANDS_ON,
            needs=(
                Need("reason_code", Text("误报原因", "Why it is a false alarm"), "choice", Reason),
                Need("because", Text("说明", "Explanation"), "text", min_length=5),
            ),
            sets={"verdict": Verdict.REFUTED.value},
        ),
        Step(
            "leave_open",
            Text("无法认定", "Cannot be determined"),
            (S.VERIFIED,),
            S.FIRST_REVIEW,
            by=HANDS_ON,
            needs=(Need("because", Text("为何无法认定", "Why it cannot be determined"), "text", min_length=5),),
            sets={"verdict": Verdict.UNDETERMINED.value, "reason_code": ""},
        ),
        Step(
            "dispose",
            Text("处置", "Dispose"),
            (S.CONFIRMED,),
            S.DISPOSED,
            by=(Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.FUNCTION),
            needs=(
                Need("measures", Text("处置措施", "Measures"), "many", Measure),
                Need("opinion", Text("处置意见", "Opinion"), "text", min_length=5),
                Need("transfer_clue", Text("移交缉私线索", "Transfer a clue to the police"), "yes", required=False),
                Need("open_rectify", Text("立项整改", "Open a rectification"), "yes", required=False),
                Need("problem", Text("需整改的问题", "Problem to be rectified"), "text", required=False),
            ),
            rule=_problem_is_named,
            weight="main",
        ),
        Step(
            "feed_back",
            Text("反馈", "Feed back"),
            (S.DISPOSED,),
            S.FIRST_REVIEW,
            by=(Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER),
            needs=(Need("result", Text("处置结果", "Result of the measures"), "text", min_length=5),),
            weight="main",
        ),
        Step(
            "review",
            Text("职能复核", "First review"),
            (S.FIRST_REVIEW,),
            S.SECOND_REVIEW,
            by=(Post.FUNCTION,),
            needs=(
                Need("business_cause", Text("业务原因分析", "Cause in the business"), "text", min_length=10),
                Need("business_control", Text("业务控制措施", "Control in the business"), "text", min_length=5),
            ),
            apart_from=("verify", "confirm", "rule_out", "leave_open", "dispose"),
            weight="main",
        ),
        Step(
            "close_at_first",
            Text("复核办结（蓝色、未抽中）", "Review and close (blue, not drawn)"),
            (S.FIRST_REVIEW,),
            S.CLOSED,
            by=(Post.FUNCTION,),
            needs=(Need("business_cause", Text("业务原因分析", "Cause in the business"), "text", min_length=10),),
            apart_from=("verify", "confirm", "rule_out", "leave_open", "dispose"),
            bar=_may_close_at_first,
        ),
        Step(
            "send_back",
            Text("退回重核", "Return"),
            (S.FIRST_REVIEW,),
            S.RETURNED,
            by=(Post.FUNCTION,),
            needs=(REASON,),
            apart_from=("verify",),
        ),
        Step(
            "close",
            Text("监督复核办结", "Second review and close"),
            (S.SECOND_REVIEW,),
            S.CLOSED,
            by=(Post.OVERSIGHT,),
            needs=(
                Need("integrity_cause", Text("廉政原因", "Integrity cause"), "choice", Cause),
                Need(
                    "integrity_control",
                    Text("廉政分析与控制措施（不写人名）", "Analysis and control (no names)"),
                    "text",
                ),
            ),
            apart_from=("verify", "confirm", "rule_out", "leave_open", "dispose", "review"),
            weight="main",
        ),
        Step(
            "return_again",
            Text("退回重核", "Return"),
            (S.SECOND_REVIEW,),
            S.RETURNED,
            by=(Post.OVERSIGHT,),
            needs=(REASON,),
            apart_from=("verify", "review"),
        ),
    ),
    waits=(
        Wait(
            S.PUSHED,
            graded("limit.alert.pushed", SOURCE, red=(2, "h"), orange=(4, "h"), yellow=(1, "wd"), blue=(2, "wd")),
        ),
        *(
            Wait(
                state,
                graded(
                    f"limit.alert.{state}", SOURCE, red=(2, "wd"), orange=(3, "wd"), yellow=(5, "wd"), blue=(10, "wd")
                ),
            )
            for state in (S.SIGNED, S.RETURNED, S.FIRST_REVIEW, S.SECOND_REVIEW)
        ),
        *(
            Wait(
                state,
                graded(
                    f"limit.alert.{state}", SOURCE, red=(1, "wd"), orange=(2, "wd"), yellow=(3, "wd"), blue=(5, "wd")
                ),
            )
            for state in (S.VERIFIED, S.CONFIRMED)
        ),
        Wait(
            S.DISPOSED,
            graded("limit.alert.disposed", SOURCE, red=(1, "wd"), orange=(1, "wd"), yellow=(2, "wd"), blue=(3, "wd")),
        ),
    ),
    readers=(Post.LEADER,),
)
