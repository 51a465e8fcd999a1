"""Has the world moved since the model learned? Population stability and a rank test of each feature and of the score."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.words import Text

BINS = 10
FLOOR = 1e-4  # an empty bin counts as so much, or one missing value would be infinitely strange
WATCHED, MOVED = 0.10, 0.25  # the usual marks of PSI; a proposal, set by the unit that owns the model
FEWEST = 20
LEVEL = 0.01


@dataclass(frozen=True, slots=True)
class Moved:
    """One feature (or the score): its PSI, and the p of the k-sample Anderson-Darling test (floored at 0.001)."""

    name: str
    psi: float
    p_value: float | None

    @property
    def level(self) -> str:
        """stable, watch or moved."""
        return "moved" if self.psi >= MOVED else "watch" if self.psi >= WATCHED else "stable"


def psi(before: np.ndarray, now: np.ndarray) -> float:
    """Σ (q − p) ln(q / p) over the tenths of `before`; missing values are a bin of their own."""
    edges = np.unique(np.nanquantile(before, np.linspace(0, 1, BINS + 1)[1:-1])) if np.isfinite(before).any() else []
    p, q = (_shares(values, np.asarray(edges)) for values in (before, now))
    return float(((q - p) * np.log(q / p)).sum())


def rank_test(samples: Sequence[np.ndarray]) -> float | None:
    """The p of k samples having one distribution (Scholz and Stephens 1987); None when there is too little to compare."""
    from scipy.stats import anderson_ksamp

    finite = [sample[np.isfinite(sample)] for sample in samples]
    if min(map(len, finite)) < FEWEST or len(np.unique(np.concatenate(finite))) < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # p outside the table is floored and capped: said in the docs
        return float(anderson_ksamp(finite, variant="midrank").pvalue)


def compared(names: Sequence[str], before: np.ndarray, now: np.ndarray) -> list[Moved]:
    """Every column of two matrices, the most moved first; the tests hold together (Bonferroni is the reader's level)."""
    told = [
        Moved(name, psi(before[:, column], now[:, column]), rank_test([before[:, column], now[:, column]]))
        for column, name in enumerate(names)
    ]
    return sorted(told, key=lambda one: -one.psi)


def advice(moved: Sequence[Moved], score: Moved) -> Text:
    """Whether to train again, in a sentence."""
    gone = [one.name for one in moved if one.level == "moved"]
    if score.level == "moved":
        return Text(
            f"评分分布已明显变化（PSI {score.psi:.2f}），建议重新训练。",
            f"The scores have moved (PSI {score.psi:.2f}): train again.",
        )
    if gone:
        return Text(
            f"{len(gone)}个特征已明显变化，评分尚稳（PSI {score.psi:.2f}），建议尽快重新训练。",
            f"{len(gone)} features have moved while the scores hold (PSI {score.psi:.2f}): train again soon.",
        )
    return Text(
        f"分布稳定（评分PSI {score.psi:.2f}），暂无需重新训练。",
        f"Nothing has moved (PSI of the score {score.psi:.2f}): no need to train again.",
    )


def _shares(values: np.ndarray, edges: np.ndarray) -> np.ndarray:
    bins = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, values, side="right"))
    return np.maximum(np.bincount(bins, minlength=len(edges) + 2) / max(len(values), 1), FLOOR)
