"""The desk of 承办答复."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.answer.models import Answer
from guanjian.loops.answer.needs import Kind
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register


def _kind(one: Answer) -> Text:
    return Kind(one.kind).label


def _asked(one: Answer, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("类型", "Kind"), _kind(one)),
        Row(Text("要求", "What is asked"), one.asked),
        Row(Text("排查清单", "Checklist"), one.lines, "list"),
        Row(Text("下达单位", "Sent by"), one.issuer_unit, "unit"),
        Row(Text("答复期限", "Answer by"), one.answer_by, "when"),
        Row(Text("责任人", "Person responsible"), one.responsible),
    ]
    return [row for row in rows if row.value]


def _answered(one: Answer, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("逐项答复", "Line by line"), one.answers, "list"),
        Row(Text("发现的问题", "Problem found"), one.problem),
        Row(Text("编号", "Reference"), one.reference),
        Row(Text("查验（核查）数", "Examined"), one.examined, "number"),
        Row(Text("查获数", "Finds"), one.finds, "number"),
        Row(Text("移交立案数", "Cases"), one.cases, "number"),
        Row(Text("查获案值", "Value found"), one.value_cny, "money"),
    ]
    return [row for row in rows if row.value not in ("", None, [])]


DESK = register(
    Desk(
        Answer,
        Text("收到的风险提示、案件通报、排查清单、转化要求、行动任务和办案请求，逐件签收、办理、答复，由下达方审核通过。",
             "Whatever a unit is sent: acknowledged, worked, answered by its own deadline, and accepted by who asked."),
        columns=(
            Column(Text("类型", "Kind"), _kind),
            Column(Text("答复期限", "Answer by"), "answer_by", "when"),
        ),
        sections=(
            Section(Text("要求", "What is asked"), _asked),
            Section(Text("答复", "Answer"), _answered),
        ),
        related=beside,
    )
)  # fmt: skip
