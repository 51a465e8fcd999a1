"""The desk of 制度立改废, and 制度库: the rules that bind me, as they read on any day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.rulemaking import Form, Kind, WorkPost
from guanjian.kernel.words import Text
from guanjian.loops.rulebook.actions import open_by_hand
from guanjian.loops.rulebook.models import Rulebook
from guanjian.loops.rulebook.needs import Fate, Grade
from guanjian.loops.rulebook.reading import Rule, in_force
from guanjian.loops.rulebook.versions import Said
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.powers import held_on
from guanjian.pages.as_of import as_of
from guanjian.pages.cells import written
from guanjian.pages.desk import Column, Desk, Row, Section, register

VERSION = Text("第{n}版 · {day}起施行 · {no}", "Version {n}, in force from {day}, {no}")
PARAMETER = Text("{code} = {value}{since}", "{code} = {value}{since}")
OWN_DAY = Text("（{day}起）", " (from {day})")
CONTROL = Text("{c}：检验{t}，违反{b}，无法检验{u}", "{c}: {t} tested, {b} in breach, {u} not testable")
SHARE = Text("{p}%（检验{t}，违反{b}）", "{p} % ({t} tested, {b} in breach)")
TOO_FEW = Text("检验{t}，不足以计算执行率", "{t} tested: too few for a share")
MOVE = Text("{node}：{a} → {b}", "{node}: {a} → {b}")
HELD = Text("{post}（{day}起，依据{no}）", "{post} (since {day}, by {no})")
LEADS = Text("{what}：{fate}{to}", "{what}: {fate}{to}")


def parameter(row: dict) -> Text:
    """One parameter of a version."""
    since = OWN_DAY.filled(day=row["since"]) if row["since"] else ""
    return PARAMETER.filled(code=row["code"], value=row["value"], since=since)


def moved(row: dict) -> Text:
    """One node that leaves a post."""
    return MOVE.filled(node=row["node"], a=WorkPost(row["from_post"]).label, b=WorkPost(row["to_post"]).label)


def _kept(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _today(rule: Rulebook, actor: Actor) -> list[Row]:
    """What holds today."""
    said = rule.said_on(timezone.localdate())
    nothing = Text("今天未施行", "Not in force today")
    rows = said_rows(said) if said else [Row(Text("今天", "Today"), nothing)]
    return [Row(Text("文号", "Number"), rule.number), *rows, *_kept([Row(Text("失效日期", "Repealed from"), rule.repealed_on, "when")])]  # fmt: skip


def said_rows(said: Said) -> list[Row]:
    """A rule as it reads on a day."""
    values = [PARAMETER.filled(code=code, value=value, since="") for code, value in said.parameters.items()]
    return _kept([
        Row(Text("版次", "Version"), Text("第{n}版，{day}起施行", "No. {n}, from {day}").filled(n=said.number, day=said.since)),
        Row(Text("全文", "Text"), said.text, "prose"),
        Row(Text("参数", "Parameters"), values, "list"),
        Row(Text("对应控制", "Controls"), said.controls, "list"),
        Row(Text("配套培训", "Training"), said.trainings, "list"),
    ])  # fmt: skip


def _pending(rule: Rulebook, actor: Actor) -> list[Row]:
    """What was decided, or is registered, and waits."""
    if rule.state != "decided":
        return []
    return _kept([
        Row(Text("形式", "Form"), Form(rule.form).label),
        Row(Text("施行日期", "In force from"), rule.in_force_on if rule.is_old else None, "when"),
        Row(Text("待公布全文", "Text to be published"), rule.text, "prose"),
        Row(Text("参数", "Parameters"), [parameter(row) for row in rule.parameters], "list"),
        Row(Text("对应控制", "Controls"), rule.controls, "list"),
        Row(Text("配套培训", "Training"), rule.trainings, "list"),
        Row(Text("权力调整", "Power that moves"), [moved(row) for row in rule.moves], "list"),
    ])  # fmt: skip


def _execution(rule: Rulebook, actor: Actor) -> list[Row]:
    """How the rule did in practice."""
    if rule.tested is None:
        return []
    share = (TOO_FEW if rule.execution_percent is None else SHARE).filled(
        p=rule.execution_percent, t=rule.tested, b=rule.breached
    )
    lines = [
        CONTROL.filled(c=row["control"], t=row["tested"], b=row["breached"], u=row["untestable"])
        for row in rule.measured
    ]
    period = Text("{a} 至 {b}", "{a} to {b}").filled(a=rule.from_day, b=rule.until_day)
    return _kept([
        Row(Text("考评期", "Period"), period),
        Row(Text("执行率", "Followed"), share),
        Row(Text("逐项控制", "By control"), lines, "list"),
        Row(Text("说明", "Note"), rule.facts.get("measure", {}).get("measured_note", "")),
        Row(Text("执行等次", "Grade"), Grade(rule.grade).label if rule.grade else ""),
    ])  # fmt: skip


def _citations(rule: Rulebook, actor: Actor) -> list[Row]:
    """While a repeal is under way: everything that cites the rule; afterwards what became of it."""
    if rule.state in ("repealing", "to_repeal"):
        hint = Text("公布废止时，须逐项写明去向。", "Each gets its fate when the repeal is published.")
        cited = [one.said for one in rule.citations()] or [Text("没有引用", "Nothing cites it")]
        return [Row(Text("引用项", "Citations"), cited, "list"), Row(Text("说明", "Note"), hint)]
    fates = [
        LEADS.filled(what=row["cited"], fate=Fate(row["fate"]).label, to=f" {row['to']}" if row["to"] else "")
        for row in rule.fates
    ]
    return _kept([Row(Text("引用项去向", "What became of the citations"), fates, "list")])


def _versions(rule: Rulebook, actor: Actor) -> list[Row]:
    lines = [VERSION.filled(n=one["number"], day=one["since"], no=one["order_no"]) for one in reversed(rule.versions)]
    return _kept([Row(Text("历次版本", "Versions"), lines, "list")])


DESK = register(
    Desk(
        Rulebook,
        Text("制度经七道程序决定后公布，到日自动施行；执行情况由控制检验；修订、废止有据，任何一天施行的文本都查得到。",
             "Rules decided through the gates come into force on their day, are measured, amended, repealed; read as of any day."),
        columns=(
            Column(Text("文号", "Number"), "number"),
            Column(Text("类别", "Kind"), lambda rule: Kind(rule.kind).label),
        ),
        sections=(
            Section(Text("待公布", "To be published"), _pending),
            Section(Text("引用", "Citations"), _citations),
            Section(Text("今天施行的文本", "As it reads today"), _today),
            Section(Text("执行考评", "Execution"), _execution),
            Section(Text("版本", "Versions"), _versions),
        ),
        related=beside,
        begin=open_by_hand,
        search_fields=("title", "number"),
    )
)  # fmt: skip


@require_GET
def register_of_rules(request: HttpRequest) -> HttpResponse:
    """制度库: what binds this person on the chosen day; 404 for whom no post reads rules."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    day = as_of(request)
    words = request.GET.get("words", "").strip()[:80]
    found = [(rule, _lines(rule)) for rule in in_force(request.actor, day, words)]
    context = {"day": day, "words": words, "found": found, "nodes": _nodes(request.actor, day), "desk": DESK}
    return render(request, "rulebook/register.html", context)


def _nodes(actor: Actor, day: date) -> list[tuple]:
    """The register of nodes where this person serves: which post holds what was moved, since when and by which rule."""
    place = next(held.district_code for held in actor.holdings if held.post in DESK.model.FLOW.posts)
    held = held_on(day, place).values()
    rules = Rulebook.objects.in_bulk([_number_in(one.source) for one in held])
    return [
        (
            one.node,
            "text",
            HELD.filled(post=WorkPost(one.post).label, day=one.since, no=rules[_number_in(one.source)].number),
        )
        for one in held
    ]


def _number_in(source: str) -> int:
    """3 of “rulebook/3#1”."""
    return int(source.removeprefix("rulebook/").partition("#")[0])


def _lines(rule: Rule) -> list[tuple]:
    rows = [
        Row(Text("制定单位", "Issued by"), rule.unit_code, "unit"),
        *said_rows(rule.said),
        *_kept([Row(Text("失效日期", "Repealed from"), rule.repealed_on, "when")]),
    ]
    return [(row.title, row.kind, written(row.kind, row.value)) for row in rows]
