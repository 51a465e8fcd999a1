"""The step table of 课程题库 (B2, F9): drafted, reviewed by another hand, in force by version, reviewed yearly, retired."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.course import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（课程题库），待本单位核定 · proposed default"


class S(Names):
    """The states of a course."""

    DRAFT = "draft", "编写中", "Being drafted"
    REVIEW = "review", "待审核", "To be reviewed"
    IN_FORCE = "in_force", "使用中", "In use"
    REVISING = "revising", "修订中", "Being revised"
    RETIRED = "retired", "已停用", "Retired"


WRITERS = (Post.FUNCTION,)
REVIEWERS = needs.KEEPERS
PEN = ("draft", "redraft")

FLOW = Flow(
    "course",
    Text("课程题库", "Courses"),
    S.DRAFT,
    (S.RETIRED,),
    steps=(
        Step("draft", Text("提交课程和题库", "Hand in course and bank"), (S.DRAFT,), S.REVIEW, by=WRITERS, needs=needs.DRAFT,
             rule=rules.can_be_asked, weight="main", open_to_learners=True),
        Step("take_up", Text("领取题库（此后不得参加本课程考试）", "Take the bank up (no examination in it afterwards)"),
             (S.REVIEW, S.REVISING), None, by=REVIEWERS, bar=rules.has_a_bank,
             help=Text("领取后可见题目和答案，方可审核或修订；领取人不得再参加本课程考试。",
                       "Who takes it up sees questions and answers, may review or revise, and sits no paper of it.")),
        Step("approve", Text("审核通过，投入使用", "Approve: in use"), (S.REVIEW,), S.IN_FORCE, by=REVIEWERS, needs=needs.APPROVAL,
             apart_from=PEN, named="writers", rule=rules.needed_later, weight="main",
             help=Text("投入使用的版本不再改动；证书要求自所填之日起对所选岗位生效。",
                       "This version is not changed any more; the posts chosen need the certificate from that day.")),
        Step("send_back", Text("退回修改", "Send back"), (S.REVIEW,), S.REVISING, by=REVIEWERS, needs=(needs.REASON,),
             apart_from=PEN, named="writers"),
        Step("redraft", Text("提交修订稿", "Hand in the revision"), (S.REVISING,), S.REVIEW, by=WRITERS, needs=needs.DRAFT,
             named="writers", rule=rules.can_be_asked, weight="main", open_to_learners=True,
             help=Text("修订期间，现行版本继续使用。", "Until the revision is approved the present version is used.")),
        Step("revise", Text("开始修订", "Begin a revision"), (S.IN_FORCE,), S.REVISING, by=(*WRITERS, Post.SYSTEM),
             needs=(needs.REASON,)),
        Step("confirm", Text("年度复核，继续使用", "Yearly review: stays in use"), (S.IN_FORCE,), S.IN_FORCE, by=WRITERS,
             needs=(needs.REASON,), weight="main"),
        Step("keep", Text("放弃修订，沿用现行版本", "Give the revision up"), (S.REVISING,), S.IN_FORCE, by=WRITERS,
             needs=(needs.REASON,), bar=rules.was_in_force),
        Step("retire", Text("停用", "Retire"), (S.IN_FORCE, S.REVISING), S.RETIRED, by=(Post.LEADER,), needs=(needs.REASON,),
             bar=rules.was_in_force, weight="grave"),
        Step("drop", Text("不再编写", "Do not go on"), (S.DRAFT, S.REVISING), S.RETIRED, by=(Post.LEADER,),
             needs=(needs.REASON,), bar=rules.never_in_force, weight="grave"),
    ),
    waits=(
        Wait(S.DRAFT, Limit(20, "wd", PROPOSED, "limit.course.draft")),
        Wait(S.REVIEW, Limit(5, "wd", PROPOSED, "limit.course.review")),
        Wait(S.IN_FORCE, Limit(1, "y", PROPOSED, "limit.course.in_force")),
        Wait(S.REVISING, Limit(20, "wd", PROPOSED, "limit.course.revising")),
    ),
    opens=WRITERS,
    opening=needs.OPENING,
)  # fmt: skip
