"""Opening a lead in its compartment: the oversight post of the next level up from the person's own unit."""

from __future__ import annotations

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Finding
from guanjian.loops.lead.models import Lead
from guanjian.moving.found import open_once
from guanjian.org.actor import Actor
from guanjian.org.compartment import compartment_of
from guanjian.org.models import Unit
from guanjian.org.posts import Label


def open_from_finding(finding: Finding, unit: Unit, actor: Actor, source: str = "") -> Lead | None:
    """The lead of a new finding about a person; None when it is open already. Its title names nobody."""
    if not finding.subject_type.names_a_person:
        raise BadInput("不涉及人员的线索应进入预警处置。", "A finding that names no person belongs to the alerts.")
    above = Unit.objects.get(pk=compartment_of(unit))
    return open_once(
        Lead,
        finding,
        actor,
        above,
        source,
        title=f"{finding.evidence.get('detector_zh', finding.code)} {finding.period}".strip(),
        label=Label.INTEGRITY.value,
        compartment=above.code,
        subject_unit=unit.code,
    )
