"""Opening a rule: from what was decided, or by hand one that was in force before this office began."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.rulemaking import Action
from guanjian.loops.rulebook.models import Rulebook
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit

CONTENT = ("text", "parameters", "controls", "trainings", "moves")


def open_decided(decided: Record, actor: Actor, content: Mapping[str, Any]) -> Rulebook:
    """The rule that was decided, in the unit that decided it; it waits for its publication."""
    return start(
        Rulebook,
        actor,
        Unit.objects.get(pk=decided.unit_code),
        title=decided.title,
        level=decided.level,
        origin=decided.key,
        source=decided.key,
        kind=content["kind"],
        form=content["form"],
        **{name: content[name] for name in CONTENT},
    )


def change_decided(rule: Rulebook, decided: Record, content: Mapping[str, Any]) -> Rulebook:
    """What was decided about a rule that is there: its new version waits for publication, or its repeal does."""
    if decided.action == Action.REPEAL:
        return advance(rule, "adopt_repeal", SYSTEM, {})
    adopted = {name: content[name] for name in CONTENT}
    return advance(rule, "adopt_amendment", SYSTEM, {**adopted, "source": decided.key})


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Rulebook:
    """A rule of old, to be checked by another hand before it counts."""
    if Rulebook.objects.filter(number=facts["number"]).exclude(state="struck").exists():
        raise BadInput(f"文号“{facts['number']}”已在册。", f"“{facts['number']}” is in the register already.")
    return start(Rulebook, actor, unit, **{**facts, "source": "存量 before this office"})


def turn_the_page() -> int:
    """What comes into force or ceases to hold today; how many. Asking again changes nothing."""
    moved = 0
    for state, step in (("promulgated", "take_effect"), ("ending", "lapse")):
        for rule in Rulebook.objects.filter(state=state).order_by("pk"):
            bar = rule.flow.step(step).bar
            if bar(rule) is None:
                advance(rule, step, SYSTEM, {})
                moved += 1
    return moved
