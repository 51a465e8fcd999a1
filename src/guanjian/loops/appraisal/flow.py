"""The step table of 反走私绩效综合考评 (A1): both sides of a district in one sheet; frozen, reviewed, objected to, decided, published."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.appraisal import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（反走私绩效综合考评），待总署核定 · proposed default"


class S(Names):
    """The states of a sheet."""

    OPENED = "opened", "考评期内", "The period runs"
    FROZEN = "frozen", "数据已冻结，待审核", "Frozen, to be reviewed"
    TOLD = "told", "已审核告知，异议期内", "Told, may be objected to"
    OBJECTED = "objected", "异议复核中", "Objection under review"
    RECOUNTING = "recounting", "待重新统计", "To be counted again"
    SETTLED = "settled", "异议已答复，待审定", "Objection answered, to be decided"
    DECIDED = "decided", "已审定，待公布", "Decided, to be published"
    PUBLISHED = "published", "已公布", "Published"
    DROPPED = "dropped", "已撤销", "Dropped"


KEEPERS = (Post.FUNCTION, Post.OVERSIGHT)
HEADS = (Post.LEADER,)
APPRAISED = (Post.LEADER, Post.POLICE_LEADER)
BY_ITSELF = (Post.SYSTEM,)

COUNTING = (
    Step("freeze", Text("冻结数据", "Freeze what was counted"), (S.OPENED,), S.FROZEN, by=BY_ITSELF, needs=needs.FROZEN,
         bar=rules.period_is_over, weight="main"),
    Step("drop", Text("撤销本期考评", "Drop this appraisal"), (S.OPENED,), S.DROPPED, by=KEEPERS, above=True, needs=(needs.REASON,),
         weight="grave"),
    Step("review", Text("审核并告知双方", "Review and tell both sides"), (S.FROZEN,), S.TOLD, by=KEEPERS, above=True,
         needs=(needs.OPINION,), weight="main"),
    Step("ask_recount", Text("剔除后重新统计", "Count again without some"), (S.FROZEN,), S.RECOUNTING, by=KEEPERS, above=True,
         needs=(needs.LEFT_OUT, needs.REASON), rule=rules.matters_of_the_district),
    Step("recount", Text("重新统计", "Counted again"), (S.RECOUNTING,), S.FROZEN, by=BY_ITSELF, needs=needs.FROZEN, weight="main",
         help=Text("按第一次冻结时账本的状况重新统计，只剔除列明的事项。",
                   "Counted as the ledger stood when it was first frozen, without the matters named.")),
)  # fmt: skip
JUDGING = (
    Step("object", Text("提出异议", "Object"), (S.TOLD, S.OBJECTED), S.OBJECTED, by=APPRAISED, kept_from="judges_above",
         needs=(needs.GROUNDS, needs.NAMED), rule=rules.matters_of_the_district,
         help=Text("由被考评关区的海关或缉私一方提出。", "For either side of the district that is appraised.")),
    Step("uphold", Text("维持原数据", "Uphold"), (S.OBJECTED,), S.SETTLED, by=(*KEEPERS, *HEADS), above=True,
         needs=(needs.ANSWER,), apart_from=("review", "object"), weight="main"),
    Step("correct", Text("异议成立，剔除后重新统计", "It holds: count again without them"), (S.OBJECTED,), S.RECOUNTING,
         by=(*KEEPERS, *HEADS), above=True, needs=(needs.LEFT_OUT, needs.ANSWER), rule=rules.matters_of_the_district,
         apart_from=("review", "object")),
    Step("decide", Text("审定", "Decide"), (S.TOLD, S.SETTLED), S.DECIDED, by=HEADS, above=True, needs=(needs.DECISION,),
         bar=rules.objections_are_over, apart_from=("review", "uphold", "object"), signs=True, weight="main"),
    Step("publish", Text("公布", "Publish"), (S.DECIDED,), S.PUBLISHED, by=KEEPERS, above=True, apart_from=("decide",),
         weight="grave",
         help=Text("公布后不能修改；确有错误的，写明理由另出新版。", "Nothing changes after that but by a new edition with its reason.")),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.appraisal.{state}"), until=until)


FLOW = Flow(
    "appraisal",
    Text("反走私绩效考评", "Anti-smuggling appraisal"),
    S.OPENED,
    (S.PUBLISHED, S.DROPPED),
    steps=(*COUNTING, *JUDGING),
    waits=(
        _limit(S.OPENED, 13, "m", until="freeze_by"),
        _limit(S.FROZEN, 10, "wd"),
        _limit(S.TOLD, 25, "cd"),
        _limit(S.OBJECTED, 15, "cd"),
        _limit(S.RECOUNTING, 2, "wd"),
        _limit(S.SETTLED, 10, "wd"),
        _limit(S.DECIDED, 5, "wd"),
    ),
    readers=(Post.RISK, Post.POLICE, Post.POLICE_LEGAL),
    opens=(Post.FUNCTION, Post.OVERSIGHT),
    opening=needs.OPENING,
)
