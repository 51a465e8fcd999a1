"""The noun “rules”: the loop, and the register as it reads on any day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Schema

from guanjian.api.desks import router_for
from guanjian.kernel.errors import NotFound
from guanjian.loops.rulebook.reading import Rule, in_force
from guanjian.loops.rulebook.views import DESK
from guanjian.pages.views import NO_SUCH

router = router_for(DESK)


class InForce(Schema):
    """A rule as it reads on one day."""

    key: str
    number: str
    title: str
    unit_code: str
    form: str
    version: int
    since: date
    repealed_on: date | None
    text: str
    parameters: dict[str, str]
    controls: list[str]
    trainings: list[str]


@router.get(
    "/on/{day}", response=list[InForce], operation_id="rulebook_on", summary="某日施行的制度 · In force on a day"
)
def on_a_day(request: HttpRequest, day: date, words: str = ""):
    """The rules that bind the caller on this day, with these words in title, number or text."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound(*NO_SUCH)
    return [_shown(rule) for rule in in_force(request.actor, day, words.strip()[:80])]


def _shown(rule: Rule) -> dict:
    said = rule.said
    parts = {"text": said.text, "parameters": dict(said.parameters), "controls": list(said.controls)}
    known = {name: getattr(rule, name) for name in ("key", "number", "title", "unit_code", "form", "repealed_on")}
    return {**known, **parts, "trainings": list(said.trainings), "version": said.number, "since": said.since}
