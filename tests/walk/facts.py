"""What a walker writes into the form: the sample facts by the walk's own clock, other choices, or something spoiled."""

from __future__ import annotations

from random import Random
from typing import Any

from django.utils import timezone

from guanjian.kernel.needs import Need
from guanjian.loops.fieldwork import chain
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from tests.loops.phone import FACTS, STEPS, Phone
from tests.loops.samples import given
from tests.walk.staff import answered

AMOUNTS = ("0", "4000", "5000", "9999.99", "50000", "100000", "199999.99", "200000", "300000")
VARIED = ("money", "many")  # what a record may do next depends on these
SPOILED = ("", None, "x", "-1", "9999-99-99", [], ["x"], "９" * 400)
PHONES = {"someone": 7, "front": 8}


def written(record: Record, step_name: str, who: Actor, rng: Random) -> dict[str, Any]:
    """Facts for this step as this person may give them."""
    if record.flow.name == "fieldwork" and record.flow.step(step_name).remote:
        return _by_phone(record, step_name, who)
    facts = given(record, step_name)
    if (record.flow.name, step_name) == ("training", "submit"):
        return {"answers": answered(record, rng)}
    needs = record.flow.step(step_name).needs
    for need in needs:
        if rng.random() < (0.6 if need.kind in VARIED else 0.15):
            facts[need.name] = _other(need, facts[need.name], rng)
    if needs and rng.random() < 0.08:
        facts[rng.choice(needs).name] = rng.choice(SPOILED)
    return facts


def _other(need: Need, value: Any, rng: Random) -> Any:
    if need.choices:
        every = [choice for choice, _ in need.choices.choices()]
        if need.kind == "many":
            return every if rng.random() < 0.5 else rng.sample(every, rng.randint(1, len(every)))
        return rng.choice(every)
    if need.kind == "yes":
        return rng.random() < 0.5
    if need.kind == "money":
        return rng.choice(AMOUNTS)
    return value if need.required or rng.random() < 0.5 else ""


def _by_phone(record: Record, step_name: str, who: Actor) -> dict[str, Any]:
    """The next item of this person's own telephone."""
    phone = Phone(who.person_id, PHONES.get(who.person_id, 9))
    if step_name == "bind":
        return {"key": phone.open, "clock": timezone.now().isoformat()}
    signed = chain.of_device(record.items, phone.head[:16])
    phone.signed, phone.last = len(signed), chain.of(signed[-1]["item"]) if signed else phone.head
    deed = STEPS.get(step_name, "check_in")
    return {**phone.item(record.key, deed, **FACTS.get(deed, {})), "why": "没有效力。"}
