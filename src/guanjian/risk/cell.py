"""Factor, incident, consequence: what could come of it, how likely, and what is left after the controls?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guanjian.kernel.risks import RiskCell, Shape
from guanjian.kernel.words import Text

GRADES = (0.002, 0.01, 0.03, 0.1)  # excess over what the whole service usually handles: from each on, one grade more
TOP = len(GRADES) + 1
BY_SHAPE = {
    Shape.SYSTEMIC: "system",
    Shape.GENERAL: "system",
    Shape.CROSS: "system",
    Shape.REGIONAL: "environment",
    Shape.SINGLE: "power",
}
FROM_NODES = Text("取自内控节点登记的成因。", "From the causes that the control nodes register.")
FROM_SHAPE = Text("按风险形态提出，待责任单位核定。", "Proposed from its shape; the owner must confirm it.")
LOAD = Text(
    "超出部分相当于全系统平常各类问题总量的{load:.1%}（第{grade}级，共5级）。",
    "The excess is {load:.1%} of all that the whole service usually handles (grade {grade} of 5).",
)
INCIDENT = Text(
    "{what}：近{weeks}周{observed:.0f}起，应有{expected:.1f}起。",
    "{what}: {observed:.0f} cases in {weeks} weeks, {expected:.1f} expected.",
)


@dataclass(frozen=True)
class Controls:
    """What the register of control nodes says per line: the cause named most, and how far its controls work (0-1)."""

    cause: Mapping[str, str] = field(default_factory=dict)
    effect: Mapping[str, float] = field(default_factory=dict)


def grade_of(excess: float, usual: float) -> tuple[int, float]:
    """The consequence from 1 to 5, and the load it rests on. 5: a tenth of what the whole service handles on top."""
    load = max(0.0, float(excess)) / max(float(usual), 1e-9)
    return 1 + sum(load >= bound for bound in GRADES), load


def cell_of(
    line: str, shape: Shape, load: tuple[int, float], likelihood: float, told: tuple[Text, Controls]
) -> RiskCell:
    """The cell of a risk; residual = likelihood x consequence x (1 - effect of the controls), 0 to 1."""
    incident, controls = told
    grade, share = load
    cause, effect = controls.cause.get(line), controls.effect.get(line)
    return RiskCell(
        factor=cause or BY_SHAPE[shape],
        factor_basis=FROM_NODES if cause else FROM_SHAPE,
        incident=incident,
        consequence=grade,
        consequence_basis=LOAD.filled(load=share, grade=grade),
        likelihood=round(likelihood, 3),
        control=effect,
        residual=round(likelihood * grade / TOP * (1 - (effect or 0.0)), 3),
    )
