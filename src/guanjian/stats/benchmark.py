"""Would colleagues have found as much on the very same work? Each officer against a benchmark made of the others.

Ridgeway and MacDonald, "Doubly robust internal benchmarking and false discovery rates for detecting racial bias in
police stops", JASA 104(486), 2009: colleagues' work is weighted until it looks like the officer's own (propensity
weights p ÷ (1 − p)), then a weighted regression on the same features takes out what is left. Either of the two being
right is enough. Everything within a pool is a matrix product over its officers: no loop over records.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIDGE = (
    1.0  # penalty on standardised features: an officer who alone does one kind of work must not get infinite weights
)
HEAVIEST = 20.0  # largest weight of one colleague's record
STEPS = 100
FARTHEST = 1.5  # no logit moves further in one step, and so every step leads down (Bach, Electron. J. Stat. 4, 2010)
STEADY = 1e-3  # so little pulls the coefficients to nothing that only a pool of few records feels it


@dataclass(frozen=True)
class Effects:
    """By officer of a pool: records, mean outcome, the colleagues' mean on the same work, difference, its z."""

    records: np.ndarray
    own: np.ndarray
    benchmark: np.ndarray
    effect: np.ndarray
    error: np.ndarray
    z: np.ndarray
    comparable: np.ndarray  # effective number of colleagues' records behind the benchmark


def effects(officer: np.ndarray, features: np.ndarray, outcome: np.ndarray) -> Effects:
    """The officers of one pool (codes from 0): the doubly robust difference of each from colleagues on its own work."""
    design = _standardised(features)
    mine = (officer == np.arange(officer.max() + 1)[:, None]).astype(float)
    chance = _propensity(mine, design)
    odds = np.minimum(chance / np.maximum(1 - chance, 1e-9), HEAVIEST)
    weights = np.where(mine > 0, 1.0, odds)
    return _compared(mine, weights, design, outcome.astype(float))


def _standardised(features: np.ndarray) -> np.ndarray:
    """A column of ones, then features and their squares with mean 0 and deviation 1; what never varies is left out.

    The squares let the weights follow an officer whose work is more alike than everybody's together.
    """
    features = np.asarray(features, float)
    features = np.hstack([features, (features - features.mean(0)) ** 2])
    spread = features.std(0)
    varies = spread > 1e-12
    scaled = (features[:, varies] - features[:, varies].mean(0)) / spread[varies]
    return np.hstack([np.ones((len(features), 1)), scaled])


def _propensity(mine: np.ndarray, design: np.ndarray) -> np.ndarray:
    """P(record is the officer's | features) for every officer and record: penalised logistic regressions by Newton."""
    k = design.shape[1]
    pairs = _pairs(design)
    penalty = np.diag([1e-9] + [RIDGE] * (k - 1))
    share = np.clip(mine.mean(1), 1e-9, 1 - 1e-9)
    beta = np.zeros((len(mine), k))
    beta[:, 0] = np.log(share / (1 - share))
    at = beta @ design.T
    for _ in range(STEPS):
        chance = _chance(at)
        slope = (mine - chance) @ design - beta @ penalty
        curve = _squares((chance * (1 - chance)) @ pairs, k) + penalty
        step = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        move = step @ design.T
        length = np.minimum(1.0, FARTHEST / np.maximum(np.abs(move).max(1, keepdims=True), FARTHEST))
        beta, at = beta + length * step, at + length * move
        if np.abs(step).max() < 1e-9:
            break
    return _chance(at)


def _chance(at: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(at, -30, 30)))


def _pairs(design: np.ndarray) -> np.ndarray:
    """The products of each two features, each pair once: weights @ them are all normal equations at a stroke."""
    one, other = np.triu_indices(design.shape[1])
    return design[:, one] * design[:, other]


def _squares(flat: np.ndarray, k: int) -> np.ndarray:
    """Sums over pairs as symmetric matrices."""
    one, other = np.triu_indices(k)
    square = np.empty((len(flat), k, k))
    square[:, one, other] = flat
    square[:, other, one] = flat
    return square


def _compared(mine: np.ndarray, weights: np.ndarray, design: np.ndarray, outcome: np.ndarray) -> Effects:
    """The coefficient of "mine" in the weighted regression on features.

    Its error comes from the colleagues' residuals alone: an officer with few finds would otherwise look surer than he is.
    """
    k = design.shape[1]
    inner = _squares(weights @ _pairs(design), k) + STEADY * np.eye(k)
    own, right = mine @ design, weights @ (design * outcome[:, None])
    solved = np.linalg.solve(inner, np.stack([own, right], axis=2))
    others, base = solved[:, :, 0], solved[:, :, 1]
    records = mine.sum(1)
    room = np.maximum(records - (own * others).sum(1), 1e-12)
    effect = (mine @ outcome - (own * base).sum(1)) / room
    beta = base - effect[:, None] * others
    rest = np.where(mine > 0, 0.0, weights)
    left = rest * (outcome - beta @ design.T) ** 2
    single = left.sum(1) / np.maximum(rest.sum(1), 1e-300)
    error = np.sqrt(single * ((weights * (mine - others @ design.T)) ** 2).sum(1)) / room
    mean = mine @ outcome / np.maximum(records, 1)
    comparable = rest.sum(1) ** 2 / np.maximum((rest**2).sum(1), 1e-300)
    z = np.divide(effect, error, out=np.zeros_like(effect), where=error > 1e-12)
    return Effects(records, mean, mean - effect, effect, error, z, comparable)
