"""From suspected rows to findings: error control over what was tested, the colour, the sentence, the evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from typing import Any

import numpy as np

from guanjian.engine.looked import FIXED, SHOWN_ROWS, Detector, Looked
from guanjian.kernel.papers import Finding, Level, Subject
from guanjian.stats.fdr import benjamini_hochberg
from guanjian.stats.hierarchical import choose, within_budget

JUDGED = ("q_value", "level", "rows")  # `level` in a row: the detector has its own reason for a colour
# A colour for how sure we are (largest q), or how far beyond the cut (smallest multiple).
BY_Q = ((1e-4, Level.RED), (1e-3, Level.ORANGE), (1e-2, Level.YELLOW))
BY_MULTIPLE = ((4.0, Level.RED), (2.0, Level.ORANGE), (1.5, Level.YELLOW))


LEVELS = np.geomspace(1e-4, 0.2, 34)  # the levels at which a budget of false alarms is tried


def q_values(looked: Mapping[str, Looked], over: str, fdr: float, people: Set[str]) -> dict[str, np.ndarray]:
    """q-values per detector: over what each family tested (`family`), over all tests of the run (`run`), or families
    first and then inside the chosen ones, judged at this level (`tree`).

    `people`: the same tree over the detectors with these codes, which name people, and every other one by itself. Where
    all is quiet at most a share `fdr` of runs then names anybody, however many detectors look at people.
    """
    families = _families(looked)
    if over == "tree":
        return choose(families, fdr).values
    if over == "people":
        about = {code: family for code, family in families.items() if code in people}
        others = {code: benjamini_hochberg(*family) for code, family in families.items() if code not in people}
        return others | choose(about, fdr).values
    if over == "family":
        return {code: benjamini_hochberg(*family) for code, family in families.items()}
    p = {code: family[0] for code, family in families.items()}
    together = benjamini_hochberg(np.concatenate([*p.values(), np.empty(0)]), sum(n for _, n in families.values()))
    ends = np.cumsum([values.size for values in p.values()])
    return dict(zip(p, np.split(together, ends[:-1]), strict=True)) if p else {}


def level_for(looked: Mapping[str, Looked], budget: float) -> float:
    """The largest q at which no more than so many false alarms are expected in the whole catalogue."""
    return within_budget(_families(looked), budget, LEVELS).q


def _families(looked: Mapping[str, Looked]) -> dict[str, tuple[np.ndarray, int]]:
    """What each detector with p-values tried, and how often."""
    tested = {code: found for code, found in looked.items() if found.tests is not None}
    return {code: (found.rows["p_value"].to_numpy(dtype=float), found.tests) for code, found in tested.items()}


def findings(
    detector: Detector, looked: Looked, q: np.ndarray | None, parameters: Mapping[str, Any], run: tuple[str, float]
) -> list[Finding]:
    """The rows that survive error control (`run` is the run's id and its largest q), the surest first."""
    run_id, fdr = run
    rows = looked.rows
    if q is not None:
        rows = rows.assign(q_value=q)[q <= fdr]
    records = looked.told(rows).to_dict("records")
    records.sort(key=lambda row: (row.get("q_value", 0.0), -row["score"], str(row["subject_id"]), str(row["period"])))
    return [_finding(detector, row, parameters, run_id) for row in records]


def _finding(detector: Detector, row: dict, parameters: Mapping[str, Any], run_id: str) -> Finding:
    sentence, q = detector.explain(row), row.get("q_value")
    return Finding(
        code=detector.code,
        unit_code=row["unit_code"],
        line_code=row["line_code"],
        subject_type=Subject(row["subject_type"]),
        subject_id=str(row["subject_id"]),
        period=str(row["period"]),
        score=float(row["score"]),
        p_value=None if q is None else float(row["p_value"]),
        q_value=None if q is None else float(q),
        level=_own(row) or detector.level or _level(row["score"], q, parameters.get("cut")),
        explanation=sentence.zh,
        evidence=_evidence(row, parameters) | {"explanation_en": sentence.en},
        run_id=run_id,
    )


def _own(row: dict) -> Level | None:
    """The level that the detector itself gave this row; a row without one has a missing value there, not a text."""
    given = row.get("level")
    return Level(given) if isinstance(given, str) and given else None


def _level(score: float, q: float | None, cut: float | None) -> Level:
    if q is not None:
        return next((level for most, level in BY_Q if q <= most), Level.BLUE)
    return next((level for least, level in BY_MULTIPLE if cut and score >= least * cut), Level.BLUE)


def _evidence(row: dict, parameters: Mapping[str, Any]) -> dict:
    ids = [str(each) for each in row["rows"]]
    facts = {name: value for name, value in row.items() if name not in (*FIXED, *JUDGED)}
    return {
        "observed": plain(row["observed"]),
        "expected": plain(row["expected"]),
        "rows": ids[:SHOWN_ROWS],
        "rows_count": len(ids),
        "facts": {name: plain(value) for name, value in facts.items()},
        "parameters": dict(parameters),
    }


def plain(value: Any) -> Any:
    """A value that JSON can hold: NumPy to Python, not-a-number to None, dates and decimals to text."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, (np.ndarray, list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)
