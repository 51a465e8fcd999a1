"""Opening an inquiry in the compartment above the case's unit; several triggers, one inquiry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.kernel.errors import BadInput, Unreadable
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Level
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Seen, Trigger, triggered
from guanjian.moving.blinding import blind
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.compartment import HEADQUARTERS, compartment_of
from guanjian.org.models import Unit
from guanjian.org.posts import Label


@dataclass(frozen=True)
class About:
    """The case that an inquiry is about."""

    key: str
    title: str
    unit_code: str
    enterprises: tuple[str, ...] = ()
    acts_from: date | None = None
    acts_until: date | None = None


def open_for(about: About, found: dict[Trigger, list[str]]) -> Inquiry | None:
    """The inquiry of this case with all its triggers: a new one, or the one that goes on with what is new; None for none."""
    if not found:
        return None
    mark = blind(about.key) if about.key else ""
    going = Inquiry.objects.filter(case_mark=mark, closed_at=None).first() if mark else None
    if going is not None:
        told = {"triggers": [trigger.value for trigger in found], "evidence": _lines(found)}
        return advance(going, "add_triggers", SYSTEM, told)
    unit = Unit.objects.get(pk=about.unit_code)
    above = Unit.objects.get(pk=compartment_of(unit))
    try:
        return _open(about, found, above, mark)
    except Unreadable:  # nobody of that compartment has a key: the duty goes to headquarters, or is refused aloud
        return _open(about, found, Unit.objects.get(pk=HEADQUARTERS), mark)


def _open(about: About, found: dict[Trigger, list[str]], above: Unit, mark: str) -> Inquiry:
    return start(
        Inquiry,
        SYSTEM,
        above,
        title=f"一案双查：{about.title}"[:190],
        level=Level.ORANGE.value,
        label=Label.INTEGRITY.value,
        compartment=above.code,
        subject_unit=about.unit_code,
        case_key=about.key,
        case_mark=mark,
        enterprises=list(about.enterprises),
        acts_from=about.acts_from,
        acts_until=about.acts_until,
        triggers=[trigger.value for trigger in found],
        evidence=_lines(found),
    )


def _lines(found: dict[Trigger, list[str]]) -> list[str]:
    return [f"{trigger.label.zh}：{'；'.join(evidence)}" for trigger, evidence in found.items()]


def open_by_report(actor: Actor, unit: Unit, facts: Facts) -> Inquiry:
    """What an investigator or an oversight officer reports at once, without waiting for the end of the investigation.

    Without a case in this system it is about the customs district of the reporting unit.
    """
    found = triggered(Seen(inside=tuple(facts["inside"]), inside_said=facts["inside_said"]))
    if not found:
        raise BadInput("请至少选择一种涉内情形。", "Choose at least one thing that points inside.")
    return open_for(About(facts["case_key"], facts["title"], unit.district_code or unit.code), found)
