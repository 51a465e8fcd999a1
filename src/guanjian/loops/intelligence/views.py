"""The desk of 情报需求与产品."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.intelligence.flow import POLICE, Reliability, Target, Value
from guanjian.loops.intelligence.models import Intelligence
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

PROTECTED = Text("来源受保护，仅缉私可见", "Protected: for the police only")


def _label(names, value: str) -> Text | str:
    return names(value).label if value else ""


def _product(one: Intelligence, actor: Actor) -> list[Row]:
    rows = [
        Row(Text("需求", "Question"), one.question),
        Row(Text("情报产品", "Product"), one.product),
        Row(Text("可靠程度", "Reliability"), _label(Reliability, one.reliability)),
        Row(Text("对象类型", "Kind of target"), _label(Target, one.target_type)),
        Row(Text("对象", "Target"), (one.target_type, one.target_id) if one.target_id else "", "subject"),
        Row(Text("来源", "Source"), _source(one, actor)),
        Row(Text("价值", "Value"), _label(Value, one.value)),
    ]
    return [row for row in rows if row.value]


def _source(one: Intelligence, actor: Actor) -> Text | str:
    if "provide" not in one.facts:
        return ""
    known = any(actor.covers(post, one) for post in POLICE)
    return one.told_to(actor)["provide"].get("source", "") if known else PROTECTED


DESK = register(
    Desk(
        Intelligence,
        Text("海关提需求，缉私给产品，来源只有缉私看得见；用于布控或说明不用的理由，最后反馈价值。",
             "Customs asks, the police answer and keep the source to themselves; it is used or refused with reasons, then valued."),
        columns=(Column(Text("价值", "Value"), lambda one: _label(Value, one.value)),),
        sections=(Section(Text("情报", "Intelligence"), _product),),
        related=beside,
        search_fields=("title", "target_id"),
    )
)  # fmt: skip
