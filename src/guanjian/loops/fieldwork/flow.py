"""The step table of 外勤作业 (domain §4.7): what is done on site is carried by signed items of the officers' devices."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.fieldwork import rules
from guanjian.loops.fieldwork.needs import CLOCK, ITEM, KEY, OPINION, PLAN, REASON, SIGNATURE, WHY
from guanjian.org.posts import Post

PROPOSED = "默认参数（外勤作业），待本单位核定 · proposed default"


class S(Names):
    """The states of a job."""

    PLANNED = "planned", "待签到", "Check-in due"
    HALF = "half", "待第二人签到", "Second officer due"
    ON_SITE = "on_site", "现场作业", "On site"
    LEFT = "left", "待提交", "To be submitted"
    SUBMITTED = "submitted", "待科长审批", "Chief's approval due"
    CLOSED = "closed", "办结", "Closed"
    CANCELLED = "cancelled", "已取消", "Cancelled"


CHIEF = (Post.SECTION_CHIEF, Post.HOUSE_LEADER)
ON_THE_WAY = (S.PLANNED, S.HALF, S.ON_SITE, S.LEFT)
THERE = (S.HALF, S.ON_SITE, S.LEFT)  # what one phone did may arrive after the other has ended the work
HANDS = ("arrive", "join", "submit")


def _device(name: str, title: Text, way: tuple[tuple[S, ...], S | None], **more) -> Step:
    """A step that a device of one of the two named officers takes with a signed item."""
    more = {"needs": (ITEM, SIGNATURE), **more}
    return Step(name, title, *way, by=(Post.FRONTLINE,), named="officers", remote=True, **more)


SITE_STEPS = (
    _device("bind", Text("下载到本人设备", "Take onto one's device"), (ON_THE_WAY, None), needs=(KEY, CLOCK),
            rule=rules.is_a_key),
    _device("arrive", Text("签到（第一人）", "Check in (first)"), ((S.PLANNED,), S.HALF), rule=rules.carries("check_in")),
    _device("join", Text("签到（第二人）", "Check in (second)"), ((S.HALF,), S.ON_SITE), rule=rules.carries("check_in"),
            apart_from=("arrive",)),
    _device("photograph", Text("拍照取证", "Photo"), (THERE, None), rule=rules.carries("photo")),
    _device("film", Text("登记录像片段", "Clip"), (THERE, None), rule=rules.carries("clip")),
    _device("track", Text("轨迹", "Track"), (THERE, None), rule=rules.carries("track")),
    _device("record", Text("填写查验记录", "Record"), (THERE, None), rule=rules.carries("record")),
    _device("leave", Text("签退", "Check out"), ((S.ON_SITE,), S.LEFT), rule=rules.carries("check_out")),
    _device("depart", Text("签退（另一人）", "Check out (the other)"), ((S.LEFT,), None), rule=rules.carries("check_out"),
            apart_from=("leave",)),
    _device("set_aside", Text("收存未采用的条目", "Keep an item without effect"), (ON_THE_WAY, None),
            needs=(ITEM, SIGNATURE, WHY), rule=rules.cannot_be_used),
)  # fmt: skip
OFFICE_STEPS = (
    Step("submit", Text("提交审批", "Submit"), (S.LEFT,), S.SUBMITTED, by=(Post.FRONTLINE,), named="officers",
         bar=rules.complete, weight="main"),
    Step("approve", Text("审批同意", "Approve"), (S.SUBMITTED,), S.CLOSED, by=CHIEF, needs=(OPINION,),
         apart_from=HANDS, signs=True, weight="main"),
    Step("send_back", Text("退回补正", "Send back"), (S.SUBMITTED,), S.LEFT, by=CHIEF, needs=(REASON,), apart_from=HANDS),
    Step("cancel", Text("取消作业", "Cancel"), (S.PLANNED, S.HALF), S.CANCELLED, by=CHIEF, needs=(REASON,),
         apart_from=("arrive",), weight="grave"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.fieldwork.{state}"), until)


FLOW = Flow(
    "fieldwork",
    Text("外勤作业", "Field work"),
    S.PLANNED,
    (S.CLOSED, S.CANCELLED),
    steps=(*SITE_STEPS, *OFFICE_STEPS),
    waits=(
        _limit(S.PLANNED, 30, "cd", "planned_on"),
        _limit(S.HALF, 2, "h"),
        _limit(S.ON_SITE, 24, "h"),
        _limit(S.LEFT, 1, "wd"),
        _limit(S.SUBMITTED, 2, "wd"),
    ),
    readers=(Post.FUNCTION, Post.OVERSIGHT, Post.LEADER),
    opens=(Post.FRONTLINE, Post.SECTION_CHIEF),
    opening=PLAN,
)
