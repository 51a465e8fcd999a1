"""Where is more than normal this week? The scan's clusters, sharpened to cells of indicators × units and joined to risks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from guanjian.risk.mixture import mixture
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.risk.rules import Rules
from guanjian.risk.values import settled_in, standard
from guanjian.stats.scan import Cluster, Settings, Statistic, scan
from guanjian.stats.scan.reading import WIDE
from guanjian.stats.scan.result import gumbel_tail
from guanjian.stats.scan.search import windows_in

MEMBER = 0.5  # a part that is more likely raised than not belongs to it
SAME = 0.5  # two clusters whose indicators, or units, agree by half are one risk


@dataclass(frozen=True)
class Spot:
    """One risk as it shows this week: `mask` (L, P) of its cells, since which week of the window, how strange."""

    mask: np.ndarray
    first: int
    statistic: float
    p: float
    node: str

    @property
    def leaves(self) -> np.ndarray:
        """The numbers of its indicators."""
        return np.flatnonzero(self.mask.any(axis=1))

    @property
    def units(self) -> np.ndarray:
        """The numbers of its units."""
        return np.flatnonzero(self.mask.any(axis=0))


@dataclass(frozen=True)
class Week:
    """Everything that one week's scan saw: cases and expectation (window, L, P), phi per leaf, spots by strength."""

    cases: np.ndarray
    mean: np.ndarray
    phi: np.ndarray
    spots: tuple[Spot, ...]
    maxima: np.ndarray
    too_short: bool
    windows: int
    rivals: np.ndarray  # (L,): what the statistic of a leaf in one unit alone is lessened by over the whole window

    def recent(self, weeks: int) -> tuple[np.ndarray, np.ndarray]:
        """Cases and expectation (L, P) of the last weeks."""
        return self.cases[-weeks:].sum(axis=0), self.mean[-weeks:].sum(axis=0)

    def noise(self, mask: np.ndarray) -> float:
        """Variance / mean of the cells in a mask."""
        weight = np.where(mask, self.mean.sum(axis=0), 0.0).sum(axis=1)
        return float((weight * self.phi).sum() / weight.sum()) if weight.sum() > 0 else float(self.phi.mean())


def look(panel: Panel, places: Places, rules: Rules, known: np.ndarray, maxima: np.ndarray | None = None) -> Week:
    """Scan the last weeks against history. `known` (T, L, P): cells of risks followed already, which teach no baseline.

    `maxima`: chance as drawn in an earlier week, to be used again.
    """
    start = max(0, len(panel.weeks) - rules.window - rules.history)
    size = min(rules.window, max(1, (len(panel.weeks) - start) // 3))
    cut = Panel(panel.weeks[start:], panel.leaves, panel.units, panel.cases[start:], panel.exposure[start:])
    mean = standard(cut, places, slice(0, -size))
    cases = _without(cut.cases, mean, known[start:], size)
    past = Panel(cut.weeks, cut.leaves, cut.units, cases, cut.exposure)
    mean = settled_in(past, mean, slice(0, -size))
    extra = len(panel.tree.names) - len(panel.leaves)
    how = Settings(
        Statistic.NB_TAIL,
        window=size,
        max_share=1,
        seed=rules.seed,
        replicates=0 if maxima is not None else rules.replicates,
        baseline="history",
    )
    found = scan(_padded(cases, extra), places.zones(rules.neighbours), _padded(mean, extra), panel.tree, how)
    chance = found.maxima if maxima is None else maxima
    leaves = len(panel.leaves)
    branch, crowd = found.problem.rivals
    week = Week(
        found.problem.cases[:, :leaves],
        found.problem.mu[:, :leaves],
        found.problem.phi[:leaves],
        (),
        chance,
        found.too_short,
        windows_in(found.problem),
        branch[:leaves] + crowd[-1, 0],
    )
    return replace(week, spots=_spots(week, found.clusters, panel, (len(cases), rules)))


def _padded(values: np.ndarray, extra: int) -> np.ndarray:
    """Inner nodes of the tree hold nothing themselves."""
    return np.pad(values, ((0, 0), (0, extra), (0, 0)))


def _without(cases: np.ndarray, mean: np.ndarray, known: np.ndarray, size: int) -> np.ndarray:
    """History with the weeks of known risks replaced by what the cell had before them."""
    past, risky = cases[:-size], known[:-size]
    if not risky.any():
        return cases
    seen, due = (np.where(risky, 0, part).sum(axis=0) for part in (past, mean[:-size]))
    own = (seen + 5.0) / (due + 5.0)
    return np.concatenate([np.where(risky, mean[:-size] * own, past), cases[-size:]])


def _spots(week: Week, found: tuple[Cluster, ...], panel: Panel, scanned: tuple[int, Rules]) -> tuple[Spot, ...]:
    size, spots = len(week.cases), []
    before = scanned[0] - size
    for cluster in found[: 4 * scanned[1].watched]:
        first = cluster.first - before
        p = chance_of(cluster.statistic, week.maxima)
        mask = sharpened(week, panel, cluster, first)
        spots.append(Spot(mask, len(panel.weeks) - size + first, cluster.statistic, p, cluster.node))
    return tuple(spots)


def chance_of(statistic: float, maxima: np.ndarray) -> float:
    """The chance of a maximum as strange: by the smooth tail, or by rank where there are too few draws for one."""
    smooth = gumbel_tail(statistic, maxima)
    return float((1 + (maxima >= statistic).sum()) / (len(maxima) + 1)) if smooth is None else smooth


def sharpened(week: Week, panel: Panel, cluster: Cluster, first: int) -> np.ndarray:
    """The cells of a cluster: of its branch the units that are raised, inside its zone or out, then the leaves."""
    seen, mean = week.cases[first:].sum(axis=0), week.mean[first:].sum(axis=0)
    branch = panel.tree.branch[panel.tree.index(cluster.node)]
    branch = branch[branch < len(panel.leaves)]
    phi = float(np.average(week.phi[branch], weights=mean[branch].sum(axis=1) + 1e-9))
    zone = np.isin(np.arange(mean.shape[1]), cluster.places)
    units = _raised(seen[branch].sum(axis=0), mean[branch].sum(axis=0), phi, zone)
    inside = np.isin(np.arange(len(mean)), branch)
    leaves = _raised(seen[:, units].sum(axis=1), mean[:, units].sum(axis=1), phi, inside)
    return np.outer(leaves, units)


def _raised(seen: np.ndarray, mean: np.ndarray, phi: float, given: np.ndarray) -> np.ndarray:
    """Parts more likely raised than not; if there are none, those given that have more than expected, or all given."""
    told = mixture(seen, mean, phi).member > MEMBER
    if (told & given).any():
        return told
    above = given & (seen > mean)
    return above if above.any() else given


def joined_up(spots: list[Spot], kin: np.ndarray | None = None) -> list[Spot]:
    """Spots with the same indicators, or in the same units, are one risk: a mechanism that jumped, or an area.

    `kin` (L,): the number of each indicator's field. Being everywhere is no area: there only what is akin is one risk.
    """
    left = sorted(spots, key=lambda s: -s.statistic)
    risks: list[Spot] = []
    for spot in left:
        mates = [i for i, other in enumerate(risks) if _same(spot, other, kin)]
        if not mates:
            risks.append(spot)
            continue
        for i in mates[1:]:
            spot = _both(spot, risks[i])
        risks[mates[0]] = _both(risks[mates[0]], spot)
        risks = [risk for i, risk in enumerate(risks) if i not in mates[1:]]
    return risks


def _same(a: Spot, b: Spot, kin: np.ndarray | None) -> bool:
    if _overlap(a.mask.any(axis=1), b.mask.any(axis=1)) >= SAME:
        return True
    if _overlap(a.mask.any(axis=0), b.mask.any(axis=0)) < SAME:
        return False
    everywhere = min(a.mask.any(axis=0).mean(), b.mask.any(axis=0).mean()) >= WIDE
    return kin is None or not everywhere or bool(np.isin(kin[a.leaves], kin[b.leaves]).any())


def _overlap(a: np.ndarray, b: np.ndarray) -> float:
    return float((a & b).sum() / max((a | b).sum(), 1))


def _both(a: Spot, b: Spot) -> Spot:
    return replace(a, mask=a.mask | b.mask, first=min(a.first, b.first))
