"""What an instruction says and what an examination under it reports (domain §5.3)."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Kind(Names):
    """布控方式 (ctrlType)."""

    IMMEDIATE = "immediate", "即决式", "Immediate"
    SCHEDULED = "scheduled", "预定式", "Scheduled"
    ALERT = "alert", "预警式", "Alert only"


class Target(Names):
    """What is controlled; people never are, their matters belong into the compartment."""

    ENTRY = "entry", "报关单", "Declaration"
    ENTERPRISE = "enterprise", "企业", "Enterprise"
    HS_CODE = "hs_code", "商品编号", "HS code"


class Mode(Names):
    """查验方式, the strictest first."""

    A = "A", "彻底查验", "Full examination"
    B = "B", "抽查", "Partial examination"
    C = "C", "外形查验", "External examination"
    J = "J", "机检", "Machine inspection"


class Found(Names):
    """查验结果."""

    FIND = "find", "异常（查获）", "Find"
    NOTHING = "nothing", "正常（未查获）", "No find"


class Handling(Names):
    """处理意见, the twelve of the examination system."""

    DUTY = "1", "补税放行", "Released after paying duty"
    PERMITS = "2", "补证放行", "Released after supplying permits"
    RETURNED = "3", "退运", "Returned"
    POLICE = "4", "移送缉私", "Transferred to the anti-smuggling police"
    BOTH = "5", "补证补税放行", "Released after supplying permits and paying duty"
    PENALTY = "6", "处罚后放行", "Released after penalty"
    CONFISCATED = "7", "没收", "Confiscated"
    LEGAL = "8", "移交法规", "Transferred to legal affairs"
    AMENDED = "9", "改单放行", "Released after amending the declaration"
    CANCELLED = "10", "删单", "Declaration cancelled"
    NORMAL = "11", "正常放行", "Released normally"
    OTHER = "12", "其他", "Other"


class Worth(Names):
    """What the evaluation decides about its like."""

    KEEP = "keep", "有效，可沿用", "Works, may be used again"
    ADJUST = "adjust", "调整条件后再用", "Adjust before it is used again"
    DROP = "drop", "不再使用", "Do not use again"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
ORDER = (
    Need("kind", Text("布控方式", "Kind"), "choice", Kind),
    Need("target_type", Text("布控对象类型", "Kind of target"), "choice", Target),
    Need("target_id", Text("布控对象编号", "Number of the target")),
    Need("required_mode", Text("要求的查验方式", "Mode required"), "choice", Mode),
    Need("demand", Text("布控要求", "What to look for"), "text", min_length=5),
    Need("valid_from", Text("生效日期", "In force from"), "date"),
    Need("valid_to", Text("截止日期", "In force until"), "date"),
)
EXAMINED = (
    Need("examiners", Text("查验关员（两人以上，每行一人）", "Examining officers (two or more, one a line)"), "many"),
    Need("mode_used", Text("实际查验方式", "Mode used"), "choice", Mode),
    Need("downgraded_why", Text("未按要求方式查验的原因", "Why not as ordered"), "text", required=False),
    Need("found", Text("查验结果", "Result"), "choice", Found),
    Need("found_what", Text("查验情况", "What was seen"), "text", min_length=5),
    Need("handling", Text("处理意见", "Handling"), "choice", Handling),
)
