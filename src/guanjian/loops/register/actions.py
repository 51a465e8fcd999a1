"""Opening a risk in the register: as judged, as handed to another unit, or as come back."""

from __future__ import annotations

from typing import Any

from guanjian.kernel.risks import Risk
from guanjian.kernel.words import Text
from guanjian.loops.register.models import Register, raised
from guanjian.loops.register.told import judged, opened
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit

BACK = Text("（销账后复发，原台账 {key}）", " (it came back after {key} was closed)")
HANDED = (
    *("title", "level", "subject_type", "subject_id", "lineage", "line_code", "indicators", "units", "since", "week"),
    *(
        "quiet_since",
        "returned",
        "stage",
        "reach",
        "shape",
        "owner_kind",
        "owner_why",
        "owner_said",
        "cell",
        "sentence",
        "sentence_en",
    ),
    *("figures", "changes", "course"),
)


def open_from_paper(risk: Risk, week: str, actor: Actor, earlier: Register | None = None) -> Register:
    """Open a judged risk with its owner; one that was closed before says so and is a level more urgent."""
    facts = judged(risk, week)
    if earlier is not None:
        back = BACK.filled(key=earlier.key)
        facts |= {"level": raised(facts["level"]), "origin": earlier.key, "returned": True}
        facts |= {"sentence": facts["sentence"] + back.zh, "sentence_en": facts["sentence_en"] + back.en}
    unit = Unit.objects.get(pk=unit_of(facts["owner_said"]))
    return start(Register, actor, unit, title=risk.title.zh[:200], **opened(risk), **facts)


def open_elsewhere(passed: Register, unit_code: str, actor: Actor, **told: Any) -> Register:
    """The same risk with another owner: everything that was judged goes with it, and what is told of him."""
    handed = {name: getattr(passed, name) for name in HANDED} | told
    return start(Register, actor, Unit.objects.get(pk=unit_code), origin=passed.key, **handed)


def unit_of(owner: str) -> str:
    """The unit of an owner as judged (`leadership 2200`); headquarters for one that the office does not have."""
    code = owner.rpartition(" ")[2]
    return code if Register.is_a_unit(code) else HEADQUARTERS
