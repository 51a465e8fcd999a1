"""Does a trader lodge just when a certain officer is on duty? Choosing the shift, where interaction looks inside one.

Among like shifts (same weekday and hour of one quarter: a cell) a trader who does not know the roster picks any, in
proportion to everybody's traffic. Of the n presences of all traders in a cell, B are his and I fall in shifts of the
officer: the coincidences are hypergeometric, and their sums over cells are matrix products, as in `interaction`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from guanjian.stats.exact import upper_tail
from guanjian.stats.robust import overdispersion


@dataclass(frozen=True)
class Coincidences:
    """Officers × traders of one site as flat arrays: seen, expected, variance of the number of shared shifts."""

    officer: np.ndarray
    trader: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray


def coincidences(
    lodged: tuple[np.ndarray, np.ndarray], duty: tuple[np.ndarray, np.ndarray], cell: np.ndarray, least: float
) -> Coincidences:
    """Pairs with at least `least` expected coincidences.

    `lodged`: trader and slot of each presence (each once); `duty`: officer and slot of each shift on duty; `cell`: the
    cell of each slot. All codes from 0.
    """
    slots = len(cell)
    presence = _ones(*lodged, slots)
    on_duty = _ones(*duty, slots)
    inside = sparse.csr_array((np.ones(slots), (np.arange(slots), cell)), shape=(slots, int(cell.max()) + 1))
    traffic = np.asarray(presence.sum(axis=0)).ravel()
    whole = inside.T @ traffic
    his = (on_duty @ (inside * traffic[:, None]).tocsr()).toarray()
    its = (presence @ inside).toarray()
    tells = (whole > 1)[None, :]
    scale = np.where(tells, 1 / np.maximum(whole**2 * (whole - 1.0), 1), 0.0)
    expected = (his / np.maximum(whole, 1)) @ its.T
    variance = (his * (whole - his)) @ (its * (whole - its) * scale).T
    observed = (on_duty @ presence.T).toarray()
    officer, trader = np.nonzero((expected >= least) & (variance > 1e-12))
    kept = (matrix[officer, trader] for matrix in (observed, expected, variance))
    return Coincidences(officer, trader, *kept)


def _ones(row: np.ndarray, column: np.ndarray, columns: int) -> sparse.csr_array:
    return sparse.csr_array((np.ones(row.size), (row, column)), shape=(int(row.max()) + 1, columns))


def tails(observed: np.ndarray, expected: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """P(as many or more), widened by how much the middle half of all pairs spreads beyond theory."""
    wider = overdispersion((observed - expected) / np.sqrt(variance))
    return upper_tail(observed, expected, variance * wider)
