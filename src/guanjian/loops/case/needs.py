"""What a case records (domain §3.6): what is not disclosed is said to be so, never guessed."""

from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Channel, Feature, Gap, Inside, Modus
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Post


class Party(Names):
    """Who is liable: the thresholds differ."""

    PERSON = "person", "个人", "A person"
    UNIT = "unit", "单位", "A company"


class Basis(Names):
    """Whether the price is known."""

    KNOWN = "known", "已查实", "Established"
    UNDISCLOSED = "undisclosed", "未披露", "Not disclosed"


class Evidence(Names):
    """How far what is recorded is proved."""

    A = "A", "生效文书认定", "Found in a final decision"
    B = "B", "证据相互印证", "Evidence agrees"
    C = "C", "单一来源", "One source only"
    UNDISCLOSED = "undisclosed", "未披露", "Not disclosed"


class Scope(Names):
    """Who may read what the case teaches."""

    OPEN = "open", "本辖区关员均可查阅", "Every officer of the territory"
    LIMITED = "limited", "职能、风险部门", "Functional and risk departments"


class Advice(Names):
    """Which kind of change is advised."""

    INSTRUCTION = "instruction", "布控", "Instructions"
    CLASSIFICATION = "classification", "归类", "Classification"
    VALUATION = "valuation", "审价", "Valuation"
    AUDIT = "audit", "稽查", "Post-clearance audit"
    CREDIT = "credit", "企业信用", "Enterprise credit"
    RULE = "rule", "制度", "Rules"
    SYSTEM = "system", "系统", "Systems"
    TRAINING = "training", "培训", "Training"


class Support(Names):
    """What a case asks of customs' specialists (前推后移)."""

    VALUATION = "valuation", "审价支持", "Valuation"
    CLASSIFICATION = "classification", "归类支持", "Classification"
    AUDIT = "audit", "委托稽查", "Commissioned post-clearance audit"


class Outcome(Names):
    """How an administrative case may end."""

    PENALTY = "penalty", "给予行政处罚", "Penalty"
    NO_PENALTY = "no_penalty", "不予行政处罚", "No penalty"
    WITHDRAWN = "withdrawn", "撤销案件", "Withdrawn"


NOBODY = (Post.SYSTEM,)  # told to none: it is handed on to where it belongs
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
OUTCOME = Need("outcome", Text("处理决定", "Decision"), "choice", Outcome)
FINE = Need("fine_cny", Text("罚款（元）", "Fine (CNY)"), "money")
ASK_SUPPORT = (
    Need("support", Text("请求事项", "What is asked"), "choice", Support),
    Need("support_unit", Text("承办单位代码", "Code of the unit")),
    Need("question", Text("请求内容", "The question"), "text", min_length=10),
    Need("support_by", Text("答复期限", "Answer by"), "date"),
)
FOUND = (
    Need("party", Text("责任主体", "Liable party"), "choice", Party),
    Need("channel", Text("涉案渠道", "Channel"), "choice", Channel),
    Need("modus", Text("走私手法", "Modus"), "many", Modus),
    Need("enterprises", Text("涉案企业（每行一家）", "Enterprises (one a line)"), "many"),
    Need("hs_code", Text("涉案商品编号", "HS code"), required=False),
    Need("price_basis", Text("成交价格", "Transaction price"), "choice", Basis),
    Need("declared_price_cny", Text("申报单价（元）", "Declared unit price (CNY)"), "money", required=False),
    Need("actual_price_cny", Text("查实单价（元）", "Actual unit price (CNY)"), "money", required=False),
    Need("value_cny", Text("案值（元）", "Case value (CNY)"), "money"),
    Need("evaded_cny", Text("偷逃税额（元）", "Duty evaded (CNY)"), "money"),
    Need("evidence_level", Text("证据等级", "Evidence level"), "choice", Evidence),
    Need("facts_found", Text("查明的事实", "Facts established"), "text", min_length=10),
    Need("acts_from", Text("违法行为始于", "Acts from"), "date", required=False),
    Need("acts_until", Text("违法行为止于", "Acts until"), "date", required=False),
    Need("features", Text("重大情形", "What weighs"), "many", Feature, required=False),
    Need(
        "inside",
        Text("涉内情形", "What points inside"),
        "many",
        Inside,
        required=False,
        only=NOBODY,
        help=Text(
            "只转一案双查隔离区，案件中任何人不再可见。", "Passed to the compartment; nobody sees it in the case."
        ),
    ),
    Need("inside_said", Text("涉内情况说明", "What points inside, in words"), "text", required=False, only=NOBODY),
)
FEEDBACK = (
    Need("lesson", Text("案情反馈", "What the case teaches"), "text", min_length=10),
    Need("advice", Text("执法建议类型", "Kind of advice"), "many", Advice),
    Need("advice_text", Text("执法建议", "Enforcement advice"), "text", min_length=5),
    Need("advice_to", Text("建议对象部门", "Addressed to")),
    Need("answer_by", Text("答复期限", "Answer by"), "date"),
    Need("scope", Text("反馈范围", "Who may read it"), "choice", Scope),
    Need("gap_code", Text("监管漏洞", "Loophole used"), "choice", Gap, required=False, help=Text("没有则不选", "none: leave empty")),
    Need("gap_description", Text("漏洞描述", "The loophole"), "text", required=False),
)  # fmt: skip
