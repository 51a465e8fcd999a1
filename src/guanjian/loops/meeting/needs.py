"""What a meeting is called for, what it decides, and who of customs and police holds which measure (domain §3.7, §6.4)."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Holder


class Kind(Names):
    """Which meeting."""

    JOINT = "joint", "关警联席会议", "Joint conference of customs and police"
    SITUATION = "situation", "执法管理廉政形势分析例会", "Situation-analysis meeting"


class Output(Names):
    """What a decision leads to."""

    TASK = "task", "督办事项", "Task"
    PROMPT = "prompt", "风险提示函", "Risk prompt"
    NOTICE = "notice", "案件通报", "Case notice"
    RULE = "rule", "制度建议", "Proposal of a rule"


class Outcome(Names):
    """What became of a decision's task."""

    OPEN = "open", "落实中", "Going on"
    DONE = "done", "已落实", "Done"
    WITHDRAWN = "withdrawn", "已收回", "Withdrawn"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
PLANNED_ON = Need("planned_on", Text("计划召开日期", "Planned on"), "date")
OPENING = (
    Need("title", Text("会议名称", "Title")),
    Need("kind", Text("会议类型", "Kind"), "choice", Kind),
    PLANNED_ON,
    Need("invited", Text("参加单位和人员（每行一个）", "Invited (one a line)"), "many"),
)
PERIOD = (
    Need("from_day", Text("分析期起", "Period from"), "date"),
    Need("until_day", Text("分析期止", "Period to"), "date"),
)
DECISIONS = Need("decisions", Text("议定事项", "Decisions"), "rows", required=False, again=True, columns=(
    Need("into", Text("形式", "Output"), "choice", Output),
    Need("what", Text("事项", "What")),
    Need("unit", Text("责任单位代码", "Unit code")),
    Need("post", Text("责任岗位", "Post"), "choice", Holder),
    Need("standard", Text("办结标准", "Standard")),
    Need("by", Text("完成期限", "By"), "date")))  # fmt: skip
MINUTES = Need("minutes", Text("会议纪要", "Minutes"), "text", min_length=10, max_length=20_000, again=True)
HELD_ON = Need("held_on", Text("召开日期", "Held on"), "date")
CUSTOMS = Need(
    "customs_present", Text("海关到会人员（每行一人）", "Present of customs (one a line)"), "many", again=True
)
POLICE = Need(
    "police_present", Text("缉私到会人员（每行一人）", "Present of the police (one a line)"), "many", again=True
)
ABSENT = Need(
    "absent", Text("缺席人员和原因（每行一人）", "Absent and why (one a line)"), "many", required=False, again=True
)
SHARED = Need("shared_risks", Text("风险共控清单", "Shared risks"), "rows", required=False, again=True, columns=(
    Need("risk", Text("风险", "Risk")),
    Need("customs_unit", Text("海关责任单位代码", "Customs unit")),
    Need("customs_measure", Text("海关措施", "Measure of customs")),
    Need("police_unit", Text("缉私责任单位代码", "Police unit")),
    Need("police_measure", Text("缉私措施", "Measure of the police")),
    Need("review_on", Text("复核日期", "Reviewed on"), "date")))  # fmt: skip
STRUCK = Need("struck", Text("移出清单的风险", "Struck off the list"), "rows", required=False, columns=(
    Need("risk", Text("风险", "Risk")),
    Need("why", Text("移出理由", "Why"))))  # fmt: skip
HELD = (HELD_ON, CUSTOMS, ABSENT, DECISIONS, MINUTES)
HELD_TOGETHER = (HELD_ON, CUSTOMS, POLICE, ABSENT, DECISIONS, SHARED, STRUCK, MINUTES)
NUMBER = Need("number", Text("议定事项序号", "Number of the decision"), "number")
TASK = (NUMBER, Need("task_key", Text("任务编号", "Number of the task")))
RESULT = (
    Need("task_key", Text("任务编号", "Number of the task")),
    Need("outcome", Text("落实情况", "What became of it"), "choice", Outcome),
    Need("said", Text("说明", "Said"), "text", required=False),
)
NOT_DONE = (NUMBER, Need("why", Text("未能落实的理由", "Why it cannot be done"), "text", min_length=10))
SUMMARY = (Need("summary", Text("落实情况总结", "How the decisions were carried out"), "text", min_length=10),)
