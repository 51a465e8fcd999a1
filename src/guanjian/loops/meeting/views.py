"""The desk of 会议, and 风险共控清单: which risk is shared, and which measure customs and police each hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.loops.meeting.actions import call
from guanjian.loops.meeting.agenda import AGENDA, ITEMS, Figure
from guanjian.loops.meeting.models import ISSUED, Meeting
from guanjian.loops.meeting.needs import Kind, Outcome, Output
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.posts import Holder
from guanjian.pages import names
from guanjian.pages.desk import DESKS, Column, Desk, Row, Section, register

SHOWN, READ = 12, 300
LINE = Text("{unit} · {what}：{n}", "{unit}, {what}: {n}")
NOTHING = Text("无", "None")
DECISION = Text(
    "{n}. {into} · {unit} · {post} · {by}前 · {what}（{outcome}）",
    "{n}. {into}, {unit}, {post}, by {by}: {what} ({outcome})",
)
WHY = Text("未落实，理由：{why}", "not done, because: {why}")
SHARED = Text(
    "{risk}：海关（{a}）{x}；缉私（{b}）{y}；{day}复核",
    "{risk}: customs ({a}) {x}; police ({b}) {y}; reviewed on {day}",
)
OFF = Text("{risk}：{why}", "{risk}: {why}")


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _called(one: Meeting, actor: Actor) -> list[Row]:
    period = one.facts.get("fix_agenda", {})
    span = Text("{a} 至 {b}", "{a} to {b}").filled(a=period["from_day"], b=period["until_day"]) if period else ""
    return _kept(
        Row(Text("会议类型", "Kind"), Kind(one.kind).label),
        Row(Text("召集单位", "Called by"), one.unit_code, "unit"),
        Row(Text("计划召开日期", "Planned on"), one.planned_on, "when"),
        Row(Text("参加单位和人员", "Invited"), one.invited, "list"),
        Row(Text("分析期", "Period"), span),
    )


def _agenda(one: Meeting, actor: Actor) -> list[Row]:
    """The items that this reader's posts are told, as they were fixed, with the records that he may open today."""
    told, rows = one.told_to(actor).get("lay_agenda", {}), []
    for need in AGENDA:
        if need.name in told:
            lines = [_line(row) for row in told[need.name]] or [NOTHING]
            keys = [key for row in told[need.name] for key in row["keys"].split()]
            links = _links(ITEMS[need.name][0], keys, actor)
            rows += [Row(need.label, lines, "list"), *_kept(Row(Text("相关事项", "Records"), links, "links"))]
    return rows


def _line(row: dict) -> Text:
    return LINE.filled(unit=names.unit(row["unit"]), what=Figure(row["figure"]).label, n=row["number"])


def _links(loop: str, keys: Iterable[str], actor: Actor) -> list[tuple[str, str]]:
    numbers = [int(key.rpartition("/")[2]) for key in dict.fromkeys(keys)]
    seen = DESKS[loop].model.objects.visible_to(actor).in_bulk(numbers)
    return [(seen[one].title, reverse(f"{loop}:record", args=[one])) for one in numbers if one in seen][:SHOWN]


def _held(one: Meeting, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("召开日期", "Held on"), one.held_on, "when"),
        Row(Text("海关到会", "Present of customs"), one.customs_present, "list"),
        Row(Text("缉私到会", "Present of the police"), one.police_present, "list"),
        Row(Text("缺席", "Absent"), one.absent, "list"),
        Row(Text("纪要", "Minutes"), one.minutes, "prose"),
        Row(Text("落实总结", "Conclusion"), one.summary, "prose"),
    )


def _decisions(one: Meeting, actor: Actor) -> list[Row]:
    lines = [
        DECISION.filled(n=n, into=Output(row["into"]).label, unit=names.unit(row["unit"]), post=Holder(row["post"]).label,
                        by=row["by"], what=row["what"], outcome=_outcome(one, n))
        for n, row in enumerate(one.decisions, 1)
    ]  # fmt: skip
    return _kept(Row(Text("议定事项", "Decisions"), lines, "list"))


def _outcome(one: Meeting, number: int) -> Text:
    known, outcome = one.followed.get(str(number), {}), Outcome(one.outcome_of(number))
    if known.get("why") and outcome is not Outcome.DONE:
        return WHY.filled(why=known["why"])
    return outcome.label if known else Text("待印发", "to be issued")


def _shared(one: Meeting, actor: Actor) -> list[Row]:
    lines = [
        SHARED.filled(risk=row["risk"], a=names.unit(row["customs_unit"]), x=row["customs_measure"],
                      b=names.unit(row["police_unit"]), y=row["police_measure"], day=row["review_on"])
        for row in one.shared_risks
    ]  # fmt: skip
    off = [OFF.filled(risk=row["risk"], why=row["why"]) for row in one.struck]
    return _kept(
        Row(Text("风险共控清单", "Shared risks"), lines, "list"), Row(Text("移出清单", "Struck off"), off, "list")
    )


DESK = register(
    Desk(
        Meeting,
        Text("关警联席会议和形势分析例会：议程由数据生成，纪要签署后每项议定事项落到单位、岗位和期限，逐项落实后办结。",
             "Joint conferences and situation meetings: agenda from data, signed minutes, every decision a task until it is done."),
        columns=(
            Column(Text("类型", "Kind"), lambda one: Kind(one.kind).label),
            Column(Text("召集单位", "Called by"), "unit_code", "unit"),
            Column(Text("召开日期", "On"), lambda one: one.held_on or one.planned_on, "when"),
        ),
        sections=(
            Section(Text("会议", "Meeting"), _called),
            Section(Text("议程（由数据生成，已固定）", "Agenda (from data, fixed)"), _agenda),
            Section(Text("议定事项", "Decisions"), _decisions),
            Section(Text("风险共控", "Shared risks"), _shared),
            Section(Text("会议记录", "Record"), _held),
        ),
        related=beside,
        begin=call,
    )
)  # fmt: skip


@require_GET
def shared(request: HttpRequest) -> HttpResponse:
    """The list of each unit as its newest issued conference left it; 404 for whom no post reads meetings."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    issued = Meeting.objects.visible_to(request.actor).filter(kind=Kind.JOINT, state__in=ISSUED)
    newest: dict[str, Meeting] = {}
    for one in issued.order_by("-held_on", "-pk")[:READ]:
        newest.setdefault(one.unit_code, one)
    lists = [(names.unit(code), one, [_row(row) for row in one.shared_risks]) for code, one in sorted(newest.items())]
    return render(request, "meeting/shared.html", {"lists": [entry for entry in lists if entry[2]], "desk": DESK})


def _row(row: dict[str, str]) -> dict[str, object]:
    known = {side: names.unit(row[f"{side}_unit"]) for side in ("customs", "police")}
    return {**row, **known, "late": row["review_on"] < timezone.localdate().isoformat()}
