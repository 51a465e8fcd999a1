"""The desk of 分类管理, and the table of classes as in force on any day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.loops.classing.actions import open_by_hand
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Factor, Grade
from guanjian.loops.classing.policy import Measures
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.pages.as_of import as_of
from guanjian.pages.desk import Column, Desk, Row, Section, register

SPAN = Text("{a} 至 {b}", "{a} to {b}")
SINCE = Text("{a} 起", "from {a}")
INSPECTED = Text("每{n}个月至少检查一次", "inspected at least every {n} months")
OF_POST = Text(
    "{post}：{grade}；同岗最长{years}；每年不少于{hours}学时",
    "{post}: {grade}; in the post at most {years}; at least {hours} hours a year",
)
PLAIN = Text("{post}：{grade}", "{post}: {grade}")
STAY = Text("{n}个月", "{n} months")
FACTOR = Text("{factor}：{value}（同类均值{mean}，权重{weight}）", "{factor}: {value} (mean {mean}, weight {weight})")
INDEX = Text(
    "{post}：{grade}，指数{index}；承担内控节点{nodes}，四性不足：{gaps}，三年内问题{problems}",
    "{post}: {grade}, index {index}; nodes {nodes}, short of a flag: {gaps}, problems in three years: {problems}",
)
NONE = Text("无", "none")
MOST = 300


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _grade(grade: str) -> Text | str:
    return Grade(grade).label if grade else ""


def _said(post: str, grade: str, asked: Measures | None) -> Text:
    told = {"post": Post(post).label, "grade": Grade(grade).label}
    if asked is None:
        return PLAIN.filled(**told)
    return OF_POST.filled(**told, years=STAY.filled(n=asked.stay_months), hours=asked.hours)


def _class(one: Classing, actor: Actor) -> list[Row]:
    """What was given, what it asks for, and since when."""
    asked = one.asked(one.unit_class)
    span = SPAN.filled(a=one.since, b=one.until) if one.until else SINCE.filled(a=one.since) if one.since else ""
    return _kept(
        Row(Text("单位", "Unit"), one.unit_code, "unit"),
        Row(Text("单位类别", "Class of the unit"), _grade(one.unit_class)),
        Row(Text("检查频次", "Inspections"), INSPECTED.filled(n=asked.inspect_months) if asked else ""),
        Row(Text("岗位类别", "Classes of its posts"), [_said(row["post"], row["grade"], one.asked(row["grade"])) for row in one.posts], "list"),
        Row(Text("执行日期", "In force"), span or one.in_force_from),
        Row(Text("复核期限", "Review by"), one.review_by, "when"),
        Row(Text("标准依据", "Figures by"), one.policy_source),
    )  # fmt: skip


def _measured(one: Classing, actor: Actor) -> list[Row]:
    """The reasons in figures: of the unit against its peers, of each post against the others."""
    factors = [FACTOR.filled(**{**row, "factor": Factor(row["factor"]).label}) for row in one.factors]
    posts = [
        INDEX.filled(**{**row, "post": Post(row["post"]).label, "grade": Grade(row["grade"]).label, "gaps": row["gaps"] or NONE})
        for row in one.measured_posts
    ]  # fmt: skip
    return _kept(
        Row(Text("测算日期", "Measured on"), one.measured_on, "when"),
        Row(Text("测算类别", "Class as measured"), _grade(one.measured_class)),
        Row(Text("风险指数（1为同类均值）", "Index of risk (1 is the mean of its peers)"), one.load),
        Row(Text("因素", "What it is made of"), factors, "list"),
        Row(Text("岗位", "Posts"), posts, "list"),
        Row(Text("缺少的数据", "What was missing"), one.missing),
    )


def _why(one: Classing, actor: Actor) -> list[Row]:
    said = one.facts.get("propose", {})
    return _kept(
        Row(Text("拟定理由", "Reasons"), said.get("reason", "")),
        Row(Text("低于测算类别的理由", "Why less strict than measured"), said.get("why_lower", "")),
        Row(Text("审定意见", "Decision"), one.facts.get("adopt", {}).get("decision", "")),
    )


DESK = register(
    Desk(
        Classing,
        Text("单位和岗位按业务量、权力、裁量、历史问题和人员稳定测算风险类别，上一级拟定、审定后执行；类别决定检查频次、同岗最长年限和培训学时，每年复核。",
             "Units and posts are classed by workload, power, discretion, past problems and stability; the level above decides, each year anew."),
        columns=(
            Column(Text("单位", "Unit"), "unit_code", "unit"),
            Column(Text("类别", "Class"), lambda one: _grade(one.unit_class)),
            Column(Text("执行日期", "From"), "since", "when"),
        ),
        sections=(
            Section(Text("分类", "Classes"), _class),
            Section(Text("数据测算", "As measured"), _measured),
            Section(Text("拟定与审定", "Proposed and decided"), _why),
        ),
        related=beside,
        begin=open_by_hand,
        search_fields=("title", "unit_code"),
    )
)  # fmt: skip


@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """单位岗位分类表: the classes in force on the chosen day, within reach."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    day = as_of(request)
    found = Classing.objects.visible_to(request.actor).on(day)[:MOST]
    return render(request, "classing/table.html", {"found": [_line(one) for one in found], "day": day, "desk": DESK})


def _line(one: Classing) -> tuple:
    posts = [_said(*told) for told in one.of_posts()]
    return one, names.unit(one.unit_code), Grade(one.unit_class).label, one.asked(one.unit_class), posts
