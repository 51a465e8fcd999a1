"""The step table of 专项行动与联合监控 (A3): customs and police both sign the same plan; the end is measured, not praised."""

from datetime import date

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.org.posts import Post

PROPOSED = "默认参数（专项行动），待本单位核定 · proposed default"


class S(Names):
    """The states of an operation."""

    PLANNED = "planned", "方案草拟", "Being planned"
    SUBMITTED = "submitted", "待关警双方签署", "Both sides to sign"
    RUNNING = "running", "行动中", "Running"
    RESULTS = "results", "战果齐备待评估", "Results in, to be evaluated"
    EVALUATED = "evaluated", "已评估待总结", "Evaluated, to be concluded"
    CLOSED = "closed", "办结", "Concluded"
    STOPPED = "stopped", "中止", "Stopped"


class About(Names):
    """What is watched together."""

    COMMODITY = "hs_code", "商品", "Commodity"
    ENTERPRISE = "enterprise", "企业", "Enterprise"
    INDUSTRY = "industry", "行业", "Industry"


def in_order(record, facts) -> Text | None:
    """It ends after it begins, and no task is due after its end."""
    begins, ends = date.fromisoformat(facts["starts_on"]), date.fromisoformat(facts["ends_on"])
    if ends <= begins:
        return Text("结束日期须晚于开始日期。", "It must end after it begins.")
    for row in facts["tasks"]:
        if not begins <= date.fromisoformat(row["by"]) <= ends:
            return Text("“{what}”的期限须在行动期间内。", "The date of “{what}” must lie within the operation.").filled(
                what=row["what"]
            )
    return None


def measured(record) -> Text | None:
    """No evaluation before the comparison with comparable work is there."""
    if record.inside_examined is None:
        return Text("尚无与可比业务的比对结果。", "There is no comparison with comparable work yet.")
    return None


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
PLANNERS = (Post.RISK, Post.POLICE)
PLAN = (
    Need("plan", Text("行动方案", "Plan"), "text", min_length=10),
    Need("customs_lead", Text("海关牵头人", "Lead of customs")),
    Need("police_lead", Text("缉私牵头人", "Lead of the police")),
    Need("starts_on", Text("开始日期", "Begins"), "date"),
    Need("ends_on", Text("结束日期", "Ends"), "date"),
    Need("tasks", Text("任务分工", "Tasks"), "rows", columns=(
        Need("unit", Text("单位代码", "Unit code")),
        Need("what", Text("任务", "What")),
        Need("by", Text("期限", "By"), "date"))),
)  # fmt: skip
COUNTS = tuple(
    Need(name, label, "number")
    for name, label in (
        ("inside_found", Text("行动范围内查获", "Finds inside")),
        ("inside_examined", Text("行动范围内查验", "Examined inside")),
        ("outside_found", Text("范围外查获", "Finds outside")),
        ("outside_examined", Text("范围外查验", "Examined outside")),
    )
)

FLOW = Flow(
    "operation",
    Text("专项行动与联合监控", "Operations and joint watch"),
    S.PLANNED,
    (S.CLOSED, S.STOPPED),
    steps=(
        Step("submit", Text("提交双方签署", "Submit to both sides"), (S.PLANNED,), S.SUBMITTED, by=PLANNERS, needs=PLAN, rule=in_order,
             weight="main"),
        Step("customs_agrees", Text("海关签署", "Customs signs"), (S.SUBMITTED,), None, by=(Post.LEADER,), needs=(OPINION,),
             apart_from=("submit",), signs=True, weight="main"),
        Step("police_agrees", Text("缉私签署", "Police sign"), (S.SUBMITTED,), None, by=(Post.POLICE_LEADER,), needs=(OPINION,),
             apart_from=("submit", "customs_agrees"), signs=True, weight="main"),
        Step("launch", Text("启动并下达任务", "Launch and send the tasks"), (S.SUBMITTED,), S.RUNNING, by=PLANNERS,
             after=("customs_agrees", "police_agrees"), weight="main"),
        Step("send_back", Text("退回修改方案", "Send back"), (S.SUBMITTED,), S.PLANNED, by=(Post.LEADER, Post.POLICE_LEADER),
             needs=(REASON,), apart_from=("submit",)),
        Step("stop", Text("中止行动", "Stop"), (S.PLANNED, S.RUNNING), S.STOPPED, by=(Post.LEADER,), needs=(REASON,), weight="grave"),
        Step("complete", Text("战果齐备", "Every unit has reported"), (S.RUNNING,), S.RESULTS, by=(Post.SYSTEM,)),
        Step("measure", Text("与可比业务比对", "Compared with comparable work"), (S.RESULTS,), None, by=(Post.SYSTEM,), needs=COUNTS),
        Step("evaluate", Text("评估", "Evaluate"), (S.RESULTS,), S.EVALUATED, by=(Post.RISK, Post.FUNCTION), bar=measured,
             apart_from=("submit",), needs=(
                 Need("evaluation", Text("评估意见（结合比对结果）", "Evaluation, on the comparison"), "text", min_length=10),), weight="main"),
        Step("conclude", Text("总结办结", "Conclude"), (S.EVALUATED,), S.CLOSED, by=(Post.LEADER,), apart_from=("evaluate",), weight="main",
             needs=(Need("lessons", Text("可推广的做法与后续布控", "What to keep and to control from now on"), "text", min_length=5),)),
    ),
    waits=(
        Wait(S.PLANNED, Limit(10, "wd", PROPOSED, "limit.operation.planned")),
        Wait(S.SUBMITTED, Limit(5, "wd", PROPOSED, "limit.operation.submitted")),
        Wait(S.RUNNING, Limit(12, "m", PROPOSED, "limit.operation.running"), until="ends_on"),
        Wait(S.RESULTS, Limit(10, "wd", PROPOSED, "limit.operation.results")),
        Wait(S.EVALUATED, Limit(10, "wd", PROPOSED, "limit.operation.evaluated")),
    ),
    readers=(Post.OVERSIGHT, Post.HOUSE_LEADER),
    opens=PLANNERS,
    opening=(
        Need("title", Text("行动名称", "Name of the operation")),
        Need("subject_type", Text("监控对象", "What is watched"), "choice", About),
        Need("subject_id", Text("商品编号、企业编码或行业", "HS code, enterprise or industry")),
    ),
)  # fmt: skip
