"""One finding out of several months of the same: what a person is asked about once, with every month as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from guanjian.kernel.papers import Finding

SHOWN_ROWS = 50
SHOWN_MONTHS = 6  # sentences of the explanation; the figures of all months stand in the evidence


def about(finding: Finding) -> tuple[str, ...]:
    """What makes findings the same but for their time: detector, subject, unit."""
    return finding.code, finding.subject_type, finding.subject_id, finding.unit_code


def gathers(finding: Finding) -> bool:
    """True for a breach about a person that is counted month by month: a control, not a statistical judgement."""
    return finding.subject_type.names_a_person and finding.q_value is None


def together(findings: Sequence[Finding]) -> Finding:
    """One finding of them all: scores added up, the most urgent level, each month's figures, the first rows of all."""
    months = sorted(findings, key=lambda finding: finding.period)
    if len(months) == 1:
        return months[0]
    worst = max(months, key=lambda finding: finding.score)
    first, last = months[0].period.split("/")[0], months[-1].period.split("/")[-1]
    rows = list(dict.fromkeys(chain.from_iterable(each.evidence.get("rows", ()) for each in months)))
    evidence = worst.evidence | {
        "rows": rows[:SHOWN_ROWS],
        "rows_count": sum(each.evidence.get("rows_count", len(each.evidence.get("rows", ()))) for each in months),
        "months": {each.period: each.score for each in months},
        "explanation_en": _said([str(each.evidence.get("explanation_en", "")) for each in months], "; ", "; …"),
    }
    if all(each.evidence.get("observed") == each.score for each in months):
        evidence["observed"] = sum(each.score for each in months)
    return replace(
        worst,
        period=f"{first}/{last}",
        score=sum(each.score for each in months),
        level=min((each.level for each in months), key=lambda level: level.rank),
        explanation=_said([each.explanation for each in months], "；", "；……"),
        evidence=evidence,
    )


def _said(sentences: list[str], between: str, more: str) -> str:
    """The sentences of the first months as one."""
    told = between.join(sentence.rstrip("。.") for sentence in sentences[:SHOWN_MONTHS])
    return told + (more if len(sentences) > SHOWN_MONTHS else ("。" if between == "；" else "."))
