"""The four classes, what is measured for them, and what is asked for when a class is proposed, adopted and reviewed."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Holder


class Grade(Names):
    """风险等级 (domain §6.3): A is the highest; the order is that of strictness."""

    A = "A", "A类（高风险）", "A (high risk)"
    B = "B", "B类（较高风险）", "B (raised risk)"
    C = "C", "C类（一般风险）", "C (ordinary risk)"
    D = "D", "D类（较低风险）", "D (low risk)"

    @property
    def place(self) -> int:
        """0 for the strictest."""
        return list(Grade).index(self)


class Factor(Names):
    """What the class of a unit is made of; each against the mean of its peers. Nothing about a person's leave, health or family."""

    DECLARED = "declared", "业务量：人均报关单", "Workload: declarations a head"
    FIELD = "field", "业务量：人均外勤作业", "Workload: field jobs a head"
    CASES = "cases", "业务量：人均办案", "Workload: cases a head"
    CONCENTRATION = (
        "concentration",
        "权力集中度：最忙一人占决定性操作的比例",
        "Power: share of the busiest hand in what decides",
    )
    DISCRETION = (
        "discretion",
        "裁量空间：裁量性操作占全部操作的比例",
        "Discretion: share of the steps that leave a choice",
    )
    HISTORY = (
        "history",
        "历史问题：三年内查实问题（按严重程度加权，人均）",
        "History: problems established in three years, a head",
    )
    TURNOVER = "turnover", "人员稳定：一年内岗位变动占人数的比例", "Stability: changes of post in a year, a head"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
DECISION = Need("decision", Text("审定意见", "Decision"), "text", min_length=2)
OPENING = (Need("unit_code", Text("单位代码", "Code of the unit")),)
POST = Need("post", Text("岗位", "Post"), "choice", Holder)
GRADE = Need("grade", Text("类别", "Class"), "choice", Grade)
MEASURED = (
    Need("measured_on", Text("测算日期", "Measured on"), "date"),
    Need("measured_class", Text("测算类别", "Class as measured"), "choice", Grade, required=False),
    Need("load", Text("风险指数（1为同类均值）", "Index of risk (1 is the mean of its peers)"), required=False),
    Need("factors", Text("测算因素", "What it is made of"), "rows", required=False, columns=(
        Need("factor", Text("因素", "Factor"), "choice", Factor), Need("value", Text("数值", "Value")),
        Need("mean", Text("同类均值", "Mean of its peers")), Need("weight", Text("权重", "Weight")))),
    Need("measured_posts", Text("岗位测算", "Posts as measured"), "rows", required=False, columns=(
        POST, GRADE, Need("index", Text("风险指数", "Index")), Need("nodes", Text("内控节点", "Nodes")),
        Need("gaps", Text("四性不足的节点", "Nodes short of a flag"), required=False),
        Need("problems", Text("三年内问题", "Problems in three years"), "number"))),
    Need("missing", Text("缺少的数据", "What was missing"), required=False),
)  # fmt: skip
PROPOSAL = (
    Need("unit_class", Text("单位类别", "Class of the unit"), "choice", Grade, again=True),
    Need("posts", Text("岗位类别", "Classes of its posts"), "rows", columns=(POST, GRADE), required=False, again=True),
    Need("in_force_from", Text("执行日期", "In force from"), "date"),
    Need("reason", Text("拟定理由", "Reasons"), "text", min_length=5),
    Need("why_lower", Text("低于测算类别的理由（有低于测算的，必填）", "Why less strict than measured (where it is)"), "text", required=False),
)  # fmt: skip
FOLLOWED = (
    Need("by", Text("接续的分类", "Followed by")),
    Need("last_day", Text("执行至", "In force until"), "date"),
)
