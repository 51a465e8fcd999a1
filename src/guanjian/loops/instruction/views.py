"""The desk of 布控指令, and the page on which every reader sees how instructions have done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.loops.instruction import actions
from guanjian.loops.instruction.flow import FLOW
from guanjian.loops.instruction.models import Instruction
from guanjian.loops.instruction.needs import Kind, Mode, Target, Worth
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

ENDED_HOW = {"lifted": Text("解控", "Lifted"), "expired": Text("到期", "Expired")}
IN_TIME, LATE = Text("按时（10分钟内）", "On time (within ten minutes)"), Text("逾时", "Late")


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _order(one: Instruction, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("布控方式", "Kind"), _label(Kind, one.kind)),
        Row(Text("对象类型", "Kind of target"), _label(Target, one.target_type)),
        Row(Text("布控对象", "Target"), one, "subject"),
        Row(Text("要求的查验方式", "Mode required"), _label(Mode, one.required_mode)),
        Row(Text("布控要求", "What to look for"), one.demand),
        Row(Text("生效", "In force from"), one.valid_from, "when"),
        Row(Text("截止", "In force until"), one.valid_to, "when"),
    ]
    return [row for row in rows if row.value and (row.kind != "subject" or one.subject_id)]


def _done(one: Instruction, actor: Actor) -> list[Row]:
    if one.issued_at is None:
        return []
    signed = "" if one.on_time is None else IN_TIME if one.on_time else LATE
    rows = [
        Row(Text("下达", "Issued"), one.issued_at, "when"),
        Row(Text("签收", "Signed for"), one.signed_at, "when"),
        Row(Text("签收时效", "In time"), signed),
        Row(Text("命中次数", "Hits"), one.hits, "number"),
        Row(Text("查验次数", "Examinations"), one.examined, "number"),
        Row(Text("查获次数", "Finds"), one.finds, "number"),
        Row(Text("最近命中的报关单", "Declaration hit last"), ("entry", one.entry_id), "subject"),
        Row(Text("结束方式", "Ended by"), ENDED_HOW.get(one.ended_how, "")),
        Row(Text("评估结论", "Evaluation"), _label(Worth, one.worth)),
    ]
    return [row for row in rows if row.value not in ("", None, ("entry", ""))]


def _alike(one: Instruction, actor: Actor) -> list[Row]:
    """How its like has done: what an evaluation rests on."""
    same = [r for r in actions.results() if (r.kind, r.target_type) == (one.kind, one.target_type)]
    return [
        row
        for result in same
        for row in (
            Row(Text("同类指令（已结束）", "Instructions of its kind (ended)"), result.ended, "number"),
            Row(Text("命中率", "Hit rate"), result.hit.said),
            Row(Text("查获率", "Find rate"), result.found.said),
            Row(Text("按时签收率", "Signed for on time"), result.on_time.said),
        )
    ]


DESK = register(
    Desk(
        Instruction,
        Text("布控由风险部门草拟、职能会签、领导批准，现场10分钟内签收；命中必须按要求查验并反馈，结束后评估命中率与查获率。",
             "Drafted, countersigned and approved by three hands, signed for in ten minutes; hits are examined as ordered, then judged."),
        columns=(
            Column(Text("对象", "Target"), lambda one: one, "subject"),
            Column(Text("命中", "Hits"), "hits", "number"),
            Column(Text("查获", "Finds"), "finds", "number"),
        ),
        sections=(
            Section(Text("指令", "Order"), _order),
            Section(Text("执行", "What came of it"), _done),
            Section(Text("同类指令成效", "How its like has done"), _alike),
        ),
        related=beside,
        begin=actions.open_by_hand,
        search_fields=("title", "subject_id", "entry_id"),
    )
)  # fmt: skip


@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """How instructions have done, by kind and target; rates with their interval or the volume that would be needed."""
    if not request.actor.holds(*FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    rows = [(r, _label(Kind, r.kind), _label(Target, r.target_type)) for r in actions.results()]
    return render(request, "instruction/results.html", {"rows": rows, "flow": FLOW})
