"""The run plan: which detectors, on which tables, one after the other on one session, and the record of the run."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from guanjian.engine.judge import findings, level_for, q_values
from guanjian.engine.looked import Detector, Looked
from guanjian.engine.session import Session
from guanjian.kernel.papers import Finding
from guanjian.kernel.words import Text

VERSIONED = ("guanjian", "duckdb", "ibis-framework", "numpy", "scipy", "pandas", "pyarrow")


@dataclass(frozen=True)
class Report:
    """What one detector did: how many hypotheses it tried, how many rows it suspected, how many findings are left."""

    code: str
    title: Text
    seconds: float
    cpu_seconds: float
    suspected: int
    findings: int
    tests: int | None
    unclear: Text | None = None


@dataclass(frozen=True)
class Run:
    """The findings with everything that is needed to repeat them."""

    run_id: str
    findings: list[Finding]
    reports: list[Report]
    record: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """How a run judges: the largest q, and what the q-values are taken over (`people`, `family`, `run` or `tree`).

    A `budget` of false alarms sets the largest q by itself, over the tree.
    """

    fdr: float = 0.05
    over: str = "people"
    budget: float | None = None

    @property
    def told(self) -> dict[str, Any]:
        """As the record of a run keeps it."""
        budget = {} if self.budget is None else {"budget": self.budget}
        return {"fdr": self.fdr, "over": self.over, **budget}

    def settled(self, looked: Mapping[str, Looked]) -> Rules:
        """With the largest q that the budget allows to what was looked at."""
        return self if self.budget is None else Rules(level_for(looked, self.budget), "tree", self.budget)


Progress = Callable[[int, int, Detector], None]


def detect(
    session: Session,
    detectors: Sequence[Detector],
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
    rules: Rules = Rules(),
    progress: Progress = lambda done, total, detector: None,
) -> Run:
    """Run the detectors on one session, then judge what they suspect together."""
    run_id, started = uuid.uuid4().hex, datetime.now(UTC)
    settings = {d.code: {**d.defaults, **(overrides or {}).get(d.code, {})} for d in detectors}
    looked: dict[str, Looked] = {}
    spent: dict[str, tuple[float, float]] = {}
    for number, detector in enumerate(detectors):
        progress(number, len(detectors), detector)
        wall, cpu = time.perf_counter(), time.process_time()
        with session.asking(detector.code):
            looked[detector.code] = _look(session, detector, settings[detector.code])
        spent[detector.code] = (time.perf_counter() - wall, time.process_time() - cpu)
    rules = rules.settled(looked)
    people = {d.code for d in detectors if d.subject.names_a_person}
    sure = q_values(looked, rules.over, rules.fdr, people)
    found = {}
    for d in detectors:
        with session.asking(d.code):
            found[d.code] = findings(d, looked[d.code], sure.get(d.code), settings[d.code], (run_id, rules.fdr))
    reports = [
        Report(
            d.code,
            d.title,
            *spent[d.code],
            len(looked[d.code].rows),
            len(found[d.code]),
            looked[d.code].tests,
            looked[d.code].unclear,
        )
        for d in detectors
    ]
    record = {
        "run_id": run_id,
        "started_at": started.isoformat(),
        "as_of": str(session.as_of) if session.as_of else None,
        "lake": {"batches": session.batches_used, "sha256": hash_of(session.batches_used)},
        "rules": rules.told,
        "parameters": settings,
        "versions": {name: importlib.metadata.version(name) for name in VERSIONED},
        "detectors": [_told(report) for report in reports],
    }
    return Run(run_id, [finding for d in detectors for finding in found[d.code]], reports, record)


def _look(session: Session, detector: Detector, parameters: Mapping[str, Any]) -> Looked:
    missing = [name for name in detector.reads if not session.holds(name)]
    looked = detector.look(session, **parameters)
    if not missing or looked.unclear:
        return looked
    return Looked(
        looked.rows,
        looked.tests,
        Text("不可判定：没有数据 {names}", "cannot be decided: no data in {names}").filled(names=", ".join(missing)),
    )


def _told(report: Report) -> dict[str, Any]:
    return {
        "code": report.code,
        "seconds": round(report.seconds, 3),
        "cpu_seconds": round(report.cpu_seconds, 3),
        "tests": report.tests,
        "suspected": report.suspected,
        "findings": report.findings,
        "unclear": report.unclear.zh if report.unclear else None,
    }


def hash_of(batches: Sequence[str]) -> str:
    """One hash for a set of batches: the same lake, the same hash."""
    return hashlib.sha256(json.dumps(sorted(batches)).encode()).hexdigest()
