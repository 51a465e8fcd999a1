"""Does a trader move his business of the day into the hours of one officer? The hour is judged, the day is given.

What a trader lodges on one day is a batch of N entries, x of them at the hour in question. Who does not know the roster
has the same share x ÷ N on the officer's days as on others: the sum over days is hypergeometric, and neither his busy
days nor his weekdays speak against anybody. Two things keep it honest: the share follows the weekday as far as it does
for the other traders of the house, and the variance is widened by how much his own other days scatter (batches).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

NOTHING = 1e-9  # a sum of variances that only rounding has left
WEEK = 7


@dataclass(frozen=True)
class Batches:
    """One element per trader and day on which he came: entries of the whole day, and of the hour. Codes from 0.

    A `term` (a quarter) is as long as habits are taken to last; `usual`: see `weekday_share`.
    """

    trader: np.ndarray
    term: np.ndarray
    day: np.ndarray
    whole: np.ndarray
    at_hour: np.ndarray
    usual: np.ndarray


@dataclass(frozen=True)
class Moved:
    """Officers × traders: entries at the hour on the officer's days; their mean and variance if nobody chooses."""

    observed: np.ndarray
    expected: np.ndarray
    variance: np.ndarray


def moved(of: Batches, duty: tuple[np.ndarray, np.ndarray]) -> Moved:
    """`duty`: officer and day of each duty at the hour, each once."""
    terms = int(of.term.max()) + 1
    names, row = np.unique(of.trader * terms + of.term, return_inverse=True)
    days = max(int(of.day.max()), int(duty[1].max())) + 1
    on = sparse.csr_array((np.ones(duty[0].size), duty), shape=(int(duty[0].max()) + 1, days))
    whose = sparse.csr_array((np.ones(names.size), (np.arange(names.size), names // terms)))
    sums = (part @ whose for part in _per_term(of, (row, names.size), on))
    seen, mean, exact, scatter, theory = sums
    wider = np.divide(scatter, theory, out=np.ones_like(theory), where=theory > NOTHING)
    return Moved(seen, mean, exact * np.maximum(wider, 1.0))


def weekday_share(trader: np.ndarray, weekday: np.ndarray, came: np.ndarray, borrowed: float) -> np.ndarray:
    """For each visit (a trader's day at a house): in which part of the others' visits on that weekday something `came`.

    A weekday counts beside `borrowed` visits at the rate of all days: a small house does not tell much of each.
    """
    place, size = trader * WEEK + weekday, (int(trader.max()) + 1) * WEEK
    visits = np.bincount(place, minlength=size).reshape(-1, WEEK)
    then = np.bincount(place, came, size).reshape(-1, WEEK)
    usual = (then.sum() + 0.5) / (visits.sum() + 1)
    others = (then.sum(0) - then + borrowed * usual) / np.maximum(visits.sum(0) - visits + borrowed, NOTHING)
    return others[trader, weekday]


def _per_term(of: Batches, rows: tuple[np.ndarray, int], on: sparse.csr_array) -> list[np.ndarray]:
    """Officers × (trader and term): seen, mean, exact variance; scatter of the days off duty, and what it should be."""
    row, size = rows

    def per_row(values: np.ndarray) -> np.ndarray:
        return np.bincount(row, values, size)

    def on_duty(values: np.ndarray) -> np.ndarray:
        return (on @ sparse.csr_array((values, (of.day, row)), shape=(on.shape[1], size))).toarray()

    whole, came, days = per_row(of.whole), per_row(of.at_hour), per_row(np.ones(row.size))
    rate, usual = came / whole, per_row(of.whole * of.usual) / whole
    tilt = np.divide(rate * (1 - rate), usual * (1 - usual), out=np.zeros(size), where=usual * (1 - usual) > NOTHING)
    rest = of.at_hour - of.whole * (rate[row] + tilt[row] * (of.usual - usual[row]))
    seen, mine, his_days, his_rest = (on_duty(each) for each in (of.at_hour, of.whole, np.ones(row.size), rest))
    mean = np.clip(seen - his_rest, 0.0, came)
    part = mean / np.maximum(came, NOTHING)
    exact = came * part * (1 - part) * (whole - came) / np.maximum(whole - 1, 1)
    off, other = np.maximum(days - his_days, 1.0), whole - mine
    scatter = per_row(rest**2) - on_duty(rest**2) - (per_row(rest) - his_rest) ** 2 / off
    theory = (came - seen) * (1 - (came - seen) / np.maximum(other, 1.0)) * (1 - 1 / off)
    return [seen, mean, exact, scatter, theory]
