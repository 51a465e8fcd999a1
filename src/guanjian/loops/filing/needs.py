"""What a district files, what headquarters examines, and what the practice showed."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Pack(Names):
    """The papers of a filing: 有件必备."""

    REPORT = "report", "报备报告", "Report"
    TEXT = "text", "改革方案文本", "Text of the reform"
    EXPLANATION = "explanation", "起草说明", "Explanation"
    RECORD = "record", "七道程序记录", "Record of the seven gates"


class Future(Names):
    """What is to become of a reform that was tried."""

    SPREAD = "spread", "推广", "To be spread"
    GO_ON = "go_on", "继续实施", "Goes on"
    STOP = "stop", "停止实施", "To be stopped"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
DECIDED = Need("decided", Text("据以修改的决定", "The decision on the change"))
FILED = (
    Need("summary", Text("改革要点", "What the reform changes"), "text", min_length=10),
    Need("scope", Text("实施范围", "Where it applies"), "text", min_length=2),
    Need("papers", Text("报备材料", "Papers"), "many", Pack),
)
MISSING = (
    Need("missing", Text("须补正的材料", "Papers that are missing"), "many", Pack),
    Need("demand", Text("补正要求", "What is asked"), "text", min_length=5),
)
EXAMINED = (
    Need("law", Text("与法律和上位制度是否一致", "Consistent with law and the rules above"), "text", min_length=5),
    Need("uniform", Text("是否影响执法统一性", "Uniform enforcement"), "text", min_length=5),
    Need("compared", Text("与其他关区同类改革的比较", "Compared with like reforms elsewhere"), "text", min_length=5),
    Need("proposal", Text("审查建议", "Proposal"), "text", min_length=5),
)
ANSWER = (
    Need("answer_no", Text("答复文号", "Number of the answer")),
    Need("answer", Text("答复意见", "Answer"), "text", min_length=5),
)
CHANGES = (*ANSWER, Need("demands", Text("修改要求（每行一项）", "What must change (one a line)"), "many"))
PAUSE = (*ANSWER, Need("again_on", Text("可重新报备的日期", "May be filed again from"), "date"))
EVALUATION = (
    Need("effect", Text("实施成效（数据）", "Effect, in figures"), "text", min_length=10),
    Need("problems", Text("问题和风险", "Problems and risks"), "text", min_length=2),
)
CONCLUSION = (
    Need("future", Text("结论", "Conclusion"), "choice", Future),
    Need("opinion", Text("意见", "Opinion"), "text", min_length=5),
)
