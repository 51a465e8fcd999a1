"""Assigning several records of a queue at once: each alone, to one chosen person or to whoever has least; each refusal told."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.bulk import GONE, Line, numbers_of
from guanjian.pages.desk import Desk
from guanjian.pages.views import NO_SUCH
from guanjian.teamwork import assigning

CHOOSE = Text("请先勾选要分派的事项。", "Tick the matters to assign first.")


def gives(desk: Desk, actor: Actor) -> bool:
    """True where this person may assign records of this queue."""
    return not desk.sealed and assigning.leads(actor)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, desk: Desk) -> HttpResponse:
    """First what would be assigned, and to whom it may go; then what was, record by record."""
    if not gives(desk, request.actor):
        raise NotFound(*NO_SUCH)
    asked = request.POST if request.method == "POST" else request.GET
    numbers = numbers_of(asked.getlist("pk"))
    if not numbers:
        raise BadInput(CHOOSE)
    done = request.method == "POST"
    if done:
        versions = {number: request.POST.get(f"version-{number}", "") for number in numbers}
        chosen = request.POST.get("person", "")[:40]
        lines = [_given(desk, request.actor, (number, versions[number]), chosen) for number in numbers]
    else:
        seen = desk.model.objects.visible_to(request.actor).in_bulk(numbers)
        lines = [_ahead(number, seen.get(number), request.actor) for number in numbers]
    ready = [line for line in lines if not line.refused]
    people = [] if done else _people((line.record for line in ready), request.actor)
    got = [assigning.assigned_to(line.record) for line in ready] if done else [""] * len(ready)
    names.read_people([*people, *got])
    context = {
        "desk": desk,
        "flow": desk.model.FLOW,
        "ready": list(zip(ready, got, strict=True)),
        "refused": [line for line in lines if line.refused],
        "people": [(one, names.person(one)) for one in people],
        "done": done,
    }
    return render(request, "pages/give.html", context)


def _ahead(number: int, record: Record | None, actor: Actor) -> Line:
    return Line(number, record, assigning.why_not(record, actor) if record else GONE)


def _people(records: Iterable[Record | None], actor: Actor) -> list[str]:
    """To whom at least one of them may go; who must stand aside from one is told when it is given."""
    alike = {(one.state, one.unit_code): one for one in records if one is not None}
    able = {name for one in alike.values() for name in assigning.able_in_district(one)}
    return sorted(able - {actor.person_id})


def _given(desk: Desk, actor: Actor, one: tuple[int, str], chosen: str) -> Line:
    """One assignment, in a transaction of its own, at the version that the person saw."""
    number, version = one
    record = desk.model.objects.visible_to(actor).filter(pk=number).first()
    try:
        if record is None:
            raise NotFound(GONE)
        assigning.assign(record, actor, chosen, int(version) if version.isdecimal() else 0)
    except GuanjianError as refusal:
        return Line(number, record, refusal.text)
    return Line(number, record, None)
