"""The desk of 成果转化."""

from __future__ import annotations

from guanjian.kernel.offences import Cause
from guanjian.kernel.words import Text
from guanjian.loops.convert.actions import open_by_hand
from guanjian.loops.convert.flow import Into, Source
from guanjian.loops.convert.models import Convert
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

DEMAND = Text("{into} · {unit} · {what}（{by}前）", "{into} · {unit} · {what} (by {by})")


def _label(kinds, value: str) -> Text | str:
    return kinds(value).label if value else ""


def _found(one: Convert, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("来源", "Source"), _label(Source, one.source)),
        Row(Text("文书编号", "Report"), one.document),
        Row(Text("问题", "Finding"), one.finding),
        Row(Text("涉及单位", "Unit concerned"), one.about_unit, "unit"),
        Row(Text("成因", "Cause"), _label(Cause, one.cause)),
        Row(Text("成因分析", "Analysis"), one.cause_text),
        Row(Text("同类问题可能存在于", "Where else it may be"), one.alike),
    ]
    return [row for row in rows if row.value]


def _demanded(row: dict) -> Text:
    return DEMAND.filled(into=Into(row["into"]).label, unit=names.unit(row["unit"]), what=row["what"], by=row["by"])


def _measures(one: Convert, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("当下改", "Mended at once"), one.at_once),
        Row(Text("长久立", "Made to last"), one.for_good),
        Row(Text("转化要求", "Demands"), [_demanded(row) for row in one.demands], "list"),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Convert,
        Text("巡视、督察审计、纪检监督、案件通报、信访和案卷评查发现的问题，分析成因后既当下改又长久立，落实到单位并在运用中验证。",
             "Findings of inspections and audits: mended at once and made to last, by named units, verified in use."),
        columns=(
            Column(Text("来源", "Source"), lambda one: _label(Source, one.source)),
            Column(Text("涉及单位", "Unit concerned"), "about_unit", "unit"),
        ),
        sections=(
            Section(Text("发现与成因", "Finding and cause"), _found),
            Section(Text("转化方案", "Measures"), _measures),
        ),
        related=beside,
        begin=open_by_hand,
    )
)  # fmt: skip
