"""What an assignment says, what is promised and reported, and how a task is judged (domain §4.6; 政府督查工作条例 2021)."""

from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Holder


class Source(Names):
    """Where the task comes from."""

    ORDER = "order", "上级部署", "Ordered from above"
    MEETING = "meeting", "会议议定", "Decided in a meeting"
    LEADER = "leader", "领导批示", "A leader's instruction"
    INSPECTION = "inspection", "巡视督察审计", "Inspection or audit"
    RISK = "risk", "风险防控", "Risk control"
    PLAN = "plan", "年度重点工作", "Plan of the year"


class Kind(Names):
    """The kinds of supervision (条例 art. 14)."""

    DAILY = "daily", "日常督办", "Daily supervision"
    COMPREHENSIVE = "comprehensive", "综合督查", "Comprehensive inspection"
    SPECIAL = "special", "专项督查", "Special inspection"
    EVENT = "event", "事件调查", "Inquiry into an event"
    CLUE = "clue", "线索核查", "Verification of a clue"


class Role(Names):
    """Who leads and who assists."""

    HOST = "host", "主办", "Host"
    ASSIST = "assist", "协办", "Assisting"


class Ground(Names):
    """Why an assignment is objected to."""

    NOT_OURS = "not_ours", "不属本岗位职责", "Not this post's duty"
    TOO_SOON = "too_soon", "完成期限不合理", "The date cannot be kept"
    UNCLEAR = "unclear", "任务或办结标准不明确", "Task or standard unclear"
    MEANS = "means", "不具备办理条件", "The means are missing"
    TWICE = "twice", "与其他任务重复", "Another task asks the same"


class Grade(Names):
    """How well it was done; what does not meet the standard is sent back."""

    EXCELLENT = "excellent", "优秀", "Excellent"
    GOOD = "good", "良好", "Good"
    PASS = "pass", "合格", "Pass"


class Ruling(Names):
    """What the third red led to (B6: dereliction is pursued, due diligence is exempt)."""

    PURSUED = "pursued", "问责", "Held to account"
    EXEMPT = "exempt", "尽职免责", "Exempt: due diligence"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
UNIT = Need("unit", Text("责任单位代码", "Code of the unit"))
POST = Need("post", Text("责任岗位", "Post"), "choice", Holder, again=True)
STANDARD = Need("standard", Text("办结标准", "Standard of completion"), "text", min_length=5, again=True)
FINISH_BY = Need("finish_by", Text("完成期限", "Finish by"), "date", again=True)
DUE_ON = Need("due_on", Text("承诺完成日期", "Promised date"), "date")
ASSISTING = Need("assisting", Text("协办", "Assisting"), "rows", required=False, columns=(
    UNIT,
    Need("post", Text("责任岗位", "Post"), "choice", Holder),
    Need("what", Text("协办事项", "What they assist with"))))  # fmt: skip
OPENING = (
    Need("title", Text("任务", "Task")),
    Need("requirement", Text("任务要求", "What is to be done"), "text", min_length=5),
    STANDARD,
    Need("unit", Text("主办单位代码", "Code of the host unit")),
    POST,
    FINISH_BY,
    ASSISTING,
    Need("source", Text("任务来源", "Where it comes from"), "choice", Source),
    Need("kind", Text("督查种类", "Kind of supervision"), "choice", Kind),
    Need("level", Text("等级", "Level"), "choice", Level),
)
PARTS = (
    Need("parts", Text("分解任务", "Parts"), "rows", columns=(
        Need("role", Text("主办或协办", "Host or assisting"), "choice", Role),
        UNIT,
        Need("post", Text("责任岗位", "Post"), "choice", Holder),
        Need("what", Text("任务", "What")),
        Need("standard", Text("办结标准", "Standard")),
        Need("by", Text("完成期限", "Finish by"), "date"))),
)  # fmt: skip
PROMISE = (
    Need("responsible", Text("承办人", "Person responsible")),
    Need("undertaking", Text("办理计划", "How it will be done"), "text", min_length=5),
    DUE_ON,
)
OBJECTION = (Need("ground", Text("异议事由", "Ground"), "choice", Ground), REASON)
PROGRESS = (
    Need("percent", Text("完成进度（%）", "Done (%)"), "number"),
    Need("progress", Text("进展情况", "Progress"), "text", min_length=5),
)
RESULT = (
    Need("result", Text("完成情况（对照办结标准）", "Result, against the standard"), "text", min_length=10),
    Need("proof", Text("佐证材料（文号、编号，每行一条）", "Evidence (one reference a line)"), "many"),
)
EVALUATION = (
    Need("grade", Text("评价", "Grade"), "choice", Grade),
    Need("opinion", Text("验收意见", "Opinion"), "text", min_length=5),
)
RED = (
    Need("urged_key", Text("督办编号", "Number of the urging")),
    Need("urged_how", Text("督办方式", "How it was urged")),
)
RULING = (Need("ruling", Text("问责决定", "Ruling"), "choice", Ruling),)
