"""Two questions, two sets of trees: is there a violation, and if so, how much is evaded?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.targeting.rows import DAY, Rows
from guanjian.targeting.settings import Settings

FEWEST_EXAMINED = 50
FEWEST_FOUND = 10
FEWEST_AMOUNTS = 30
ROUNDS_OF_AMOUNT = 80


@dataclass(slots=True)
class Heads:
    """`amount` is None where too few evaded amounts were known: then the duty at stake stands for it."""

    violation: object
    amount: object | None
    smear: float  # what the mean of the logarithms misses of the mean of the amounts

    @classmethod
    def of(cls, matrix: np.ndarray, names: Sequence[str], looked: Rows, settings: Settings) -> Heads:
        """Learn from declarations that somebody looked at; `matrix` says what was known before each."""
        if len(looked) < FEWEST_EXAMINED or not FEWEST_FOUND <= looked.found.sum() <= len(looked) - FEWEST_FOUND:
            raise BadInput(
                f"可学习的查验结果太少：{len(looked)}条，其中查获{int(looked.found.sum())}条。",
                f"Too few results to learn from: {len(looked)}, of which {int(looked.found.sum())} found something.",
            )
        weight = _weight(looked, settings)
        violation = _grow(matrix, looked.found, weight, _parameters(settings, "binary:logistic"), settings.rounds)
        dear = (looked.found == 1) & (looked.evaded > 0)
        if dear.sum() < FEWEST_AMOUNTS:
            return cls(violation, None, 1.0)
        logs = np.log1p(looked.evaded[dear])
        given = _parameters(settings, "reg:squarederror") | {"base_score": float(logs.mean()), "max_depth": 4}
        amount = _grow(matrix[dear], logs, weight[dear], given, min(settings.rounds, ROUNDS_OF_AMOUNT))
        missed = logs - amount.inplace_predict(matrix[dear])
        return cls(violation, amount, float(np.exp(missed).mean()))

    def probability(self, matrix: np.ndarray) -> np.ndarray:
        """The chance that a look would find a violation."""
        return self.violation.inplace_predict(matrix).astype(np.float64)

    def at_stake(self, matrix: np.ndarray, rows: Rows) -> np.ndarray:
        """What would be evaded, in yuan, if there was a violation."""
        if self.amount is None:
            return np.maximum(rows.duty, 0)
        return np.maximum(np.expm1(self.amount.inplace_predict(matrix).astype(np.float64)), 0) * self.smear

    def parts(self, matrix: np.ndarray) -> np.ndarray:
        """How much each feature adds to the log odds of a violation (SHAP values); the last column is where all begin."""
        from xgboost import DMatrix

        return self.violation.predict(DMatrix(matrix, nthread=1), pred_contribs=True)


def _weight(looked: Rows, settings: Settings) -> np.ndarray:
    if not settings.recency_days or not len(looked):
        return np.ones(len(looked))
    return np.exp2((looked.at - looked.at.max()) / (settings.recency_days * DAY))


def _parameters(settings: Settings, objective: str) -> dict:
    return {
        "objective": objective,
        "tree_method": "hist",
        "max_depth": settings.depth,
        "eta": settings.rate,
        "subsample": 0.8,
        "colsample_bytree": 0.6,
        "min_child_weight": 3,
        "seed": settings.seed,
        "nthread": settings.threads,
    }


def _grow(matrix: np.ndarray, wanted: np.ndarray, weight: np.ndarray, parameters: dict, rounds: int):
    import xgboost

    data = xgboost.DMatrix(matrix, wanted, weight=weight, nthread=parameters["nthread"])
    return xgboost.train(parameters, data, rounds)
