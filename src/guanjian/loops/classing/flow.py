"""The step table of 单位岗位分类管理 (A5, domain §6.3): measured from data, proposed, adopted by the leader above, reviewed each year."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.classing import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（分类管理），待本单位核定 · proposed default"


class S(Names):
    """The states of a classing."""

    COUNTING = "counting", "待测算", "To be measured"
    MEASURED = "measured", "已测算，待拟定", "Measured, to be proposed"
    SUBMITTED = "submitted", "待审定", "To be decided"
    ADOPTED = "adopted", "已审定，执行中", "Adopted"
    FOLLOWED = "followed", "已由新的分类接续", "Followed by the next"
    DROPPED = "dropped", "已撤销", "Dropped"


KEEPERS = (Post.FUNCTION, Post.OVERSIGHT)
HEADS = (Post.LEADER,)
BY_ITSELF = (Post.SYSTEM,)

FLOW = Flow(
    "classing",
    Text("分类管理", "Classes of units and posts"),
    S.COUNTING,
    (S.FOLLOWED, S.DROPPED),
    steps=(
        Step("measure", Text("按数据测算", "Measure from data"), (S.COUNTING,), S.MEASURED, by=BY_ITSELF, needs=needs.MEASURED),
        Step("propose", Text("拟定类别", "Propose the classes"), (S.MEASURED,), S.SUBMITTED, by=KEEPERS, above=True,
             needs=needs.PROPOSAL, rule=rules.fits, weight="main",
             help=Text("测算只是建议；由上一级拟定、审定，不自动生效。", "What was measured is advice: the level above proposes and decides.")),
        Step("adopt", Text("审定执行", "Adopt"), (S.SUBMITTED,), S.ADOPTED, by=HEADS, above=True, needs=(needs.DECISION,),
             apart_from=("propose",), weight="main",
             help=Text("检查频次、任职年限和学时按审定之日的标准固定，直到下一次分类。",
                       "Inspections, longest stay and hours are fixed by the figures of that day until the next classing.")),
        Step("send_back", Text("退回重新拟定", "Send back"), (S.SUBMITTED,), S.MEASURED, by=HEADS, above=True, needs=(needs.REASON,),
             apart_from=("propose",)),
        Step("review", Text("开始复核", "Begin the review"), (S.ADOPTED,), None, by=BY_ITSELF, needs=(needs.REASON,),
             bar=rules.not_under_review,
             help=Text("每年到期前自动开始；情况有变的，可以提前登记。复核期间，现行分类继续执行。",
                       "It begins by itself each year; one may be opened earlier. The present classes stay in force meanwhile.")),
        Step("follow", Text("由新的分类接续", "Followed by the next"), (S.ADOPTED,), S.FOLLOWED, by=BY_ITSELF, needs=needs.FOLLOWED),
        Step("drop", Text("撤销", "Drop"), (S.COUNTING, S.MEASURED, S.SUBMITTED), S.DROPPED, by=(*KEEPERS, *HEADS), above=True,
             needs=(needs.REASON,), weight="grave"),
    ),
    waits=(
        Wait(S.COUNTING, Limit(5, "wd", PROPOSED, "limit.classing.counting")),
        Wait(S.MEASURED, Limit(20, "wd", PROPOSED, "limit.classing.measured")),
        Wait(S.SUBMITTED, Limit(10, "wd", PROPOSED, "limit.classing.submitted")),
        Wait(S.ADOPTED, Limit(1, "y", PROPOSED, "limit.classing.adopted"), until="review_by"),
    ),
    readers=(Post.HOUSE_LEADER, Post.SECTION_CHIEF, Post.POLICE_LEADER, Post.RISK),
    opens=KEEPERS,
    opening=needs.OPENING,
)  # fmt: skip
