"""The step table of 关警联合值班 (A5, domain §3.8): customs drafts, the police consent, both stand each shift, the trace is read."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.roster import needs, rules
from guanjian.loops.roster.shifts import PROPOSED
from guanjian.org.posts import Post


class S(Names):
    """The states of a roster."""

    DRAFT = "draft", "待编排", "To be drafted"
    SUBMITTED = "submitted", "待缉私同意并公布", "Police consent, then publication"
    RUNNING = "running", "值班中", "Being stood"
    OVER = "over", "期满待小结", "Over, to be concluded"
    CLOSED = "closed", "办结", "Concluded"
    WITHDRAWN = "withdrawn", "已撤销", "Withdrawn"


HOUSE, BUREAU = (Post.HOUSE_LEADER,), (Post.POLICE_LEADER,)
CUSTOMS, POLICE = (Post.FRONTLINE, Post.SECTION_CHIEF), (Post.POLICE,)
ON_SITE = (*CUSTOMS, *POLICE)

ARRANGING = (
    Step("arrange", Text("编排班次，送缉私征求同意", "Draft the shifts"), (S.DRAFT,), S.SUBMITTED, by=HOUSE, needs=(needs.SHIFTS,),
         rule=rules.arranged, weight="main"),
    Step("agree", Text("缉私同意", "The police consent"), (S.SUBMITTED,), None, by=BUREAU, needs=(needs.OPINION,),
         apart_from=("arrange",), bar=rules.still_fit, signs=True, weight="main"),
    Step("publish", Text("公布", "Publish"), (S.SUBMITTED,), S.RUNNING, by=HOUSE, after=("agree",), apart_from=("agree",),
         bar=rules.still_fit, weight="main"),
    Step("send_back", Text("退回重排", "Send back"), (S.SUBMITTED,), S.DRAFT, by=BUREAU, needs=(needs.REASON,),
         apart_from=("arrange",)),
    Step("withdraw", Text("撤销", "Withdraw"), (S.DRAFT, S.SUBMITTED, S.RUNNING), S.WITHDRAWN, by=HOUSE, needs=(needs.REASON,),
         bar=rules.untouched, weight="grave"),
)  # fmt: skip
STANDING = (
    Step("take_up", Text("接班", "Take up the shift"), (S.RUNNING,), None, by=ON_SITE, needs=(needs.NOTED,), named="expected",
         weight="main"),
    Step("hand_over", Text("交班", "Hand over the shift"), (S.RUNNING,), None, by=ON_SITE, needs=(needs.HANDED,), named="standing",
         weight="main"),
    Step("open_clue", Text("现场移交线索", "Hand a clue over on site"), (S.RUNNING,), None, by=CUSTOMS, needs=needs.CLUE,
         named="standing"),
    Step("ask_swap", Text("申请换班", "Ask for a swap"), (S.RUNNING,), None, by=ON_SITE, needs=needs.SWAP, rule=rules.swap_fits),
    Step("grant_swap", Text("同意换班", "Grant the swap"), (S.RUNNING,), None, by=(*HOUSE, *BUREAU), needs=(needs.OPINION,),
         whose="swap_post", kept_from="swapping", apart_from=("ask_swap",), bar=rules.swap_still_fits),
    Step("refuse_swap", Text("不同意换班", "Refuse the swap"), (S.RUNNING,), None, by=(*HOUSE, *BUREAU), needs=(needs.REASON,),
         whose="swap_post", kept_from="swapping", apart_from=("ask_swap",), bar=rules.swap_is_asked),
)  # fmt: skip
ENDING = (
    Step("take_reading", Text("期满，按留痕统计", "Read the trace"), (S.RUNNING,), S.OVER, by=(Post.SYSTEM,), needs=needs.READING,
         bar=rules.is_over),
    Step("confirm", Text("缉私核对", "The police confirm"), (S.OVER,), None, by=BUREAU, needs=(needs.OPINION,),
         apart_from=("arrange",), signs=True, weight="main"),
    Step("conclude", Text("小结办结", "Conclude"), (S.OVER,), S.CLOSED, by=HOUSE, needs=needs.CONCLUSION, rule=rules.explained,
         after=("confirm",), apart_from=("confirm",), weight="main"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.roster.{state}"), until=until)


FLOW = Flow(
    "roster",
    Text("关警联合值班", "Joint duty rosters"),
    S.DRAFT,
    (S.CLOSED, S.WITHDRAWN),
    steps=(*ARRANGING, *STANDING, *ENDING),
    waits=(
        _limit(S.DRAFT, 5, "wd"),
        _limit(S.SUBMITTED, 3, "wd"),
        _limit(S.RUNNING, 2, "m", until="read_by"),
        _limit(S.OVER, 5, "wd"),
    ),
    readers=(Post.FUNCTION, Post.OVERSIGHT, Post.LEADER),
    opens=HOUSE,
    opening=needs.OPENING,
)
