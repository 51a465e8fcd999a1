"""How does a risk reach the office? One finding per lineage, the same again until its stage changes."""

from __future__ import annotations

from guanjian.kernel.papers import Finding, Subject
from guanjian.kernel.risks import Judgement, Risk

CODE = "CLU-01"


def findings(paper: Judgement) -> list[Finding]:
    """A finding per risk; its period is the week of the last change of stage, so that a standing risk is found once."""
    return [_finding(risk, paper) for risk in paper.risks]


def _finding(risk: Risk, paper: Judgement) -> Finding:
    turned = [change.week for change in risk.changes if change.what == "stage"]
    evidence = {
        "explanation_en": risk.explanation.en,
        "week": paper.week,
        "stage": str(risk.stage),
        "reach": str(risk.reach),
        "shape": str(risk.shape),
        "owner": [str(risk.owner.kind), risk.owner.unit_code, risk.owner.line_code],
        "units": list(risk.unit_codes),
        "indicators": list(risk.indicator_codes),
        "observed": risk.figures["observed"],
        "expected": risk.figures["expected"],
        "residual": risk.cell.residual,
    }
    return Finding(
        code=CODE,
        unit_code=risk.owner.unit_code,
        line_code=risk.line_code,
        subject_type=Subject.CLUSTER,
        subject_id=risk.lineage_id,
        period=turned[-1] if turned else risk.since,
        score=risk.figures["relative_risk"],
        level=risk.level,
        explanation=risk.explanation.zh,
        run_id=paper.run_id,
        p_value=risk.figures["p"],
        evidence=evidence,
    )
