"""The desk of 风险提示与排查."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.prompt.flow import Kind
from guanjian.loops.prompt.models import Prompt
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register


def _kind(one: Prompt) -> Text | str:
    return Kind(one.kind).label if one.kind else ""


def _said(one: Prompt, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("类型", "Kind"), _kind(one)),
        Row(Text("内容和要求", "What it says and asks"), one.message),
        Row(Text("接收单位", "Units addressed"), [names.unit(code) for code in one.units], "list"),
        Row(Text("排查清单", "Checklist"), one.checklist, "list"),
        Row(Text("答复期限", "Answer by"), one.answer_by, "when"),
        Row(Text("总结", "Conclusion"), one.summary),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Prompt,
        Text("风险提示、案件通报和专项排查经他人签发后下发；每个接收单位各有一件、各有时限，全部答复通过后总结办结。",
             "Prompts, case notices and sweeps, signed off by another; each unit addressed has a matter and a clock of its own."),
        columns=(
            Column(Text("类型", "Kind"), _kind),
            Column(Text("接收单位数", "Units"), lambda one: len(one.units), "number"),
        ),
        sections=(Section(Text("内容", "Content"), _said),),
        related=beside,
    )
)  # fmt: skip
