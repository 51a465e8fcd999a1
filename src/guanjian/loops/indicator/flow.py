"""The step table of 指标与参数治理 (B4, domain §4.2): roles apart, and an approval that holds for what was tested."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.indicator import rules
from guanjian.loops.indicator.needs import FORMULA, OPENING, RESULT, SPAN
from guanjian.org.posts import Post

PROPOSED = "默认参数（指标治理），待本单位核定 · proposed default"


class S(Names):
    """The states of an indicator."""

    DRAFT = "draft", "起草", "Draft"
    TESTING = "testing", "回测中", "Being back-tested"
    TESTED = "tested", "已回测", "Back-tested"
    SUBMITTED = "submitted", "待准试运行", "Trial asked for"
    TRIAL = "trial", "试运行", "On trial"
    PROPOSED = "proposed", "待批准", "To be approved"
    APPROVED = "approved", "已批准待生效", "Approved, not yet in force"
    IN_FORCE = "in_force", "生效", "In force"
    REVIEWED = "reviewed", "待复评", "To be reviewed"
    RETIRED = "retired", "停用", "Retired"
    DROPPED = "dropped", "不采用", "Dropped"


AUTHORS = (Post.RISK, Post.FUNCTION)
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
MADE = ("revise", "ask_back_test", "submit")


FLOW = Flow(
    "indicator",
    Text("指标与参数治理", "Indicators"),
    S.DRAFT,
    (S.RETIRED, S.DROPPED),
    steps=(
        Step("preview", Text("试算", "Preview"), (S.DRAFT, S.TESTED), None, by=AUTHORS, needs=SPAN, rule=rules.a_span,
             help=Text("在所选的整个期间上计算，结果写回本页，不改变状态。", "Measured on the whole period chosen; the result comes back here.")),
        Step("show_preview", Text("试算结果", "Result of the preview"), (S.DRAFT, S.TESTED), None, by=(Post.SYSTEM,), needs=RESULT),
        Step("submit", Text("提交试运行", "Submit for trial"), (S.TESTED,), S.SUBMITTED, by=AUTHORS, weight="main",
             bar=rules.something_is_found, rule=rules.twin_explained, needs=(
                 Need("reading", Text("对回测结果的说明", "What the back-test shows"), "text", min_length=5),
                 Need("why_own", Text("已有相同指标仍另建的理由", "Why another is needed beside the same"), "text", required=False))),
        Step("ask_back_test", Text("提交回测", "Back-test"), (S.DRAFT, S.TESTED, S.TESTING), S.TESTING, by=AUTHORS, needs=SPAN, rule=rules.a_span,
             weight="main", help=Text("在所选的整个期间上回测；其后修改公式，回测即作废。", "A later change of the formula voids it.")),
        Step("back_test", Text("回测结果", "Result of the back-test"), (S.TESTING,), S.TESTED, by=(Post.SYSTEM,), needs=RESULT),
        Step("cannot_measure", Text("无法计算", "Cannot be measured"), (S.TESTING,), S.DRAFT, by=(Post.SYSTEM,), needs=(REASON,)),
        Step("revise", Text("修改公式", "Revise"), (S.DRAFT, S.TESTED), S.DRAFT, by=AUTHORS, needs=FORMULA, rule=rules.measurable),
        Step("begin_trial", Text("同意试运行", "Begin the trial"), (S.SUBMITTED,), S.TRIAL, by=(Post.FUNCTION,), needs=(OPINION,),
             apart_from=MADE, bar=rules.as_tested, weight="main",
             help=Text("试运行每夜计算，只记数，不产生预警。", "Measured every night; counted, alarming nobody.")),
        Step("send_back", Text("退回修改", "Send back"), (S.SUBMITTED,), S.DRAFT, by=(Post.FUNCTION,), needs=(REASON,), apart_from=("submit",)),
        Step("note_trial", Text("试运行记数", "Count of the trial"), (S.TRIAL,), None, by=(Post.SYSTEM,), needs=(
            Need("trial_runs", Text("试运行次数", "Runs"), "number"),
            Need("trial_flagged", Text("试运行命中", "Flagged in the trial"), "number"))),
        Step("propose", Text("报请批准", "Propose for approval"), (S.TRIAL,), S.PROPOSED, by=AUTHORS, weight="main",
             bar=rules.as_tested, needs=(Need("trial_said", Text("试运行评价", "What the trial shows"), "text", min_length=5),)),
        Step("end_trial", Text("结束试运行，退回修改", "End the trial and revise"), (S.TRIAL,), S.DRAFT, by=AUTHORS, needs=(REASON,)),
        Step("approve", Text("批准", "Approve"), (S.PROPOSED,), S.APPROVED, by=(Post.LEADER,), needs=(OPINION,), signs=True,
             apart_from=(*MADE, "begin_trial", "propose"), bar=rules.as_tested, weight="main"),
        Step("refuse", Text("退回修改", "Send back"), (S.PROPOSED,), S.DRAFT, by=(Post.LEADER,), needs=(REASON,),
             apart_from=("submit", "propose")),
        Step("put_in_force", Text("生效", "Put in force"), (S.APPROVED,), S.IN_FORCE, by=(Post.FUNCTION,), after=("approve",),
             bar=rules.as_tested, rule=rules.ahead, weight="main", needs=(
                 Need("in_force_from", Text("自何日生效", "In force from"), "date"),
                 Need("shared", Text("向其他关区共享", "Share with other districts"), "yes", required=False))),
        Step("call_review", Text("到期复评", "Call for a review"), (S.IN_FORCE,), S.REVIEWED, by=(Post.FUNCTION, Post.OVERSIGHT),
             needs=(REASON,), weight="main"),
        Step("keep", Text("继续使用", "Keep it in force"), (S.REVIEWED,), S.IN_FORCE, by=(Post.LEADER,), needs=(OPINION,),
             apart_from=(*MADE, "call_review"), bar=rules.as_tested),
        Step("retire", Text("停用", "Retire"), (S.IN_FORCE, S.REVIEWED), S.RETIRED, by=(Post.FUNCTION, Post.LEADER), needs=(REASON,),
             weight="grave"),
        Step("drop", Text("不采用", "Drop"), (S.DRAFT, S.TESTED), S.DROPPED, by=AUTHORS, needs=(REASON,), weight="grave"),
    ),
    waits=(
        Wait(S.DRAFT, Limit(6, "m", PROPOSED, "limit.indicator.draft")),
        Wait(S.TESTING, Limit(1, "wd", PROPOSED, "limit.indicator.testing")),
        Wait(S.TESTED, Limit(1, "m", PROPOSED, "limit.indicator.tested")),
        Wait(S.SUBMITTED, Limit(5, "wd", PROPOSED, "limit.indicator.submitted")),
        Wait(S.TRIAL, Limit(3, "m", PROPOSED, "limit.indicator.trial")),
        Wait(S.PROPOSED, Limit(10, "wd", PROPOSED, "limit.indicator.proposed")),
        Wait(S.APPROVED, Limit(10, "wd", PROPOSED, "limit.indicator.approved")),
        Wait(S.IN_FORCE, Limit(12, "m", PROPOSED, "limit.indicator.in_force")),
        Wait(S.REVIEWED, Limit(10, "wd", PROPOSED, "limit.indicator.reviewed")),
    ),
    readers=(Post.OVERSIGHT, Post.LEADER),
    opens=AUTHORS,
    opening=OPENING,
)  # fmt: skip
