"""What may a composite query ask about? The declared fields of a loop with their types; what only some are told is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import models

from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text
from guanjian.moving.record import Record
from guanjian.pages.desk import DESKS, Desk

FIRST = ("title", "state", "level", "unit", "subject", "opened", "due", "closed")


class Kind(Names):
    """What a field holds: it decides what may be asked."""

    TEXT = "text", "文字", "Text"
    CHOICE = "choice", "选项", "Choice"
    UNIT = "unit", "单位", "Unit"
    LIST = "list", "列表", "List"
    NUMBER = "number", "数字", "Number"
    DAY = "day", "日期", "Date"
    MOMENT = "moment", "日期", "Date"
    YES = "yes", "是否", "Yes or no"


@dataclass(frozen=True)
class Field:
    """One thing that may be asked about: `column` is a column of the record; with `step`, a fact given at that step."""

    name: str
    title: Text
    kind: Kind
    column: str
    choices: tuple[tuple[str, Text], ...] = ()
    step: str = ""


def loops() -> list[Desk]:
    """The loops that a composite query reads: not those whose content is sealed."""
    return [desk for desk in DESKS.values() if not desk.sealed]


@lru_cache(maxsize=64)
def fields_of(model: type[Record] | None) -> dict[str, Field]:
    """The fields of a loop by name; without one, those that every loop has."""
    every = [
        Field("title", Text("标题", "Title"), Kind.TEXT, "title"),
        Field("level", Text("级别", "Level"), Kind.CHOICE, "level", tuple(Level.choices())),
        Field("unit", Text("单位", "Unit"), Kind.UNIT, "unit_code"),
        Field("subject", Text("对象编号", "Subject"), Kind.TEXT, "subject_id"),
        Field("opened", Text("登记日期", "Opened on"), Kind.MOMENT, "opened_at"),
        Field("due", Text("时限", "Limit"), Kind.MOMENT, "due_at"),
        Field("closed", Text("办结日期", "Closed on"), Kind.MOMENT, "closed_at"),
    ]
    if model is None:
        return {field.name: field for field in every}
    state = Field("state", Text("状态", "State"), Kind.CHOICE, "state", tuple(model.FLOW.states.choices()))
    found = {field.name: field for field in [*every, state]}
    found = {name: found[name] for name in FIRST}
    for step, need in _needs(model):
        field = _field(model, step, need)
        if field is not None:
            found.setdefault(field.name, field)
    return found


def _needs(model: type[Record]) -> list[tuple[str, Need]]:
    """Every fact that all readers are told, with the step that gives it."""
    told = [("", need) for need in model.FLOW.opening]
    told += [(step.name, need) for step in model.FLOW.steps for need in step.needs]
    kept = {name for needs in model.FLOW.protected.values() for name in needs}
    return [(step, need) for step, need in told if need.name not in kept and not need.only]


def _field(model: type[Record], step: str, need: Need) -> Field | None:
    columns = {field.name: field for field in model._meta.concrete_fields}
    choices = tuple(need.choices.choices()) if need.choices else ()
    if need.name in columns:
        kind = _of_column(columns[need.name], need)
        return Field(f"c-{need.name}", need.label, kind, need.name, choices) if kind else None
    kind = _of_fact(need)
    if kind is None or not step:
        return None
    title = Text(f"{model.FLOW.name_of(step).zh}·{need.label.zh}", f"{model.FLOW.name_of(step).en}: {need.label.en}")
    return Field(f"f-{step}-{need.name}", title, kind, need.name, choices, step)


def _of_column(column: models.Field, need: Need) -> Kind | None:
    kinds = (
        (models.JSONField, Kind.LIST if need.kind == "many" else None),
        (models.DateTimeField, Kind.MOMENT),
        (models.DateField, Kind.DAY),
        (models.BooleanField, Kind.YES),
        ((models.DecimalField, models.IntegerField, models.FloatField), Kind.NUMBER),
        ((models.CharField, models.TextField), Kind.CHOICE if need.choices else Kind.TEXT),
    )
    return next((kind for type_, kind in kinds if isinstance(column, type_)), None)


def _of_fact(need: Need) -> Kind | None:
    kinds = {"line": Kind.TEXT, "text": Kind.TEXT, "choice": Kind.CHOICE, "money": Kind.NUMBER, "number": Kind.NUMBER}
    return (kinds | {"date": Kind.DAY, "yes": Kind.YES}).get(need.kind)
