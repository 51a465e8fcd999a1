"""What is asked for when training is assigned, sat, and told."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Letter(Names):
    """A choice on a paper."""

    A = "A", "甲", "A"
    B = "B", "乙", "B"
    C = "C", "丙", "C"
    D = "D", "丁", "D"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPENING = (
    Need("title", Text("培训事由", "Why they are trained")),
    Need("course", Text("课程代码", "Code of the course")),
    Need("officers", Text("参训人员工号（每行一人）", "Officer numbers (one a line)"), "many"),
    Need("until", Text("完成期限", "To be done by"), "date"),
)
ANSWERS = Need("answers", Text("答卷", "Answers"), "rows", required=False, columns=(
    Need("number", Text("题号", "Number"), "number"),
    Need("answer", Text("选项", "Choice"), "choice", Letter)))  # fmt: skip
MARK = Need("mark", Text("得分", "Mark"), "number")
