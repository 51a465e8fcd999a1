"""Findings against the planted truth of a simulation: what was found, at which rank, and how many findings were false."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guanjian.kernel.papers import Finding


@dataclass(frozen=True)
class Met:
    """What became of one planted truth. `rank` is among the findings of the same detector; None when it was missed."""

    kind: str
    subject_id: str
    unit_code: str
    strength: float
    code: str = ""
    rank: int | None = None
    of: int = 0
    q_value: float | None = None

    @property
    def found(self) -> bool:
        """True when at least one finding names one of its subjects."""
        return self.rank is not None


@dataclass(frozen=True)
class Score:
    """One run against one truth. `false` and `total` count findings by detector; `statistical` are those with a q-value."""

    met: tuple[Met, ...]
    total: dict[str, int]
    false: dict[str, int]
    statistical: frozenset[str]

    @property
    def false_share(self) -> float:
        """The false discovery proportion of the statistical detectors together; 0 when they found nothing."""
        found = sum(self.total[code] for code in self.statistical)
        return sum(self.false[code] for code in self.statistical) / found if found else 0.0


def score(findings: Sequence[Finding], truth_file: Path) -> Score:
    """A finding is true if its subject is named in `truth.json`: planted, arisen by itself, or a rule that was not kept."""
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    subjects = {named for one in (*truth["planted"], *truth["arisen"], *truth["formal"]) for named in _named(one)}
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=_urgency):
        by_code[finding.code].append(finding)
    return Score(
        tuple(_met(plant, by_code) for plant in truth["planted"]),
        {code: len(found) for code, found in by_code.items()},
        {code: sum(not _true(finding, subjects) for finding in found) for code, found in by_code.items()},
        frozenset(code for code, found in by_code.items() if found[0].q_value is not None),
    )


def _urgency(finding: Finding) -> tuple[float, float]:
    return (finding.q_value if finding.q_value is not None else 1.0, -finding.score)


def _named(one: dict) -> Iterable[tuple[str, str]]:
    yield one["subject_type"], one["subject_id"]
    yield from ((other["subject_type"], other["subject_id"]) for other in one.get("subjects", ()))
    yield from (("entry", entry) for entry in one["entries"])


def _true(finding: Finding, subjects: set[tuple[str, str]]) -> bool:
    return (str(finding.subject_type), finding.subject_id) in subjects


def _met(plant: dict, by_code: dict[str, list[Finding]]) -> Met:
    """The best-ranked finding that names one of the plant's own subjects (its entries alone do not count)."""
    own = {(plant["subject_type"], plant["subject_id"])}
    own |= {(other["subject_type"], other["subject_id"]) for other in plant.get("subjects", ())}
    known = Met(plant["kind"], plant["subject_id"], plant["unit_code"], plant["strength"])
    hits = [
        (rank, code, finding)
        for code, found in by_code.items()
        for rank, finding in enumerate(found, 1)
        if _true(finding, own)
    ]
    if not hits:
        return known
    rank, code, finding = min(hits, key=lambda hit: (hit[2].q_value is None, hit[0]))
    return Met(**{**vars(known), "code": code, "rank": rank, "of": len(by_code[code]), "q_value": finding.q_value})
