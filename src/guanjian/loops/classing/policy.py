"""What each class asks for, what weighs how much, and where a class begins: the shipped default, or the parameter that replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.loops.classing.needs import Factor, Grade
from guanjian.org.models import Parameter

CODE = "classing.policy"
PROPOSED = "默认参数（分类管理），待本单位核定 · proposed default"


@dataclass(frozen=True)
class Measures:
    """What a class asks for: months between inspections, months in a post at most, hours of training in a year."""

    inspect_months: int
    stay_months: int
    hours: int


@dataclass(frozen=True)
class Policy:
    """The dated figures. `cuts`: from which index on (1 is the mean of the peers) a unit or a post is of the class."""

    measures: dict[str, Measures]
    cuts: dict[str, float]
    weights: dict[str, float]
    source: str = PROPOSED

    def grade(self, index: float) -> Grade:
        """The class of this index."""
        return next((one for one in Grade if index >= self.cuts.get(one, 0)), Grade.D)


SHIPPED = Policy(
    measures={
        Grade.A.value: Measures(3, 36, 60),
        Grade.B.value: Measures(6, 48, 48),
        Grade.C.value: Measures(12, 60, 40),
        Grade.D.value: Measures(24, 72, 32),
    },
    cuts={Grade.A.value: 1.5, Grade.B.value: 1.0, Grade.C.value: 0.5},
    weights={
        Factor.DECLARED.value: 0.1,
        Factor.FIELD.value: 0.1,
        Factor.CASES.value: 0.1,
        Factor.CONCENTRATION.value: 0.2,
        Factor.DISCRETION.value: 0.2,
        Factor.HISTORY.value: 0.2,
        Factor.TURNOVER.value: 0.1,
    },
)


def policy(day: date) -> Policy:
    """What holds on this day; what the parameter does not name stays as shipped."""
    row = Parameter.objects.filter(code=CODE, since__lte=day).order_by("-since").first()
    told = row.value if row else {}
    measures = {grade: Measures(**one) for grade, one in told.get("measures", {}).items()}
    return Policy(
        {**SHIPPED.measures, **measures},
        {**SHIPPED.cuts, **told.get("cuts", {})},
        {**SHIPPED.weights, **told.get("weights", {})},
        row.source or PROPOSED if row else PROPOSED,
    )
