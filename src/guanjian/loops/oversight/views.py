"""The desk of 双向监督."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.oversight.needs import RULE, Basis, Direction, Measure
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

VERDICTS = {"upheld": Text("违责成立", "Upheld"), "dismissed": Text("不成立", "Dismissed")}


def _breach(notice: Oversight, actor: Actor) -> list[Row]:
    return [
        Row(Text("方向", "Direction"), Direction(notice.direction).label),
        Row(Text("事由", "Breach"), Basis(notice.basis).label),
        Row(Text("依据", "Rule"), RULE[Basis(notice.basis)]),
        Row(Text("发出方", "Issued for"), notice.issuer_unit, "unit"),
        Row(Text("被监督方", "Addressed to"), notice.unit_code, "unit"),
        Row(Text("情况", "What happened"), notice.said),
    ]


def _decided(notice: Oversight, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("对方答复", "Reply"), notice.reply),
        Row(Text("裁定", "Verdict"), VERDICTS.get(notice.verdict, "")),
        Row(Text("认定的事实", "Found"), notice.found),
        Row(Text("处理措施", "Measures"), [Measure(one).label for one in notice.measures], "list"),
        Row(Text("纠正要求", "To be corrected"), notice.demand),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Oversight,
        Text("海关与缉私相互监督：逾期、无理由拒绝、以罚代移由系统自动发出通知；对方答复，由上级监督裁定，纠正后办结。",
             "Customs and police watch each other: lateness, groundless refusals and fines for crimes open a notice by themselves."),
        columns=(
            Column(Text("方向", "Direction"), lambda notice: Direction(notice.direction).label),
            Column(Text("被监督方", "Addressed to"), "unit_code", "unit"),
        ),
        sections=(
            Section(Text("监督事由", "The breach"), _breach),
            Section(Text("答复与裁定", "Reply and verdict"), _decided),
        ),
        related=beside,
        search_fields=("title", "said"),
    )
)  # fmt: skip
