"""One step on several records of a queue: each is checked, taken and traced alone, and each refusal is told by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.flow import Step
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.pages.desk import Desk
from guanjian.pages.forms import fields, typed
from guanjian.pages.panel import at_once
from guanjian.pages.views import NO_SUCH

MOST = 50
CHOOSE = Text("请先勾选事项，并选择要办理的环节。", "Tick some matters and choose a step first.")
TOO_MANY = Text("一次最多办理{most}件。", "At most {most} matters at once.").filled(most=MOST)
GONE = Text(NO_SUCH[0], NO_SUCH[1])


@dataclass(frozen=True)
class Line:
    """One chosen record: itself where it is seen, and why the step was refused, or would be now."""

    number: int
    record: Record | None
    refused: Text | None


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """First what would be done, with the step's form once; then what was done, record by record."""
    asked = request.POST if request.method == "POST" else request.GET
    numbers = numbers_of(asked.getlist("pk"))
    step = next((one for one in at_once(desk, request.actor) if one.name == asked.get("step")), None)
    if step is None or not numbers:
        raise BadInput(CHOOSE)
    done = request.method == "POST"
    if done:
        given = typed(request.POST, step.needs)
        versions = {number: request.POST.get(f"version-{number}", "") for number in numbers}
        lines = [_taken(desk, request.actor, (step, given), (number, versions[number])) for number in numbers]
    else:
        lines = _ahead(desk, request.actor, step, numbers)
    context = {
        "desk": desk,
        "flow": desk.model.FLOW,
        "step": step,
        "fields": fields(step.needs, {}, "bulk"),
        "ready": [line for line in lines if not line.refused],
        "refused": [line for line in lines if line.refused],
        "done": done,
    }
    return render(request, "pages/bulk.html", context)


def numbers_of(given: list[str]) -> list[int]:
    """The ticked records, each once."""
    numbers = [int(one) for one in given if one.isascii() and one.isdecimal() and len(one) < 16]
    if len(numbers) > MOST:
        raise BadInput(TOO_MANY)
    return list(dict.fromkeys(numbers))


def _ahead(desk: Desk, actor: Actor, step: Step, numbers: list[int]) -> list[Line]:
    """What may be taken and what not, as far as it can be said before the facts are given."""
    seen = desk.model.objects.visible_to(actor).in_bulk(numbers)
    return [
        Line(number, seen.get(number), step.why_not(actor, seen[number]) if number in seen else GONE)
        for number in numbers
    ]


def _taken(desk: Desk, actor: Actor, step: tuple[Step, Mapping[str, Any]], one: tuple[int, str]) -> Line:
    """The step on one record, in a transaction of its own, at the version that the person saw."""
    (number, version), (taken, given) = one, step
    record = desk.model.objects.visible_to(actor).filter(pk=number).first()
    try:
        if record is None:
            raise NotFound(GONE)
        moved = advance(record, taken.name, actor, given, int(version) if version.isdecimal() else 0)
    except GuanjianError as refusal:
        return Line(number, record, refusal.text)
    return Line(number, moved, None)
