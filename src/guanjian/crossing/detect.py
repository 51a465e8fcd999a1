"""Detecting: run the catalogue, note the run, and open an alert or an integrity lead for every new finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from guanjian.crossing import catalogue as listing
from guanjian.crossing import indicators
from guanjian.engine.formula.governed import chosen, published
from guanjian.engine.run import Run
from guanjian.engine.run import detect as run_plan
from guanjian.engine.session import Session
from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import Unreadable
from guanjian.kernel.gathering import about, gathers
from guanjian.kernel.papers import Finding
from guanjian.kernel.words import Text
from guanjian.loops.alert.actions import open_from_finding as open_alert
from guanjian.loops.lead.actions import open_from_findings as open_leads
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.signals import catalogue

EVENT = "run.done"
TOGETHER = 200  # findings opened in one transaction: a process that is killed loses no more than it repeats


@dataclass(frozen=True)
class Opened:
    """What became of a run's findings."""

    run_id: str
    findings: int
    alerts: int
    leads: int
    known: int
    run: Run
    held: int = 0  # about people in a compartment that nobody could read yet: found again by the next run


def run(
    lake: Lake,
    only: Sequence[str] | None = None,
    as_of: str | None = None,
    actor: Actor = SYSTEM,
    progress: Callable[[int, int, object], None] = lambda done, total, detector: None,
) -> Opened:
    """Run the chosen detectors on the lake as known at `as_of`; a finding that is open already is not opened again."""
    listing.publish(lake)
    indicators.publish(lake)
    governed, codes = chosen(published(lake.root), only or ())
    detectors = [*(catalogue.chosen(",".join(codes)) if codes or not only else []), *governed]
    with Session(lake, as_of) as session:
        done = run_plan(session, detectors, rules=listing.rules(lake, timezone.localdate()), progress=progress)
    titles = {one.code: one.title for one in governed}
    found = [_named(one, titles[one.code]) if one.code in titles else one for one in done.findings]
    kinds = open_findings(found, lake.root.name, actor)
    note(EVENT, f"run/{done.run_id}", actor, {"record": _exact(done.record), **{k: kinds[k] for k in sorted(kinds)}})
    if not only:
        indicators.try_out(lake)
    return Opened(done.run_id, len(done.findings), kinds["alert"], kinds["lead"], kinds["known"], done, kinds["held"])


def open_findings(findings: Iterable[Finding], source: str, actor: Actor) -> Counter[str]:
    """Open each finding in the unit that it names, or at headquarters when the office has no such unit.

    The months of one breach of one person open together: one lead, with every month as its evidence.
    """
    units, kinds = Unit.objects.in_bulk(), Counter({"alert": 0, "lead": 0, "known": 0})
    waiting = _gathered(findings)
    for first in range(0, len(waiting), TOGETHER):
        with transaction.atomic():
            for same in waiting[first : first + TOGETHER]:
                unit = units.get(same[0].unit_code) or units["0000"]
                kinds[_open(same, unit, source, actor)] += 1
    return kinds


def _gathered(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in their order; those that are the same but for their month side by side."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in map(_titled, findings):
        groups.setdefault(about(finding) if gathers(finding) else (finding.key,), []).append(finding)
    return list(groups.values())


def _open(same: list[Finding], unit: Unit, source: str, actor: Actor) -> str:
    person = same[0].subject_type.names_a_person
    try:
        opened = open_leads(same, unit, actor, source) if person else open_alert(same[0], unit, actor, source)
    except Unreadable:
        return "held"
    if opened is None:
        return "known"
    return "lead" if person else "alert"


def _titled(finding: Finding) -> Finding:
    """With the detector's name beside its evidence: the office has no catalogue of its own."""
    known = catalogue.catalogue().get(finding.code)
    return _named(finding, known.title) if known else finding


def _named(finding: Finding, title: Text) -> Finding:
    return replace(finding, evidence={**finding.evidence, "detector_zh": title.zh, "detector_en": title.en})


def _exact(value):
    """Floats as their shortest text: the ledger's canonical JSON has none."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {str(key): _exact(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_exact(item) for item in value]
    return value if isinstance(value, (int, bool)) or value is None else str(value)
