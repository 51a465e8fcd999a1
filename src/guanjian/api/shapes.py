"""What the API gives and takes: one shape for the records of every loop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from ninja import Schema
from pydantic import Field

from guanjian.kernel.flow import Step
from guanjian.kernel.needs import Need
from guanjian.moving.record import Record
from guanjian.pages.queue import Asked, Tab

SHARED = {field.name for field in Record._meta.get_fields()}
TYPES = {"many": "array", "rows": "array", "yes": "boolean"}
FORMATS = {"date": "date", "money": "decimal", "moment": "date-time"}


class Wanted(Schema):
    """What a list is narrowed to; `after` is the `next` of the page before."""

    tab: Tab = Tab.OPEN
    state: str = ""
    level: str = ""
    unit: str = ""
    overdue: bool = False
    q: str = ""
    after: str = ""

    def asked(self) -> Asked:
        """The same question as the console's queue asks it."""
        return Asked(self.tab, self.state, self.level, self.unit, self.overdue, self.q.strip()[:80], self.after)


class Short(Schema):
    """A record in a list."""

    id: int = Field(alias="pk")
    key: str
    title: str
    state: str
    state_zh: str = Field(alias="state_label.zh")
    state_en: str = Field(alias="state_label.en")
    level: str
    unit_code: str
    district_code: str
    subject_type: str
    subject_id: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    version: int


class Many(Schema):
    """One page of a list."""

    items: list[Short]
    next: str


class Whole(Short):
    """One record with its loop's own columns and what was given at each step."""

    columns: dict[str, Any]
    facts: dict[str, Any]

    @staticmethod
    def resolve_facts(record: Record, context: dict[str, Any]) -> dict[str, Any]:
        """What was given at each step, as far as the caller may know it."""
        return record.told_to(context["request"].actor)

    @staticmethod
    def resolve_columns(record: Record) -> dict[str, Any]:
        """The columns that this loop adds."""
        return {field.name: getattr(record, field.name) for field in own_columns(type(record))}


class Offered(Schema):
    """A step that the caller may take now, with the JSON schema of its facts."""

    name: str
    title_zh: str
    title_en: str
    target: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, step: Step, record: Record) -> Offered:
        """The step as it stands on this record."""
        target = str(step.target or record.state)
        return cls(
            name=step.name, title_zh=step.title.zh, title_en=step.title.en, target=target, facts=schema(step.needs)
        )


class Taken(Schema):
    """Taking a step: the version that was seen, and the facts."""

    version: int
    facts: dict[str, Any] = {}


class Given(Schema):
    """Opening a record by hand."""

    facts: dict[str, Any]


class Problem(Schema):
    """What went wrong, in both languages."""

    error: str
    error_en: str


def own_columns(model: type[Record]) -> list[models.Field]:
    """The columns that a loop adds to those of every record, but for those that hold what is closed."""
    hidden = SHARED | getattr(model, "AT_REST", frozenset())
    return [field for field in model._meta.concrete_fields if field.name not in hidden and not field.primary_key]


def schema(needs: tuple[Need, ...]) -> dict[str, Any]:
    """The JSON schema of these facts."""
    required = [need.name for need in needs if need.required]
    return {"type": "object", "properties": {need.name: _one(need) for need in needs}, "required": required}


def _one(need: Need) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "type": TYPES.get(need.kind, "string"),
        "title": need.label.zh,
        "description": need.label.en,
    }
    if need.kind in FORMATS:
        shape["format"] = FORMATS[need.kind]
    if need.kind in ("many", "rows") and need.required:
        shape["minItems"] = 1
    if need.kind == "rows":
        return {**shape, "items": schema(need.columns)}
    choices = {"enum": [value for value, _ in need.choices.choices()]} if need.choices else {}
    if need.kind == "many":
        return {**shape, "items": {"type": "string", **choices}}
    return {**shape, **choices}
