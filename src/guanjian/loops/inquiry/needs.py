"""What the steps of a double inquiry ask for (domain §3.7)."""

from guanjian.kernel.handling import Mode, Way
from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Gap, Inside
from guanjian.kernel.words import Names, Text
from guanjian.loops.inquiry.triggers import Trigger


class Risk(Names):
    """渎职风险研判."""

    NONE = "none", "无", "None"
    LOW = "low", "低", "Low"
    MEDIUM = "medium", "中", "Medium"
    HIGH = "high", "高", "High"


class Result(Names):
    """What the handling came to."""

    CLEARED = "cleared", "了结澄清", "Cleared"
    REMINDED = "reminded", "谈话提醒", "Reminder"
    ADMONISHED = "admonished", "诫勉谈话", "Admonition"
    CRITICISED = "criticised", "责令检查、批评教育", "Self-criticism"
    ORGANISED = "organised", "组织处理", "Organisational measure"
    SANCTIONED = "sanctioned", "政务处分", "Government sanction"
    JUDICIAL = "judicial", "移送司法", "Passed to justice"


def _reason(name: str, zh: str, en: str) -> Need:
    return Need(name, Text(zh, en), "text", min_length=10)


REPORT = (
    Need("title", Text("案件名称或编号", "Name or number of the case")),
    Need("case_key", Text("系统内案件（如 case/12）", "Case in this system (such as case/12)"), required=False),
    Need("inside", Text("涉内情形", "What points inside"), "many", Inside),
    _reason("inside_said", "情况说明", "What is known"),
)
TRIGGERS = (
    Need("triggers", Text("触发情形", "Triggers"), "many", Trigger),
    Need("evidence", Text("触发依据", "Evidence"), "many"),
)
EXPOSED = Need(
    "exposure", Text("经办单位和岗位", "Units and posts"), "rows", required=False,
    columns=(
        Need("unit", Text("单位", "Unit")),
        Need("post", Text("岗位", "Post"), required=False),
        Need("act", Text("环节", "Act"), required=False),
        Need("releases", Text("放行票数", "Releases"), "number"),
        Need("first_on", Text("最早", "First"), "date"),
        Need("last_on", Text("最近", "Last"), "date"),
    ),
)  # fmt: skip
LOOKED_BACK = (
    Need("look_back_total", Text("此前放行票数", "Earlier releases"), "number"),
    Need("looked_from", Text("倒查自", "Looked back from"), "date"),
    Need("looked_until", Text("倒查至", "until"), "date"),
    EXPOSED,
    Need("look_back_note", Text("倒查说明", "Note on the look-back"), required=False),
)
ASSESSMENT = (
    Need("risk", Text("渎职风险", "Risk of malfeasance"), "choice", Risk),
    _reason(
        "risk_reasons",
        "研判理由（监管是否到位、有无内外勾结）",
        "Reasons: was supervision in place, was there collusion",
    ),
)
REASON = _reason("reason", "理由", "Reasons")
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=5)
LAUNCH = (
    Need("team", Text("双查人员（两人以上，工号每行一人）", "Team (two or more, one a line)"), "many"),
    _reason("plan", "同步调查方案", "Plan of the inquiry"),
)
HAND_OVER = (
    Need("officers", Text("涉及人员（工号，每行一人）", "Officers concerned (one a line)"), "many"),
    _reason("suspicion", "问题线索", "What is suspected"),
    Need("way", Text("办理方式", "Way of handling"), "choice", Way),
)
HANDLING = (
    Need("mode", Text("处置方式", "Mode"), "choice", Mode),
    Need("handle_until", Text("处置期限", "To be done by"), "date"),
    OPINION,
)
HANDLED = (
    Need("handled_key", Text("违纪违法案件", "Discipline matter")),
    Need("handled_result", Text("结果", "Result")),
)
FEEDBACK = (
    Need("result", Text("处置结果", "Result"), "choice", Result),
    _reason("result_said", "处置反馈", "What came of it"),
)
ANALYSIS = _reason("analysis", "案件分析通报（不写人名）", "Analysis to be circulated, without names")
TASK = (
    Need("rectify_key", Text("整改任务", "Rectification")),
    Need("rectify_mark", Text("整改任务标记", "Its mark")),
)
PLUGGING = (
    ANALYSIS,
    Need("gap_code", Text("漏洞类型", "Kind of gap"), "choice", Gap),
    _reason("measure_wanted", "堵漏要求（不写人名）", "What has to be done, without names"),
)
