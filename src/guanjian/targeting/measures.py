"""How good is a ranking? Precision, recall and revenue at the first 1, 2, 5 and 10 %, and how honest the chances are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

SHARES = (0.01, 0.02, 0.05, 0.10)
BINS = 10


def at_shares(rank: np.ndarray, found: np.ndarray, evaded: np.ndarray | None = None, shares=SHARES) -> list[dict]:
    """What the first so many per cent hold: precision, recall and, where amounts are known, the share of all revenue."""
    order = np.argsort(-rank, kind="stable")
    hits = np.cumsum(found[order])
    money = None if evaded is None else np.cumsum(np.nan_to_num(evaded)[order])
    told = []
    for share in shares:
        last = max(int(len(rank) * share), 1) - 1
        line = {"share": share, "precision": hits[last] / (last + 1), "recall": _over(hits[last], hits[-1])}
        told.append(line | ({} if money is None else {"revenue": _over(money[last], money[-1])}))
    return told


def auc(rank: np.ndarray, found: np.ndarray) -> float:
    """The chance that a violation stands above an honest declaration; ties count half. NaN when there is only one kind."""
    from scipy.stats import rankdata

    ranks, violations = rankdata(rank), found == 1
    pairs = violations.sum() * (~violations).sum()
    least = violations.sum() * (violations.sum() + 1) / 2
    return float((ranks[violations].sum() - least) / pairs) if pairs else float("nan")


def average_precision(rank: np.ndarray, found: np.ndarray) -> float:
    """The mean precision over the violations, from the top."""
    ordered = found[np.argsort(-rank, kind="stable")]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float((precision * ordered).sum() / ordered.sum()) if ordered.any() else float("nan")


def brier(probability: np.ndarray, found: np.ndarray) -> float:
    """The mean square distance of what was said from what was."""
    return float(np.mean((probability - found) ** 2))


def calibration_error(probability: np.ndarray, found: np.ndarray) -> float:
    """The mean distance between said and seen over ten bins of equal width, weighted by how many are in each."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    gaps = np.bincount(bins, probability - found, BINS)
    return float(np.abs(gaps).sum() / len(found))


def all_of(probability: np.ndarray, found: np.ndarray, evaded: np.ndarray | None = None) -> dict:
    """Everything at once, for a report."""
    return {
        "at": at_shares(probability, found, evaded),
        "auc": auc(probability, found),
        "average_precision": average_precision(probability, found),
    }


def honest(probability: np.ndarray, found: np.ndarray) -> dict:
    """How far the said chances can be taken at their word."""
    return {"brier": brier(probability, found), "calibration_error": calibration_error(probability, found)}


def _over(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def means(values: Sequence[float]) -> tuple[float, float]:
    """The mean and the half width of its 95 % interval (Student)."""
    from scipy.stats import t

    if len(values) < 2:
        return float(np.mean(values)), float("nan")
    half = t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / len(values) ** 0.5
    return float(np.mean(values)), float(half)
