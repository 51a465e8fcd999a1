"""The step table of 一岗双责与追责 (B6, domain §6.3): evidence from the trace, own statement, judged from above by two, objection."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.duty import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（一岗双责），待本单位核定 · proposed default"
LAW = "公务员法（2018）第九十五条：知道之日起三十日内申请复核（比照）"


class S(Names):
    """The states of a list of duties."""

    RUNNING = "running", "履责期内", "The period runs"
    TO_STATE = "to_state", "已取证待述责", "Evidence taken, statement due"
    STATED = "stated", "待考评", "To be assessed"
    ASSESSED = "assessed", "待第二人复核", "To be confirmed by another"
    TOLD = "told", "已告知，异议期内", "Told, may be objected to"
    OBJECTED = "objected", "异议复核中", "Objection under review"
    FINAL = "final", "异议已答复，待公布", "Objection answered, to be published"
    PUBLISHED = "published", "已公布", "Published"
    STRUCK = "struck", "已撤销", "Struck"


SUPERIOR = (Post.HOUSE_LEADER, Post.LEADER)
WATCH = (Post.OVERSIGHT,)
DRAWN_BY = (*SUPERIOR, Post.FUNCTION, Post.OVERSIGHT)
BY_ITSELF = (Post.SYSTEM,)
TRIED = ("assess", "confirm")

TRACING = (
    Step("look", Text("更新留痕", "Look at the trace"), (S.RUNNING,), None, by=BY_ITSELF, needs=needs.TRACED),
    Step("take_evidence", Text("期满取证", "Take the evidence"), (S.RUNNING,), S.TO_STATE, by=BY_ITSELF, needs=needs.TRACED,
         bar=rules.period_is_over, weight="main"),
    Step("strike", Text("撤销清单", "Strike the list"), (S.RUNNING, S.TO_STATE), S.STRUCK, by=DRAWN_BY, above=True,
         needs=(needs.REASON,), weight="grave",
         help=Text("责任人离任等，本清单不再考评。", "The person left the post: it is not assessed any more.")),
)  # fmt: skip
JUDGING = (
    Step("state", Text("述责", "Make a statement"), (S.TO_STATE,), S.STATED, by=WATCH, above=True, heard=True,
         needs=needs.STATEMENT, rule=rules.really_in_the_trace, weight="main",
         help=Text("由本人填写，或由监督岗位记录述责谈话。", "Written by the person, or a record of the talk.")),
    Step("lapse", Text("逾期未述责", "No statement in time"), (S.TO_STATE,), S.STATED, by=WATCH, above=True,
         needs=(needs.REASON,), bar=rules.time_is_over),
    Step("assess", Text("考评", "Assess"), (S.STATED,), S.ASSESSED, by=SUPERIOR, above=True, needs=needs.ASSESSMENT,
         rule=rules.judged_as_traced, weight="main"),
    Step("confirm", Text("第二人复核，告知本人", "Confirm and tell the person"), (S.ASSESSED,), S.TOLD, by=WATCH, above=True,
         needs=(needs.OPINION,), apart_from=("assess",), signs=True, weight="main"),
    Step("send_back", Text("退回重新考评", "Send back"), (S.ASSESSED,), S.STATED, by=WATCH, above=True, needs=(needs.REASON,),
         apart_from=("assess",)),
)  # fmt: skip
ENDING = (
    Step("object", Text("提出异议", "Object"), (S.TOLD,), S.OBJECTED, by=WATCH, above=True, heard=True, needs=needs.OBJECTION,
         rule=rules.really_in_the_trace, apart_from=("confirm",)),
    Step("uphold", Text("维持考评", "Uphold"), (S.OBJECTED,), S.FINAL, by=(*SUPERIOR, *WATCH), above=True,
         needs=(needs.ANSWER,), apart_from=(*TRIED, "object"), weight="main"),
    Step("amend", Text("改变考评", "Change the assessment"), (S.OBJECTED,), S.FINAL, by=(*SUPERIOR, *WATCH), above=True,
         needs=(*needs.ASSESSMENT, needs.ANSWER), rule=rules.judged_as_traced, apart_from=(*TRIED, "object")),
    Step("publish", Text("公布结果", "Publish"), (S.TOLD, S.FINAL), S.PUBLISHED, by=(Post.FUNCTION, Post.OVERSIGHT), above=True,
         bar=rules.objections_are_over, weight="main"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str = PROPOSED, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.duty.{state}"), until=until)


FLOW = Flow(
    "duty",
    Text("一岗双责", "One post, two duties"),
    S.RUNNING,
    (S.PUBLISHED, S.STRUCK),
    steps=(*TRACING, *JUDGING, *ENDING),
    waits=(
        _limit(S.RUNNING, 13, "m", until="evidence_by"),
        _limit(S.TO_STATE, 10, "wd"),
        _limit(S.STATED, 20, "wd"),
        _limit(S.ASSESSED, 10, "wd"),
        _limit(S.TOLD, 40, "cd", LAW),
        _limit(S.OBJECTED, 30, "cd", LAW),
        _limit(S.FINAL, 10, "wd"),
    ),
    readers=(Post.SECTION_CHIEF, Post.POLICE_LEADER, Post.FRONTLINE, Post.POLICE),
    opens=DRAWN_BY,
    opening=needs.OPENING,
)
