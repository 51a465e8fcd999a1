"""What rules and reforms are made of: said once for the loops that prepare them, file them and keep them."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Kind(Names):
    """What is to be launched."""

    RULE = "rule", "管理制度", "Rule"
    REFORM = "reform", "改革项目", "Reform"


class Form(Names):
    """The form in which it is issued."""

    REGULATION = "regulation", "规章（署令）", "Regulation by decree"
    NORMATIVE = "normative", "规范性文件", "Normative document"
    INTERNAL = "internal", "内部管理制度", "Internal rule"


class Action(Names):
    """What is done to the rule: 立、改、废."""

    MAKE = "make", "制定", "Make"
    AMEND = "amend", "修订", "Amend"
    REPEAL = "repeal", "废止", "Repeal"


class WorkPost(Names):
    """The posts of the data contract: who holds a node of internal control."""

    DOC_REVIEW = "doc_review", "审单", "Document review"
    VALUATION = "valuation", "估价", "Valuation"
    CLASSIFICATION = "classification", "归类", "Classification"
    ORIGIN = "origin", "原产地", "Origin"
    EXAMINATION = "examination", "查验", "Examination"
    RELEASE = "release", "放行", "Release"
    POST_AUDIT = "post_audit", "稽查", "Post-clearance audit"
    BONDED = "bonded", "加贸保税", "Processing and bonded"
    PASSENGER = "passenger", "旅检", "Passenger control"
    CASE = "case", "办案", "Case handling"
    INTELLIGENCE = "intelligence", "情报", "Intelligence"
    FIELD = "field", "外勤", "Field work"
    MANAGEMENT = "management", "管理", "Management"
    RISK = "risk", "风险分析", "Risk analysis"
    LEGAL = "legal", "法规", "Legal affairs"
    INTERNAL_AUDIT = "internal_audit", "督察内审", "Internal audit"
    DISCIPLINE = "discipline", "纪检监察", "Discipline"
    PERSONNEL = "personnel", "人事教育", "Personnel and training"
    FINANCE = "finance", "财务", "Finance"
    PROCUREMENT = "procurement", "采购", "Procurement"
    APPROVAL = "approval", "审批", "Approval"
    TECHNOLOGY = "technology", "科技", "Technology"


SUPERVISES = frozenset({WorkPost.INTERNAL_AUDIT, WorkPost.DISCIPLINE})
KEPT_APART = {  # 海关法 art. 79: these five nodes lie with five posts
    "doc_review": WorkPost.DOC_REVIEW,
    "examine": WorkPost.EXAMINATION,
    "release": WorkPost.RELEASE,
    "post_audit": WorkPost.POST_AUDIT,
    "investigate": WorkPost.CASE,
}

TEXT = Need("text", Text("全文", "Full text"), "text", min_length=10, max_length=60_000, again=True)
PARAMETERS = Need("parameters", Text("参数（标准、时限、额度）", "Parameters"), "rows", required=False, again=True, columns=(
    Need("code", Text("代码", "Code")),
    Need("value", Text("值", "Value")),
    Need("since", Text("单独施行日期（可空）", "Own day (may be empty)"), "date", required=False)))  # fmt: skip
CONTROLS = Need(
    "controls", Text("对应的控制（编号，每行一个）", "Controls (one code a line)"), "many", required=False, again=True
)
TRAININGS = Need(
    "trainings", Text("配套培训（每行一门）", "Training (one course a line)"), "many", required=False, again=True
)
MOVES = Need("moves", Text("权力调整", "Power that moves"), "rows", required=False, help=Text(
    "每行：内控节点 | 移出岗位 | 移入岗位。岗位如：审单、查验、放行、稽查、风险分析、审批。",
    "One a line: node | leaves the post | goes to the post."), columns=(
    Need("node", Text("内控节点", "Control node")),
    Need("from_post", Text("移出岗位", "Leaves the post"), "choice", WorkPost),
    Need("to_post", Text("移入岗位", "Goes to the post"), "choice", WorkPost)))  # fmt: skip
CONTENT = (TEXT, PARAMETERS, CONTROLS, TRAININGS)


def why_not_moved(moves: list[dict[str, str]]) -> Text | None:
    """Why power may not move like this, or None: to another post, once a node, never to whoever supervises it."""
    nodes = [move["node"] for move in moves]
    if twice := {node for node in nodes if nodes.count(node) > 1}:
        return Text("内控节点“{n}”出现两次。", "Node “{n}” stands twice.").filled(n=min(twice))
    return next(filter(None, map(_why_not_this, moves)), None)


def _why_not_this(move: dict[str, str]) -> Text | None:
    node, goes_to = move["node"], WorkPost(move["to_post"])
    if goes_to == move["from_post"]:
        return Text("“{n}”移出与移入是同一岗位。", "“{n}” leaves and enters the same post.").filled(n=node)
    if goes_to in SUPERVISES:
        return Text(
            "“{n}”不得移入监督岗位：监督部门不行使被监督的业务权力。",
            "“{n}” may not go to a supervising post: who supervises does not exercise the power.",
        ).filled(n=node)
    if KEPT_APART.get(node, goes_to) != goes_to and goes_to in KEPT_APART.values():
        return Text(
            "“{n}”不得移入“{post}”：审单、查验、放行、稽查、调查岗位须分离（海关法第七十九条）。",
            "“{n}” may not go to “{post}”: these five posts are kept apart (Customs Law art. 79).",
        ).filled(n=node, post=goes_to.label)
    return None
