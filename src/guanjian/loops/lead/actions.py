"""Opening a lead in its compartment: the oversight post of the next level up from the person's own unit."""

from __future__ import annotations

from collections.abc import Sequence

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Finding
from guanjian.loops.lead.models import Lead
from guanjian.moving.found import of_dataset, open_once
from guanjian.org.actor import Actor
from guanjian.org.compartment import compartment_of
from guanjian.org.models import Unit
from guanjian.org.posts import Label


def open_from_finding(finding: Finding, unit: Unit, actor: Actor, source: str = "") -> Lead | None:
    """The lead of a new finding about a person; None when it is open already. Its title names nobody."""
    return open_from_findings([finding], unit, actor, source)


def open_from_findings(findings: Sequence[Finding], unit: Unit, actor: Actor, source: str = "") -> Lead | None:
    """One lead of the months of one breach; a month that a lead answers for already is not opened again."""
    if not all(finding.subject_type.names_a_person for finding in findings):
        raise BadInput("不涉及人员的线索应进入预警处置。", "A finding that names no person belongs to the alerts.")
    above = Unit.objects.get(pk=compartment_of(unit))
    place = {"label": Label.INTEGRITY.value, "compartment": above.code, "subject_unit": unit.code}
    return open_once(Lead, findings, actor, above, titled=_title, **place, **of_dataset(source))


def _title(finding: Finding) -> str:
    return f"{finding.evidence.get('detector_zh', finding.code)} {finding.period}".strip()
