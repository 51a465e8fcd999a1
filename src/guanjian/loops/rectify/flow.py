"""The step table of 排查整改 (domain §4.5): evidence before close-out, another's review, a look-back before the end."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait, graded
from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Gap
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit
from guanjian.loops.rectify import effect
from guanjian.org.posts import Post

SOURCE = "默认参数（排查整改），待本单位核定 · proposed default"


class S(Names):
    """The states of a rectification."""

    OPENED = "opened", "待立项", "To be planned"
    RECTIFYING = "rectifying", "整改中", "Being rectified"
    EVIDENCED = "evidenced", "已提交证据", "Evidence given"
    APPLIED = "applied", "申请销号", "Close-out applied for"
    CLOSED_OUT = "closed_out", "已销号待回头看", "Closed out, look-back due"
    REVIEW = "review", "成效待复核", "Effect to be reviewed"
    CLOSED = "closed", "回头看通过", "Held at the look-back"


class Source(Names):
    """Where the problem was found (B4)."""

    ALERT = "alert", "预警处置", "An alert"
    CASE = "case", "案件反馈", "A case"
    INSPECTION = "inspection", "巡视巡察", "An inspection"
    AUDIT = "audit", "督察审计", "An audit"
    SWEEP = "sweep", "专项排查", "A sweep"
    OWN = "own", "自查", "Found by the unit itself"


def _ahead(record, facts) -> Text | None:
    if date.fromisoformat(facts["finish_by"]) <= datetime.now(CHINA).date():
        return Text("整改期限须在今天之后。", "The date to finish by must lie in the future.")
    return None


def _extends(record, facts) -> Text | None:
    if record.finish_by and date.fromisoformat(facts["finish_by"]) <= record.finish_by:
        return Text("延期后的期限须晚于原期限。", "The new date must be later than the present one.")
    return _ahead(record, facts)


def _dated_honestly(record, facts) -> Text | None:
    done = date.fromisoformat(facts["done_on"])
    if not record.opened_at.astimezone(CHINA).date() <= done <= datetime.now(CHINA).date():
        return Text("完成日期须在发现问题之后、不晚于今天（不得倒签）。",
                    "The work was done after the problem was found and not after today: no back-dating.")  # fmt: skip
    return None


UNIT_HANDS = (Post.FRONTLINE, Post.SECTION_CHIEF)
UNIT_HEADS = (Post.SECTION_CHIEF, Post.HOUSE_LEADER)
REVIEWERS = (Post.FUNCTION, Post.OVERSIGHT)
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
FINISH_BY = Need("finish_by", Text("整改期限", "Finish by"), "date")

FLOW = Flow(
    "rectify",
    Text("排查整改", "Rectification"),
    S.OPENED,
    (S.CLOSED,),
    steps=(
        Step(
            "plan",
            Text("立项", "Plan"),
            (S.OPENED,),
            S.RECTIFYING,
            by=UNIT_HEADS,
            needs=(
                Need("at_once", Text("当下改：立即措施", "Measures at once"), "text", min_length=5),
                Need("for_good", Text("长久立：制度机制措施", "Measures for good"), "text", min_length=5),
                Need("responsible", Text("责任人", "Person responsible")),
                FINISH_BY,
            ),
            rule=_ahead,
            weight="main",
        ),
        Step(
            "extend",
            Text("批准延期", "Extend"),
            (S.RECTIFYING,),
            S.RECTIFYING,
            by=(Post.FUNCTION,),
            needs=(FINISH_BY, REASON),
            apart_from=("plan",),
            rule=_extends,
        ),
        Step(
            "give_evidence",
            Text("提交整改证据", "Give evidence"),
            (S.RECTIFYING, S.EVIDENCED),
            S.EVIDENCED,
            by=UNIT_HANDS,
            needs=(
                Need("done", Text("完成的工作", "What was done"), "text", min_length=10),
                Need("done_on", Text("完成日期", "Done on"), "date"),
                Need("proof", Text("佐证材料（文号、编号，每行一条）", "Evidence (one reference a line)"), "many"),
            ),
            rule=_dated_honestly,
            weight="main",
        ),
        Step(
            "apply",
            Text("申请销号", "Apply for close-out"),
            (S.EVIDENCED,),
            S.APPLIED,
            by=UNIT_HEADS,
            needs=(Need("conclusion", Text("整改结论", "Conclusion"), "text", min_length=5),),
            weight="main",
        ),
        Step(
            "close_out",
            Text("审核销号", "Review and close out"),
            (S.APPLIED,),
            S.CLOSED_OUT,
            by=REVIEWERS,
            needs=(Need("review_opinion", Text("审核意见", "Opinion"), "text", min_length=5),),
            apart_from=("plan", "give_evidence", "apply"),
            weight="main",
        ),
        Step(
            "send_back",
            Text("退回整改", "Return"),
            (S.APPLIED,),
            S.RECTIFYING,
            by=REVIEWERS,
            needs=(REASON,),
            apart_from=("plan", "give_evidence", "apply"),
        ),
        Step(
            "ask_effect",
            Text("比对成效", "Measure the effect"),
            (S.CLOSED_OUT, S.REVIEW),
            None,
            by=(Post.FUNCTION, Post.RISK),
            needs=effect.ASKED,
            rule=effect.asked_well,
        ),
        Step(
            "measure_effect",
            Text("整改前后查获率", "Find rate before and after"),
            (S.CLOSED_OUT, S.REVIEW),
            None,
            by=(Post.SYSTEM,),
            needs=effect.COUNTS,
        ),
        Step(
            "sign_effect",
            Text("会签成效", "Countersign the effect"),
            (S.CLOSED_OUT, S.REVIEW),
            None,
            by=(Post.OVERSIGHT,),
            needs=(Need("effect_opinion", Text("会签意见", "Opinion"), "text", min_length=2),),
            apart_from=("ask_effect",),
            bar=effect.measured,
            signs=True,
        ),
        Step(
            "send_to_review",
            Text("回头看通过，转成效复核", "Look back: it holds, effect to be reviewed"),
            (S.CLOSED_OUT,),
            S.REVIEW,
            by=REVIEWERS,
            needs=(Need("seen", Text("回头看所见", "What was seen"), "text", min_length=10),),
            apart_from=("plan", "give_evidence", "apply", "close_out"),
            bar=effect.not_measurable,
        ),
        Step(
            "end_review",
            Text("成效复核办结", "Review the effect and close"),
            (S.REVIEW,),
            S.CLOSED,
            by=REVIEWERS,
            needs=(Need("reviewed", Text("复核结论", "Conclusion"), "text", min_length=10),),
            apart_from=("plan", "give_evidence", "apply"),
            bar=effect.review_day,
            weight="main",
        ),
        Step(
            "look_back",
            Text("回头看通过", "Look back: it holds"),
            (S.CLOSED_OUT,),
            S.CLOSED,
            by=REVIEWERS,
            needs=(Need("seen", Text("回头看所见", "What was seen"), "text", min_length=10),),
            apart_from=("plan", "give_evidence", "apply", "close_out"),
            bar=effect.effect_known,
            weight="main",
        ),
        Step(
            "reopen",
            Text("回头看未通过，重新整改", "Look back: it came back"),
            (S.CLOSED_OUT, S.REVIEW),
            S.OPENED,
            by=REVIEWERS,
            needs=(Need("relapse", Text("复发情况", "What came back"), "text", min_length=10),),
            apart_from=("plan", "give_evidence", "apply", "close_out"),
        ),
    ),
    waits=(
        Wait(
            S.OPENED,
            graded("limit.rectify.opened", SOURCE, red=(2, "wd"), orange=(3, "wd"), yellow=(5, "wd"), blue=(10, "wd")),
        ),
        Wait(S.RECTIFYING, Limit(6, "m", SOURCE, "limit.rectify.rectifying"), until="finish_by"),
        Wait(S.EVIDENCED, Limit(5, "wd", SOURCE, "limit.rectify.evidenced")),
        Wait(S.APPLIED, Limit(10, "wd", SOURCE, "limit.rectify.applied")),
        Wait(S.CLOSED_OUT, Limit(3, "m", SOURCE, "limit.rectify.closed_out")),
        Wait(S.REVIEW, Limit(12, "m", SOURCE, "limit.rectify.review"), until="review_on"),
    ),
    readers=(Post.LEADER, Post.RISK),
    opens=(Post.FUNCTION, Post.OVERSIGHT, Post.SECTION_CHIEF, Post.HOUSE_LEADER),
    opening=(
        Need("title", Text("问题", "Problem")),
        Need("problem", Text("问题描述", "Description"), "text", min_length=5),
        Need("source", Text("问题来源", "Where it was found"), "choice", Source),
        Need("gap_code", Text("漏洞类型", "Kind of gap"), "choice", Gap, required=False),
        Need("node_code", Text("内控节点", "Control node"), required=False),
        Need("level", Text("风险等级", "Level"), "choice", Level),
    ),
)
