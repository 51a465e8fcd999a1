"""The step table of 双向监督 (domain §3.8, §4.6): the side addressed replies, the other answers, oversight above decides."""

from datetime import UTC, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.oversight.needs import CORRECTION, POSITION, REASON, REPLY, VERDICT, Direction, Measure
from guanjian.org.posts import Post

PROPOSED = "默认参数（双向监督），待本单位核定 · proposed default"
INSPECTION = "政府督查工作条例（2021）第十七条"


class S(Names):
    """The states of a notice."""

    ISSUED = "issued", "待对方答复", "Reply due"
    REPLIED = "replied", "待发出方回应", "Answer to the reply due"
    SUBMITTED = "submitted", "待裁定", "Verdict due"
    UPHELD = "upheld", "违责成立待纠正", "Upheld, correction due"
    OBJECTED = "objected", "异议复核", "Objection under review"
    CORRECTED = "corrected", "待核验", "Correction to be verified"
    CLOSED = "closed", "已纠正办结", "Corrected and closed"
    DISMISSED = "dismissed", "不成立办结", "Dismissed"


SIDES = {  # the posts that speak for each side
    "police": (Post.POLICE_LEADER, Post.POLICE_LEGAL),
    "customs": (Post.FUNCTION, Post.HOUSE_LEADER, Post.LEADER),
}
OF = {"police": Text("缉私", "police"), "customs": Text("海关", "customs")}
ADDRESSED = {"police": Direction.TO_POLICE, "customs": Direction.TO_CUSTOMS}
ISSUED_BY = {"customs": Direction.TO_POLICE, "police": Direction.TO_CUSTOMS}
ABOVE = (Post.OVERSIGHT,)
SPOKE = ("reply_police", "reply_customs", "answer_police", "answer_customs")
PUT_RIGHT = ("correct_police", "correct_customs")


def _only(direction: Direction):
    def bar(record) -> Text | None:
        if record.direction != direction:
            return Text("本通知的方向是“{way}”。", "This notice goes “{way}”.").filled(
                way=Direction(record.direction).label
            )
        return None

    return bar


def _first_objection(direction: Direction):
    def bar(record) -> Text | None:
        if {"object_police", "object_customs"} & set(record.hands):
            return Text("已提出过异议，复核决定为最终决定。", "It was objected to once: the review is final.")
        return _only(direction)(record)

    return bar


def _time_is_over(record) -> Text | None:
    if record.due_at and datetime.now(UTC) < record.due_at:
        return Text("答复期限未到，不能径行裁定。", "The time to speak is not over: nothing is decided before.")
    return None


def _rises(record, facts) -> Text | None:
    """Two within a year: an interview; three: a proposal to hold to account."""
    before, given = record.upheld_before(), set(facts["measures"])
    if before >= 2 and Measure.ACCOUNTABILITY not in given:
        return Text(f"该单位一年内已有{before}次违责成立，须提出问责建议。",
                    f"Upheld against this unit {before} times within a year: propose to hold it to account.")  # fmt: skip
    if before == 1 and not given & {Measure.INTERVIEW, Measure.ACCOUNTABILITY}:
        return Text("该单位一年内第二次违责成立，须约谈。", "The second time within a year: an interview is due.")
    return None


def _by_side(
    name: str, title: Text, way: tuple[tuple[S, ...], S], sides: dict[str, Direction], **more
) -> tuple[Step, ...]:
    """The same step for either side: which of the two is open, the direction of the notice says."""
    barred = more.pop("barred", _only)
    sources, target = way
    return tuple(
        Step(f"{name}_{side}", Text("{t}（{s}）", "{t} ({s})").filled(t=title, s=OF[side]), sources, target,
             by=SIDES[side], bar=barred(direction), **more)
        for side, direction in sides.items()
    )  # fmt: skip


PARTIES = (
    *_by_side("reply", Text("答复", "Reply"), ((S.ISSUED,), S.REPLIED), ADDRESSED, needs=REPLY, weight="main"),
    *_by_side("answer", Text("回应答复", "Answer the reply"), ((S.REPLIED,), S.SUBMITTED), ISSUED_BY,
              needs=(POSITION,), weight="main",
              help=Text("发出方只表明意见，是否成立由上级监督裁定。", "A position only: whether it stands is decided above.")),
    *_by_side("correct", Text("报告纠正", "Report the correction"), ((S.UPHELD,), S.CORRECTED), ADDRESSED,
              needs=CORRECTION, weight="main"),
    *_by_side("object", Text("提出异议", "Object"), ((S.UPHELD,), S.OBJECTED), ADDRESSED, needs=(REASON,),
              barred=_first_objection),
)  # fmt: skip
VERDICTS = (
    Step("proceed", Text("逾期未表态，径行裁定", "Proceed without what was not said"), (S.ISSUED, S.REPLIED), S.SUBMITTED,
         by=ABOVE, above=True, needs=(REASON,), bar=_time_is_over),
    Step("uphold", Text("裁定违责成立", "Uphold"), (S.SUBMITTED,), S.UPHELD, by=ABOVE, above=True, needs=VERDICT,
         apart_from=SPOKE, rule=_rises, sets={"verdict": "upheld"}, weight="main"),
    Step("dismiss", Text("裁定不成立", "Dismiss"), (S.SUBMITTED,), S.DISMISSED, by=ABOVE, above=True, needs=(REASON,),
         apart_from=SPOKE, sets={"verdict": "dismissed"}, weight="grave"),
    Step("maintain", Text("维持裁定", "Maintain the verdict"), (S.OBJECTED,), S.UPHELD, by=ABOVE, above=True,
         needs=(REASON,), apart_from=("uphold", *SPOKE), weight="main"),
    Step("annul", Text("撤销裁定", "Annul the verdict"), (S.OBJECTED,), S.DISMISSED, by=ABOVE, above=True, needs=(REASON,),
         apart_from=("uphold", *SPOKE), sets={"verdict": "dismissed"}, weight="grave"),
    Step("verify", Text("核验纠正", "Verify the correction"), (S.CORRECTED,), S.CLOSED, by=ABOVE, above=True,
         needs=(POSITION,), apart_from=PUT_RIGHT, weight="main"),
    Step("send_back", Text("纠正不到位，退回", "Not corrected, send back"), (S.CORRECTED,), S.UPHELD, by=ABOVE, above=True,
         needs=(REASON,), apart_from=PUT_RIGHT),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str = PROPOSED, holds: S | None = None) -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.oversight.{state}"), holds=holds)


FLOW = Flow(
    "oversight",
    Text("双向监督", "Two-way supervision"),
    S.ISSUED,
    (S.CLOSED, S.DISMISSED),
    steps=(*PARTIES, *VERDICTS),
    waits=(
        _limit(S.ISSUED, 5, "wd"),
        _limit(S.REPLIED, 3, "wd"),
        _limit(S.SUBMITTED, 10, "wd"),
        _limit(S.UPHELD, 30, "cd", INSPECTION),
        _limit(S.OBJECTED, 30, "cd", INSPECTION, holds=S.UPHELD),
        _limit(S.CORRECTED, 10, "wd"),
    ),
)
