"""The step table of 廉政线索核实: nothing is concluded before the person was heard, or while hearing him would warn him."""

from datetime import UTC, date, datetime

from guanjian.kernel.flow import Flow, Step, Wait, graded
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Verdict
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit
from guanjian.org.posts import Post

SOURCE = "默认参数（廉政线索核实），待本单位核定 · proposed default"


class S(Names):
    """The states of a lead."""

    PUSHED = "pushed", "待签收", "To be signed for"
    SIGNED = "signed", "核实中", "Being verified"
    VERIFIED = "verified", "待听取说明", "The person is to be heard"
    ASKED = "asked", "待本人说明", "Waiting for the person's reply"
    HEARD = "heard", "待认定", "To be concluded"
    POSTPONING = "postponing", "待同意缓问", "Postponement to be agreed"
    POSTPONED = "postponed", "暂缓询问", "Hearing postponed"
    CONCLUDED = "concluded", "待会签", "To be countersigned"
    REFUTED = "refuted", "待会签封存", "To be countersigned and sealed"
    CLOSED = "closed", "办结", "Closed"
    SEALED = "sealed", "已封存", "Sealed"


class Held(Names):
    """What a conclusion may be, when it is not that the lead is refuted."""

    CONFIRMED = Verdict.CONFIRMED.value, "属实", "Confirmed"
    UNDETERMINED = Verdict.UNDETERMINED.value, "无法认定（不等于属实）", "Undetermined (which is not confirmed)"


def _today() -> date:
    return datetime.now(CHINA).date()


def _time_is_not_over(record) -> Text | None:
    if record.due_at and datetime.now(UTC) < record.due_at:
        return Text("说明期限未到，不能视为放弃。", "The time to reply is not over: nothing has lapsed.")
    return None


def _review_is_ahead(record, facts) -> Text | None:
    if date.fromisoformat(facts["review_on"]) <= _today():
        return Text("复核日期须在今天之后。", "The review date must lie in the future.")
    return None


def _postponement_has_ended(record) -> Text | None:
    if record.state == S.POSTPONED and record.review_on and record.review_on < _today():
        return Text("暂缓已到期：请询问本人，或重新申请暂缓。", "The postponement is over: ask, or apply for it again.")
    return None


BY = (Post.OVERSIGHT,)
REASONS = Need("reasons", Text("理由和依据", "Reasons and grounds"), "text", min_length=10)

FLOW = Flow(
    "lead",
    Text("廉政线索核实", "Integrity leads"),
    S.PUSHED,
    (S.CLOSED, S.SEALED),
    steps=(
        Step("sign", Text("签收", "Sign for"), (S.PUSHED,), S.SIGNED, by=BY, weight="main"),
        Step(
            "verify",
            Text("初步核实", "Verify"),
            (S.SIGNED,),
            S.VERIFIED,
            by=BY,
            needs=(
                Need("checked", Text("核实情况", "What was checked and found"), "text", min_length=10),
                Need("proof", Text("证据（编号，每行一条）", "Evidence (one reference a line)"), "many"),
            ),
            weight="main",
        ),
        Step(
            "ask",
            Text("听取本人说明", "Ask the person"),
            (S.VERIFIED, S.POSTPONED),
            S.ASKED,
            by=BY,
            needs=(
                Need("question", Text("请本人说明的问题", "The question put to the person"), "text", min_length=10),
            ),
            help=Text("本人只能看到这里写的问题。", "The person sees what is written here, and nothing else."),
            weight="main",
        ),
        Step(
            "reply",
            Text("记录说明", "Record the reply"),
            (S.ASKED,),
            S.HEARD,
            by=BY,
            needs=(Need("reply", Text("本人说明", "The person's reply"), "text", min_length=2),),
            heard=True,
            help=Text("本人填写，或记录谈话内容。", "Written by the person, or a record of the talk."),
            weight="main",
        ),
        Step(
            "lapse",
            Text("逾期未说明", "No reply in time"),
            (S.ASKED,),
            S.HEARD,
            by=BY,
            needs=(Need("attempts", Text("送达和催告情况", "How the question was delivered and urged"), "text"),),
            bar=_time_is_not_over,
        ),
        Step(
            "postpone",
            Text("申请暂缓询问", "Propose to postpone"),
            (S.VERIFIED, S.POSTPONED),
            S.POSTPONING,
            by=BY,
            needs=(
                Need(
                    "postponed_because",
                    Text("询问会惊动嫌疑人的理由", "Why asking would warn a suspect"),
                    "text",
                    min_length=10,
                ),
                Need("review_on", Text("复核日期", "Review date"), "date"),
            ),
            rule=_review_is_ahead,
        ),
        Step(
            "agree",
            Text("同意暂缓", "Agree to postpone"),
            (S.POSTPONING,),
            S.POSTPONED,
            by=BY,
            apart_from=("postpone",),
            signs=True,
            weight="main",
        ),
        Step(
            "refuse",
            Text("不同意暂缓", "Refuse to postpone"),
            (S.POSTPONING,),
            S.VERIFIED,
            by=BY,
            needs=(REASONS,),
            apart_from=("postpone",),
        ),
        Step(
            "conclude",
            Text("作出认定", "Conclude"),
            (S.HEARD, S.POSTPONED),
            S.CONCLUDED,
            by=BY,
            needs=(Need("verdict", Text("认定", "Conclusion"), "choice", Held), REASONS),
            bar=_postponement_has_ended,
            weight="grave",
        ),
        Step(
            "refute",
            Text("认定不属实", "Refute"),
            (S.HEARD, S.POSTPONED),
            S.REFUTED,
            by=BY,
            needs=(REASONS,),
            bar=_postponement_has_ended,
            sets={"verdict": Verdict.REFUTED.value},
        ),
        Step(
            "countersign",
            Text("会签办结", "Countersign"),
            (S.CONCLUDED,),
            S.CLOSED,
            by=BY,
            needs=(Need("opinion", Text("会签意见", "Opinion"), "text", min_length=5),),
            apart_from=("conclude", "verify"),
            signs=True,
            weight="grave",
        ),
        Step(
            "seal",
            Text("会签封存", "Countersign and seal"),
            (S.REFUTED,),
            S.SEALED,
            by=BY,
            needs=(Need("opinion", Text("会签意见", "Opinion"), "text", min_length=5),),
            apart_from=("refute", "verify"),
            signs=True,
            help=Text("封存后任何人不再可见，也不计入任何评价。", "Once sealed nobody sees it and it counts nowhere."),
            weight="grave",
        ),
        Step(
            "disagree",
            Text("不同意，退回核实", "Disagree, verify again"),
            (S.CONCLUDED, S.REFUTED),
            S.SIGNED,
            by=BY,
            needs=(REASONS,),
            apart_from=("verify", "conclude", "refute"),
        ),
    ),
    waits=(
        Wait(
            S.PUSHED,
            graded("limit.lead.pushed", SOURCE, red=(2, "h"), orange=(4, "h"), yellow=(1, "wd"), blue=(2, "wd")),
        ),
        *(
            Wait(
                state,
                graded(
                    f"limit.lead.{state}", SOURCE, red=(2, "wd"), orange=(3, "wd"), yellow=(5, "wd"), blue=(10, "wd")
                ),
            )
            for state in (S.SIGNED, S.VERIFIED, S.HEARD, S.CONCLUDED, S.REFUTED)
        ),
        Wait(S.ASKED, Limit(5, "wd", SOURCE, "limit.lead.asked")),
        Wait(S.POSTPONING, Limit(1, "wd", SOURCE, "limit.lead.postponing")),
        Wait(S.POSTPONED, Limit(3, "m", SOURCE, "limit.lead.postponed"), until="review_on"),
    ),
)
