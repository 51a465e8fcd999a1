"""What a record has been through, as the ledger tells it: who did what, when, giving what, and whether it is sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanjian.kernel.flow import Facts, Flow
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.ledger.models import Entry
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Label
from guanjian.pages import names
from guanjian.pages.desk import Row

SHOWN = 200
NOTED = {
    "read": Text("查阅", "Read"),
    "found_again": Text("再次发现", "Found again"),
    "question_read": Text("本人已阅问题", "The person read the question"),
    "admitted": Text("列入知悉名单", "Let in to the list"),
    "off_the_list": Text("退出知悉名单", "Off the list"),
    "disclosure_asked": Text("申请披露身份", "The name was asked for"),
    "disclosure_agreed": Text("同意披露身份", "The name was disclosed"),
    "disclosure_refused": Text("不同意披露身份", "The name was refused"),
    "recovery_begun": Text("发起恢复", "A recovery was begun"),
    "recovered": Text("两名保管人恢复", "Given back by two custodians"),
    "commented": Text("写批注", "Comment"),
    "assigned": Text("分派承办人", "Assigned"),
    "attached": Text("添加附件", "File attached"),
    "moved": Text("内控节点台账已调整", "The register of nodes follows"),
    "drawn": Text("抽题种子记入账本", "The seed of the paper is in the ledger"),
    "demanded": Text("持证要求台账已调整", "The register of certificates follows"),
    "followed": Text("任职台账已调整", "The register of postings follows"),
}
KINDS = {"money": "money", "date": "when", "many": "list", "rows": "list", "moment": "when"}


@dataclass(frozen=True)
class Moment:
    """One entry as it is shown."""

    entry: Entry
    title: Text
    state: Text | None
    rows: list[Row]
    is_step: bool
    absent: str = ""  # in whose place it was done


def timeline(record: Record, actor: Actor) -> list[Moment]:
    """The newest entries of the record, newest first; the names of all the people in it are read at once."""
    entries = list(Entry.objects.filter(subject=record.key).order_by("-id")[:SHOWN])
    names.read_people([entry.actor for entry in entries])
    told, own = set(), record.told_to(actor)
    return [_moment(entry, record, own, told) for entry in entries]


def _moment(entry: Entry, record: Record, own: Mapping[str, Facts], told: set[str]) -> Moment:
    verb, body = entry.event.rpartition(".")[2], json.loads(entry.body)
    step = next((step for step in record.flow.steps if step.name == verb), None)
    title = record.flow.name_of(verb) if step or verb == "start" else NOTED.get(verb, Text(verb, verb))
    given = _facts(record, verb, body.get("facts") or {}, own.get(verb, {}) if verb not in told else {})
    told.add(verb)
    rows = [fact_row(need, given[need.name]) for need in (step.needs if step else ()) if _told(given.get(need.name))]
    is_step, absent = step is not None or verb == "start", body.get("for", "")
    return Moment(entry, title, _state(record.flow, body.get("state")), rows, is_step, absent)


def _facts(record: Record, verb: str, sealed: Facts, own: Facts) -> Facts:
    """The ledger holds only hashes for a compartment and for protected facts: who may know reads the record's own.

    The record keeps the newest facts of a step, so an older turn of the same step shows none of these.
    """
    if record.label == Label.INTEGRITY:
        return own
    hidden = record.flow.protected.get(verb, {})
    return {name: own.get(name, "") if name in hidden else value for name, value in sealed.items()}


def _told(value: Any) -> bool:
    return value not in (None, "", [], False)


def _state(flow: Flow, value: str | None) -> Text | None:
    known = {str(state): state.label for state in flow.states}
    return known.get(value or "")


def fact_row(need: Need, value: Any) -> Row:
    """One fact given in a step, in the words of its need."""
    if need.shown:
        return Row(need.label, need.shown(value))
    if need.choices:
        known = dict(need.choices.choices())
        value = [known.get(one, one) for one in value] if isinstance(value, list) else known.get(value, value)
    if need.kind == "yes":
        value = Text("是", "Yes")
    if need.kind == "rows":
        value = [" | ".join(str(_cell(column, row[column.name])) for column in need.columns) for row in value]
    return Row(need.label, value, KINDS.get(need.kind, "text"))


def _cell(column: Need, value: Any) -> Any:
    return dict(column.choices.choices()).get(value, value) if column.choices else value
