"""Does this officer see this trader more often than the roster explains?

Chalendard, Fernandes, Raballand, Rijkers, "Corruption in Customs", QJE 138(1), 2023. A cell is the work that could have
gone to any officer of one shift. Under exchangeable assignment the count of a pair in a cell of n entries, I by the
officer and B of the trader, is hypergeometric; its mean B·I/n and variance B(n−B)/(n²(n−1))·I(n−I) are rank-one, so the
sums over the cells of a site are two matrix products and no pair of rows is ever joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from scipy import sparse

from guanjian.stats.exact import exact_upper_tail, share_interval, upper_tail

DENSE_CELLS = 8_000_000  # cells × traders of one block held densely: 64 MB
DENSE_FROM = 0.03  # share of filled cells from which a dense product is faster than a sparse one


@dataclass(frozen=True)
class Work:
    """One element per piece of work, all codes from 0. A cell belongs to one site; a pair is counted within a site."""

    site: np.ndarray
    cell: np.ndarray
    officer: np.ndarray
    trader: np.ndarray

    def __len__(self) -> int:
        return self.site.size

    def at(self, site: int) -> Work:
        """The work of one site."""
        there = self.site == site
        return Work(*(getattr(self, field.name)[there] for field in fields(self)))


@dataclass(frozen=True)
class Pairs:
    """Every pair that could be judged: what was seen, what the roster explains, the trader's work while on duty."""

    site: np.ndarray
    officer: np.ndarray
    trader: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray
    on_duty: np.ndarray

    def __len__(self) -> int:
        return self.site.size

    def at(self, which: np.ndarray) -> Pairs:
        """The pairs of a mask or an index."""
        return Pairs(*(getattr(self, field.name)[which] for field in fields(self)))

    @classmethod
    def none(cls) -> Pairs:
        """No pairs at all."""
        return cls(*(np.empty(0, int) for _ in range(3)), *(np.empty(0) for _ in range(4)))

    @property
    def p_value(self) -> np.ndarray:
        """P(as many or more | the roster): a binomial matched on mean and variance."""
        return upper_tail(self.observed, self.expected, self.variance)

    @property
    def steering(self) -> np.ndarray:
        """λ: the share of the trader's work that was steered to the officer while he was on duty."""
        return _steering(self.observed, self.expected, self.on_duty)

    def steering_interval(self, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Interval of λ, from the interval of the officer's share of the trader's work on duty."""
        of = np.maximum(self.on_duty, self.observed)
        low, high = share_interval(self.observed, of, confidence)
        return _steering(low * of, self.expected, of), _steering(high * of, self.expected, of)


def _steering(seen: np.ndarray, expected: np.ndarray, on_duty: np.ndarray) -> np.ndarray:
    room = on_duty - expected
    return np.divide(seen - expected, room, out=np.zeros_like(room), where=room > 0)


def pairs_of(work: Work, min_expected: float = 5.0) -> Pairs:
    """Every pair with at least `min_expected` expected meetings."""
    parts = [part for block in _sites(work) for part in _pairs_of_site(block, min_expected)]
    if not parts:
        return Pairs.none()
    return Pairs(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def exact_p_value(work: Work, officer: int, trader: int) -> float:
    """P(as many meetings or more) over every shuffle inside the cells of a site's work: the check on the matched tail."""
    his, its = work.officer == officer, work.trader == trader
    cell, _ = _local(work.cell)
    whole, by_officer, by_trader, met = (
        np.bincount(cell[rows], minlength=cell.max() + 1) for rows in (..., his, its, his & its)
    )
    tells = (by_officer > 0) & (by_trader > 0) & (by_officer < whole) & (by_trader < whole)
    return exact_upper_tail(met[tells].sum(), whole[tells], by_trader[tells], by_officer[tells])


def _sites(work: Work) -> Iterator[Work]:
    if not len(work):
        return
    sites = work.site.astype(np.int16) if work.site.max() < 1 << 15 else work.site  # 16 bits: a radix sort
    order = np.argsort(sites, kind="stable")
    ends = np.flatnonzero(np.diff(sites[order])) + 1
    for index in np.split(order, ends):
        yield Work(*(getattr(work, field.name)[index] for field in fields(Work)))


def _local(codes: np.ndarray, kept: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Codes renumbered from 0 without a sort, −1 for those not kept, and the global code of each number."""
    low = int(codes.min())
    there = np.bincount(codes - low) > 0 if kept is None else kept
    names = np.flatnonzero(there)
    number = np.full(there.size, -1, np.int64)
    number[names] = np.arange(names.size)
    return number[codes - low], names + low


def _pairs_of_site(work: Work, min_expected: float) -> Iterator[tuple[np.ndarray, ...]]:
    cell, cells = _local(work.cell)
    officer, officers = _local(work.officer)
    by_officer = np.bincount(cell * officers.size + officer, minlength=cells.size * officers.size)
    by_officer = by_officer.reshape(cells.size, officers.size).astype(float)
    whole = by_officer.sum(1)
    enough = np.bincount(work.trader - work.trader.min()) >= min_expected  # a pair's E is below its trader's count
    trader, traders = _local(work.trader, enough)
    duty = _Duty.of(by_officer, whole)
    step = max(1, DENSE_CELLS // cells.size)
    for first in range(0, traders.size, step):
        last = min(first + step, traders.size)
        rows = np.flatnonzero((trader >= first) & (trader < last)) if traders.size > step else trader >= 0
        found = duty.meet(cell[rows], officer[rows], trader[rows] - first, last - first)
        at_officer, at_trader = np.nonzero(found[1] >= min_expected)
        if at_officer.size:
            values = (matrix[at_officer, at_trader] for matrix in found)
            site = np.full(at_officer.size, work.site[0])
            yield site, officers[at_officer], traders[at_trader + first], *values


@dataclass(frozen=True)
class _Duty:
    """The officers' side of a site: shares, spreads and presence by cell; cells that say nothing are zero."""

    whole: np.ndarray
    share: np.ndarray
    spread: np.ndarray
    present: np.ndarray
    alone: np.ndarray

    @classmethod
    def of(cls, by_officer: np.ndarray, whole: np.ndarray) -> _Duty:
        n = whole[:, None]
        alone = by_officer == n  # one officer did the whole cell (a cell of one entry is such a cell)
        work = np.where(alone, 0.0, by_officer)
        return cls(whole, work / n, work * (n - work), (work > 0).astype(float), alone)

    def meet(self, cell: np.ndarray, officer: np.ndarray, trader: np.ndarray, traders: int) -> tuple[np.ndarray, ...]:
        """Observed, expected, variance and trader's work on duty, each officers × traders."""
        cells, officers = self.share.shape
        informative = ~self.alone[cell, officer]
        dense = trader.size >= DENSE_FROM * cells * traders
        if dense:
            by_trader = np.bincount(cell * traders + trader, minlength=cells * traders)
            by_trader = by_trader.reshape(cells, traders).astype(float)
            only = by_trader == self.whole[:, None]
            informative &= ~only[cell, trader]
            by_trader[only] = 0.0
            spread = by_trader * (self.whole[:, None] - by_trader) * self._scale()[:, None]
        else:
            ones = np.ones(trader.size)
            by_trader = sparse.csr_array((ones, (cell, trader)), shape=(cells, traders))
            by_trader.sum_duplicates()
            in_cell = np.repeat(np.arange(cells), np.diff(by_trader.indptr))
            only = by_trader.data == self.whole[in_cell]
            if only.any():
                sole = np.full(cells, -1)
                sole[in_cell[only]] = by_trader.indices[only]
                informative &= sole[cell] != trader
                by_trader.data[only] = 0.0
            spread = by_trader.copy()
            spread.data *= (self.whole[in_cell] - by_trader.data) * self._scale()[in_cell]
        met = np.bincount(officer[informative] * traders + trader[informative], minlength=officers * traders).reshape(
            officers, traders
        )
        products = ((by_trader.T @ side).T for side in (self.share, self.present))
        expected, on_duty = products
        return met.astype(float), expected, (spread.T @ self.spread).T, on_duty

    def _scale(self) -> np.ndarray:
        return 1.0 / np.maximum(self.whole**2 * (self.whole - 1.0), 1.0)
