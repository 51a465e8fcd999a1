"""Beginning a record by hand, where the flow names the posts that may."""

from __future__ import annotations

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.kernel.flow import Facts
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.pages.desk import Desk

NOT_BY_HAND = Text("此类事项由系统流转产生，不能手工登记。", "These are opened by the loop before them, not by hand.")
NOT_YOURS = Text("您的岗位不能登记此类事项。", "Your post may not open one of these.")


def may_open(desk: Desk, actor: Actor) -> bool:
    """True when one of the actor's posts may begin a record of this loop by hand."""
    opens = desk.model.FLOW.opens
    return bool(opens) and actor.holds(*opens)


def open_by_hand(desk: Desk, actor: Actor, facts: Facts) -> Record:
    """Begin the record in the unit of the post that lets this person begin it."""
    flow = desk.model.FLOW
    if not flow.opens:
        raise NotFound(NOT_BY_HAND)
    if not may_open(desk, actor):
        raise NotAllowed(NOT_YOURS)
    held = next(held for held in actor.holdings if held.post in flow.opens)
    unit = Unit.objects.get(pk=held.unit_code)
    _must_fit(desk.model, facts)
    if desk.begin:
        return desk.begin(actor, unit, facts)
    columns = {field.name for field in desk.model._meta.concrete_fields}
    return start(desk.model, actor, unit, **{name: value for name, value in facts.items() if name in columns and value})


def _must_fit(model: type[Record], facts: Facts) -> None:
    """What is longer than its column is said now: one database would cut nothing and keep it, the other fails."""
    longest = {field.name: field.max_length for field in model._meta.concrete_fields}
    for need in model.FLOW.opening:
        most = longest.get(need.name)
        if most and len(str(facts.get(need.name, ""))) > most:
            raise BadInput(
                Text("“{label}”不能超过{most}字。", "“{label}” cannot be longer than {most} characters.").filled(
                    label=need.label, most=most
                )
            )
