"""What is asked for when a course is registered, drafted, put in force and retired."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Post


class Right(Names):
    """Which of the four choices is right."""

    A = "A", "甲", "A"
    B = "B", "乙", "B"
    C = "C", "丙", "C"
    D = "D", "丁", "D"


KEEPERS = (Post.FUNCTION, Post.LEADER)  # who drafts and who reviews: the right answers are told to nobody else
LEARNERS = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.RISK, Post.FUNCTION, Post.POLICE, Post.POLICE_LEGAL,
            Post.POLICE_LEADER, Post.OVERSIGHT, Post.LEADER)  # fmt: skip
Learner = Names("Learner", {post.name: (post.value, post.label.zh, post.label.en) for post in LEARNERS})

REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPENING = (
    Need("title", Text("课程名称", "Title of the course")),
    Need(
        "code", Text("课程代码", "Code"), help=Text("如 EXM-01；全国唯一。", "Such as EXM-01; unique in the country.")
    ),
    Need("about", Text("培训目的", "What it is for"), "text", min_length=5),
)
BASIS = Need(
    "basis", Text("依据的制度（文号或《名称》，每行一项）", "Rules it rests on (one a line)"), "many", again=True
)
QUESTIONS = Need("questions", Text("题库", "Question bank"), "rows", only=KEEPERS, again=True, help=Text(
    "每行一题：题干 | 甲 | 乙 | 丙 | 丁 | 正确选项（甲乙丙丁）。答案只有命题、审题人可见。",
    "One question a line: question | A | B | C | D | right choice. Only who drafts and reviews sees the answers."), columns=(
    Need("ask", Text("题干", "Question")),
    *(Need(f"choice_{one.lower()}", one.label) for one in Right),
    Need("right", Text("正确选项", "Right choice"), "choice", Right)))  # fmt: skip
DRAFT = (
    Need("material", Text("学习内容", "What to study"), "text", min_length=10, max_length=60_000, again=True),
    BASIS,
    QUESTIONS,
    Need("asked", Text("每卷抽题数", "Questions on a paper"), "number", again=True),
    Need("pass_mark", Text("合格分（百分制）", "Pass mark (of 100)"), "number", again=True),
    Need("valid_months", Text("证书有效期（月）", "Certificate valid for (months)"), "number", again=True),
    Need(
        "hours",
        Text("学时", "Hours of training"),
        "number",
        required=False,
        again=True,
        help=Text(
            "合格后计入本人年度学时；不填不计。",
            "They count towards the hours of the year once passed; none where it is left out.",
        ),
    ),
)
APPROVAL = (
    Need("posts", Text("须持证的岗位", "Posts that need the certificate"), "many", Learner, required=False, help=Text(
        "不选即不作为上岗条件。", "None chosen: no post depends on it.")),
    Need("needed_from", Text("自何日起须持证", "Needed from"), "date"),
    Need("opinion", Text("审核意见", "Opinion"), "text", min_length=2),
)  # fmt: skip
