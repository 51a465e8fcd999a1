"""How does a judged risk stand in the office? Its figures as exact texts, its changes and its course as rows."""

from __future__ import annotations

from typing import Any

from guanjian.kernel.flow import Facts
from guanjian.kernel.risks import Change, Risk
from guanjian.kernel.words import Text

LONGEST = 300  # characters of a line


def judged(risk: Risk, week: str, after: str = "") -> Facts:
    """The facts of one weekly judgement; of the course the weeks that came after the one judged before."""
    return {
        "week": week,
        "stage": str(risk.stage),
        "reach": str(risk.reach),
        "shape": str(risk.shape),
        "level": str(risk.level),
        "sentence": risk.explanation.zh,
        "sentence_en": risk.explanation.en,
        "units": list(risk.unit_codes),
        "owner_said": f"{risk.owner.kind} {risk.owner.unit_code}",
        "figures": [{"name": name, "value": _said(value)} for name, value in risk.figures.items()],
        "changes": [_change(one) for one in risk.changes],
        "course": [_week(row) for row in risk.course if row["week"] > after],
    }


def opened(risk: Risk) -> Facts:
    """What is said of a risk once, when it is opened."""
    return {
        "lineage": risk.lineage_id,
        "subject_type": "cluster",
        "subject_id": risk.lineage_id,
        "line_code": risk.line_code,
        "indicators": list(risk.indicator_codes),
        "since": risk.since,
        "owner_kind": str(risk.owner.kind),
        "owner_why": _both(risk.owner.reason),
        "cell": {
            "factor": risk.cell.factor,
            "factor_basis": _both(risk.cell.factor_basis),
            "incident": _both(risk.cell.incident),
            "consequence": risk.cell.consequence,
            "consequence_basis": _both(risk.cell.consequence_basis),
            "likelihood": _said(risk.cell.likelihood),
            "residual": _said(risk.cell.residual),
        },
    }


def _change(one: Change) -> dict[str, str]:
    evidence = "；".join(f"{name}={_said(value)}" for name, value in one.evidence.items())
    return {
        "week": one.week,
        "what": one.what,
        "before": one.before[:LONGEST],
        "after": one.after[:LONGEST],
        "evidence": evidence[:LONGEST],
    }


def _week(row: dict[str, Any]) -> dict[str, str]:
    said = {name: str(row[name]) for name in ("week", "stage")}
    return {**said, "units": " ".join(row["units"]), **{name: _said(row[name]) for name in ("observed", "expected")}}


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _said(value: Any) -> str:
    """A number as its shortest text: neither the ledger nor a hash knows floats."""
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(one) for one in value)
    return repr(value) if isinstance(value, float) else str(value)
