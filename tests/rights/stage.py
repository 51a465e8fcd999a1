"""One office for the whole matrix: a record to every step and source of every loop, to every end, and to every place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone

from guanjian.api.app import api
from guanjian.kernel.flow import Step
from guanjian.moving.found import Found
from guanjian.moving.record import Record
from guanjian.moving.relaying import relay
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import start
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.days import kept
from tests.loops import watching
from tests.loops.behind import rewrite, whole
from tests.loops.samples import given
from tests.loops.world import ALONE, FIELDS, MODELS, record_before, record_of
from tests.rights.declared import FRONT, INSIDERS

MARK = re.compile(r"MARK\d{4}")
WHOM = "g990001"  # whom the sealed records are about: told to nobody without a disclosure
ELSEWHERE = ("0000", "2200", "2201-01", "2202", "5300", "5301", "22P0", "53P0")
LEFT = {
    ("case", "fed_back"): {"scope": "limited"},
    ("case", "closed"): {"scope": "open"},
}  # by the step before this state
NAMED = {  # whose own step it is: one of those who ask
    "trainees": {"officer_id": FRONT},
    "standing": {"log": [{**watching.STOOD["log"][0], "by": FRONT}]},
}
COMPARTMENTS = ("0000", "2200", "5300")


@dataclass(frozen=True)
class Laid:
    """One record of the stage; `step` where it was made for one, with the facts that let it pass."""

    record: Record
    mark: str
    step: Step | None = None
    facts: dict[str, Any] | None = None

    @property
    def loop(self) -> str:
        return self.record.flow.name

    def page(self, *more: str) -> str:
        """The address of the record's page, or of one below it."""
        return "/".join(("", self.loop, str(self.record.pk), *more, ""))

    def api(self, *more: str) -> str:
        """The address of the record in the API."""
        return "/".join((noun(self.loop), str(self.record.pk), *more))


@cache
def nouns() -> dict[str, str]:
    """By loop: the address of its list, as the API's own description tells it."""
    paths = api.get_openapi_schema()["paths"]
    named = {work["operationId"]: path for path, works in paths.items() for work in works.values()}
    return {name.removesuffix("_list"): path for name, path in named.items() if name.endswith("_list")}


def noun(loop: str) -> str:
    """The address of the loop's list in the API; empty for a loop that has none."""
    return nouns().get(loop, "")


@dataclass(frozen=True)
class Stage:
    """Everything that was laid out."""

    laid: tuple[Laid, ...]

    @property
    def steps(self) -> list[Laid]:
        """Those made for a step that a person takes."""
        return [one for one in self.laid if one.step is not None and one.step.by != (Post.SYSTEM,)]

    @property
    def states(self) -> list[Laid]:
        """One of each loop and state, and of each place."""
        met: dict[tuple, Laid] = {}
        for one in self.laid:
            where = (one.record.unit_code, one.record.compartment, one.record.label)
            met.setdefault((one.loop, one.record.state, where), one)
        return list(met.values())


@contextmanager
def office() -> Iterator[Stage]:
    """The small country, everybody of the matrix in it, and the records; gone afterwards."""
    with ExitStack() as kept:
        kept.enter_context(transaction.atomic())
        kept.callback(transaction.set_rollback, True)
        cast.settle()
        cast.CAST.update({one.name: (one.post, one.unit) for one in INSIDERS})
        on_lists = [one.name for one in INSIDERS if one.post in (Post.OVERSIGHT, Post.CUSTODIAN)]
        kept.enter_context(unlocked(cast.give_keys("someone", *on_lists)))
        laid = Stage(tuple(_laid_out()))
        relay()  # what was changed behind the steps is found as it is now
        yield laid


def _laid_out() -> Iterator[Laid]:
    numbers = (f"MARK{n:04d}" for n in count(1))
    for model in MODELS:
        for step in model.FLOW.steps:
            for source in step.source:
                yield _before(model, step, source, next(numbers))
        for end in model.FLOW.ends:
            yield _there(
                _marked(record_of(model), next(numbers)),
                state=end.value,
                due_at=None,
                closed_at=timezone.now(),
                **LEFT.get((model.FLOW.name, end.value), {}),
            )
        yield from _about(model, numbers)


def _before(model: type[Record], step: Step, source, mark: str) -> Laid:
    record = record_before(model, step, source)
    if step.named in NAMED:
        rewrite(record, **NAMED[step.named])
    if left := LEFT.get((model.FLOW.name, source.value)):
        rewrite(record, **left)
    record = _marked(record, mark).record
    return Laid(record, mark, step, given(record, step.name))


def _marked(record: Record, mark: str) -> Laid:
    """The record under a title of its own; a sealed one about somebody."""
    about = {"subject_type": "officer", "subject_id": WHOM} if isinstance(record, Sealed) else {}
    rewrite(record, title=mark, **about)
    return Laid(whole(type(record), record.pk), mark)


def _about(model: type[Record], numbers: Iterator[str]) -> Iterator[Laid]:
    """Records in their first state that lie elsewhere."""
    if FIELDS.get(model.FLOW.name, {}).get("label") == "integrity":
        for code in COMPARTMENTS:
            yield _opened(model, code, next(numbers), compartment=code)
        return
    for code in ELSEWHERE:
        yield _opened(model, code, next(numbers))
    if not issubclass(model, Sealed):
        closed_off = _opened(model, "2201", next(numbers))
        yield _there(closed_off, label="integrity", compartment="2200")


def _opened(model: type[Record], code: str, mark: str, **more: str) -> Laid:
    """As `world.record_of` opens one, in a unit of choice."""
    own: dict[str, Any] = {"finding_key": uuid4().hex, "code": "VAL-01"} if issubclass(model, Found) else {}
    if model.FLOW.name in ALONE:
        own[ALONE[model.FLOW.name]] = uuid4().hex
    fields = {**kept(FIELDS.get(model.FLOW.name, {})), **own, **more, "title": mark}
    return Laid(start(model, SYSTEM, Unit.objects.get(pk=code), **fields), mark)


def _there(laid: Laid, **columns: Any) -> Laid:
    model: type[models.Model] = type(laid.record)
    model._base_manager.filter(pk=laid.record.pk).update(**columns)
    for name, value in columns.items():
        setattr(laid.record, name, value)
    return laid
