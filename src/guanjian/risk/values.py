"""What should have been counted here, given the work done and its kind? Indirect standardisation, and shrunk values.

Every indicator's exposure is turned into the cases that units of the same peer group would have had with it; a peer
group's own rate counts as far as its volume carries it. What differs from that is the unit's own. Some indicators lie
with few units and always did (who works alone holds all posts): what a unit has always had more of is no news there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.stats.warning.funnel import funnel

CARRIES = 50.0  # cases with which a peer group's own rate weighs half
SHAPES = np.geomspace(0.003, 100, 24)  # how alike the units are in an indicator: the shape of a gamma of mean 1
FEW = 0.3  # a shape below this: an indicator that lies with few units, of which half have next to nothing
EARNED = 4.0  # how much better (in log likelihood) unlike units must tell the past than units that are all alike


@dataclass(frozen=True)
class Values:
    """Per leaf and unit over a span of weeks: `ratio` observed / standard, `shrunk` towards 1, funnel limits, `outside`."""

    observed: np.ndarray
    standard: np.ndarray
    ratio: np.ndarray
    shrunk: np.ndarray
    outside: np.ndarray


def standard(panel: Panel, places: Places, reference: slice) -> np.ndarray:
    """Expected cases (T, L, P) at the rates that the peer groups had in the reference weeks."""
    cases, work = panel.cases[reference].sum(axis=0), panel.exposure[reference].sum(axis=0)
    overall = (cases.sum(axis=1) + 0.5) / np.maximum(work.sum(axis=1), 1e-9)
    rate = np.empty(cases.shape)
    peers = np.array(places.peers)
    for peer in dict.fromkeys(places.peers):
        mine = peers == peer
        seen, done = cases[:, mine].sum(axis=1), work[:, mine].sum(axis=1)
        rate[:, mine] = ((seen + CARRIES) / (done * overall + CARRIES) * overall)[:, None]
    return panel.exposure * rate


def settled_in(panel: Panel, mean: np.ndarray, reference: slice) -> np.ndarray:
    """Expected cases (T, L, P) with what units had more of all along, for indicators that lie with few units.

    Never less than `mean`: what a unit has not had yet is not held to be impossible there.
    """
    seen, due = panel.cases[reference].sum(axis=0), mean[reference].sum(axis=0)
    due = due * ((seen.sum(axis=0) + 5.0) / (due.sum(axis=0) + 5.0))  # how much each unit has of everything
    due *= ((seen.sum(axis=1) + 0.5) / (due.sum(axis=1) + 0.5))[:, None]
    shape = _alike(seen, due)
    few = shape < FEW
    own = np.ones_like(due)
    own[few] = np.maximum(own[few], (shape[few, None] + seen[few]) / (shape[few, None] + due[few]))
    return mean * own


def _alike(seen: np.ndarray, due: np.ndarray) -> np.ndarray:
    """Per indicator (L,) the most likely shape of what sets its units apart; infinite where nothing much does."""
    c, m, a = seen[None], np.maximum(due, 1e-12)[None], SHAPES[:, None, None]
    unlike = gammaln(a + c) - gammaln(a) + a * np.log(a / (a + m)) + c * np.log(m / (a + m))
    fit = np.where(due > 0, unlike - (c * np.log(m) - m), 0.0).sum(axis=2)
    return np.where(fit.max(axis=0) > EARNED, SHAPES[fit.argmax(axis=0)], np.inf)


def values(panel: Panel, places: Places, reference: slice, span: slice) -> Values:
    """How each unit's indicators stand over a span of weeks, against its peers; a funnel per indicator."""
    mean = standard(panel, places, reference)[span].sum(axis=0)
    seen = panel.cases[span].sum(axis=0)
    ratio = np.divide(seen, mean, out=np.ones_like(seen), where=mean > 0)
    outside = np.zeros(seen.shape, bool)
    shrunk = np.ones_like(seen)
    for leaf in range(len(seen)):
        at = np.flatnonzero(mean[leaf] > 0)
        if len(at) < 3:
            continue
        limits = funnel(seen[leaf, at], mean[leaf, at])
        outside[leaf, at] = limits.ratio > limits.upper
        weight = limits.tau**2 / (limits.tau**2 + limits.phi * 0.25 / mean[leaf, at])
        shrunk[leaf, at] = 1 + weight * (ratio[leaf, at] - 1)
    return Values(seen, mean, ratio, shrunk, outside)
