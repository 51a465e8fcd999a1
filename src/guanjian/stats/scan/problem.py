"""What exactly is scanned? Counts, what was expected, zones, tree and windows, checked and in one shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.stats.scan.baseline import Baseline, fit
from guanjian.stats.scan.scores import Statistic
from guanjian.stats.scan.tree import Tree
from guanjian.stats.scan.zones import Zones

NO_TRIALS = (
    "伯努利：每个单元须给出总数（案件加对照），整数且不少于案件。",
    "Bernoulli needs the whole number of trials per cell (cases and controls), not below its cases.",
)


@dataclass(frozen=True)
class Settings:
    """How to scan. Steps are whatever the data's time axis counts (weeks, days).

    `window`: longest window in steps; `alive`: windows end now, else anywhere; `baseline`: "history" estimates it
    from the steps before the window, "given" takes the exposure as the expected counts, "scaled" scales it to all
    cases; `dispersion`: variance / mean, estimated if None; `chance`: success probability of `bernoulli_fixed`;
    `by_size`: windows of every size compete on even terms (`nb_tail` alone; see `Problem.rivals`);
    `min_cases`: smaller windows are not looked at; `risk_window`: least length as a share of the time until its end;
    `progress`: told (done, of) replicates.
    """

    statistic: Statistic = Statistic.NB_TAIL
    max_share: float = 0.5
    window: int | None = None
    shortest: int = 1
    alive: bool = True
    replicates: int = 999
    seed: int = 20260101
    min_cases: int = 2
    baseline: str | None = None
    dispersion: float | None = None
    chance: float | None = None
    by_size: bool = True
    risk_window: float = 0.0
    progress: Callable[[int, int], None] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "statistic", Statistic(self.statistic))
        if not 0 < self.max_share <= 1:
            raise BadInput("max_share 须在0与1之间。", "max_share must lie between 0 and 1.")
        if self.replicates < 0 or self.shortest < 1 or self.min_cases < 1:
            raise BadInput("重复次数不得为负，窗口与最少案数至少为1。", "Replicates >= 0; window and min_cases >= 1.")
        if self.baseline not in (None, "history", "given", "scaled"):
            raise BadInput("baseline 只能是 history、given 或 scaled。", "baseline is history, given or scaled.")


@dataclass(frozen=True)
class Problem:
    """Windows' part of the data: cases, mu (T, L, P); mu holds trials for the Bernoulli statistics."""

    cases: np.ndarray
    mu: np.ndarray
    zones: Zones
    tree: Tree
    settings: Settings
    phi: np.ndarray  # variance / mean of the cells of every node
    history: Baseline | None = None
    fixed_phi: np.ndarray | None = None

    @property
    def total(self) -> float:
        """All cases in the windows' part."""
        return float(self.cases.sum())

    @property
    def size(self) -> float:
        """What the Bernoulli statistics need beside the cases: all trials, or the given chance."""
        if self.settings.statistic is Statistic.BERNOULLI_FIXED:
            return float(self.settings.chance)
        return float(self.mu.sum())

    @property
    def windows(self) -> tuple[np.ndarray, np.ndarray, int]:
        """Last steps, the shortest span of each, the longest span."""
        steps = len(self.cases)
        ends = np.array([steps - 1]) if self.settings.alive else np.arange(steps)
        least = np.maximum(self.settings.shortest, np.ceil(self.settings.risk_window * (ends + 1) - 1e-9))
        return ends, np.minimum(least, steps).astype(np.int64), self.settings.window

    @property
    def rivals(self) -> tuple[np.ndarray, np.ndarray]:
        """What `nb_tail` is lessened by: how many windows of its size fit side by side, as logarithms.

        (N,) for the branch and (window, K) for the span and the places of a zone, their sum for a window. The small
        windows are many and would set the bar for all; so each is measured against those of its own size (Duembgen
        & Spokoiny, Ann. Statist. 29, 2001; Walther, Ann. Statist. 38, 2010). Zeros where sizes are not told apart.
        """
        held = np.array([len(b) for b in self.tree.branch], float)
        spans, places = np.arange(1.0, self.settings.window + 1), np.arange(1.0, self.zones.order.shape[1] + 1)
        if not (self.settings.by_size and self.settings.statistic is Statistic.NB_TAIL):
            return np.zeros(len(held)), np.zeros((len(spans), len(places)))
        crowd = np.log(len(spans) / spans)[:, None] + np.log(np.maximum(self.zones.places / places, 1.0))
        return np.log(len(held) / held), crowd

    def branch_phi(self) -> np.ndarray:
        """Variance / mean of every branch: its nodes' own, weighted by what is expected of them."""
        if self.fixed_phi is not None:
            return self.fixed_phi
        weight = self.mu.sum(axis=(0, 2)) + 1e-12
        parts = [np.add.reduceat(w[self.tree.members], self.tree.start[:-1]) for w in (weight * self.phi, weight)]
        return np.round(parts[0] / parts[1], 3)

    def with_mu(self, mu: np.ndarray) -> Problem:
        """The same windows, and the same statistic, against another expectation."""
        return replace(self, mu=mu, fixed_phi=self.branch_phi())


def pose(cases: np.ndarray, zones: Zones, exposure: np.ndarray | None, tree: Tree | None, how: Settings) -> Problem:
    """Cases (P,), (T, P) or (T, L, P) and exposure of a shape that spreads over it, as a checked problem."""
    x = _cube(np.asarray(cases, float), "案件", "Cases")
    e = np.ones((1, 1, 1)) if exposure is None else _cube(np.asarray(exposure, float), "暴露量", "Exposure")
    tree = tree or Tree.flat(f"{i}" for i in range(x.shape[1]))
    if x.shape[1] != len(tree.names) or x.shape[2] != zones.places:
        raise BadInput(
            f"案件有{x.shape[1]}个节点、{x.shape[2]}个地点，树有{len(tree.names)}个，区域有{zones.places}个。",
            f"Cases have {x.shape[1]} nodes and {x.shape[2]} places; the tree {len(tree.names)}, zones {zones.places}.",
        )
    if any(a not in (1, b) for a, b in zip(e.shape, x.shape, strict=True)):
        raise BadInput(f"暴露量形状{e.shape}与案件{x.shape}不符。", f"Exposure {e.shape} does not fit cases {x.shape}.")
    how = _windowed(how, len(x))
    by_place = np.broadcast_to(e, x.shape).sum(axis=(0, 1))
    zones = zones.within(by_place, how.max_share) if how.max_share < 1 and zones.places > 1 else zones
    if not zones.stop.any():
        raise BadInput("没有任何区域在人口上限以内。", "No zone lies within the share of the population.")
    if how.baseline == "history":
        return _from_history(x, e, zones, tree, how)
    if exposure is None and how.statistic in (Statistic.BERNOULLI, Statistic.BERNOULLI_FIXED):
        raise BadInput(*NO_TRIALS)
    return _given(x, e, (zones, tree), how)


def _cube(values: np.ndarray, zh: str, en: str) -> np.ndarray:
    if not np.isfinite(values).all() or (values < 0).any():
        raise BadInput(f"{zh}须为非负数。", f"{en} must be numbers not below 0.")
    if values.ndim == 1:
        return values[None, None, :]
    return values[:, None, :] if values.ndim == 2 else values


def _windowed(how: Settings, steps: int) -> Settings:
    predicts = how.statistic in (Statistic.NB_TAIL, Statistic.POISSON_EB)
    window = how.window or (max(1, min(26, steps // 4)) if predicts else max(1, steps // 2))
    baseline = how.baseline or ("scaled" if not predicts else "history" if steps > window else "given")
    if baseline == "history" and (not predicts or steps < window + 2):
        raise BadInput(
            "历史太短或统计量不用历史：窗口之前至少要两期。",
            "History too short, or the statistic does not use it: at least two steps are needed before the window.",
        )
    return replace(how, window=min(window, steps), baseline=baseline)


def _given(x: np.ndarray, e: np.ndarray, space: tuple[Zones, Tree], how: Settings) -> Problem:
    spread = np.broadcast_to(e, x.shape)
    if (x[spread <= 0] > 0).any():
        raise BadInput("有案件的单元暴露量为0。", "A cell with cases has no exposure.")
    if how.statistic is Statistic.NB_TAIL and how.dispersion is None:
        raise BadInput(
            "nb_tail 需要历史或给定离散度；没有历史请用 poisson_cond。",
            "nb_tail needs history or a given dispersion; without history use poisson_cond.",
        )
    if how.statistic is Statistic.ST_PERMUTATION:
        mu = x.sum(axis=0, keepdims=True) * x.sum(axis=(1, 2), keepdims=True) / max(x.sum(), 1)
    elif how.baseline == "scaled" and how.statistic is Statistic.POISSON_COND:
        mu = spread * (x.sum() / spread.sum())
        if e.shape[1] != x.shape[1]:
            mu = x.sum(axis=(0, 2), keepdims=True) * spread / spread[:, :1].sum()
    elif how.statistic in (Statistic.BERNOULLI, Statistic.BERNOULLI_FIXED):
        mu = _trials(x, spread, how)
    else:
        mu = spread.astype(float)
    return Problem(x, np.ascontiguousarray(mu), *space, how, np.full(x.shape[1], how.dispersion or 1.0))


def _trials(x: np.ndarray, trials: np.ndarray, how: Settings) -> np.ndarray:
    if (x > trials).any() or (trials % 1).any() or (x % 1).any():
        raise BadInput(*NO_TRIALS)
    if how.statistic is Statistic.BERNOULLI_FIXED and not 0 < (how.chance or 0) < 1:
        raise BadInput("bernoulli_fixed 须给出0与1之间的概率。", "bernoulli_fixed needs a chance between 0 and 1.")
    return trials.astype(float)


def _from_history(x: np.ndarray, e: np.ndarray, zones: Zones, tree: Tree, how: Settings) -> Problem:
    spread = np.broadcast_to(e, (len(x), 1, x.shape[2])) if e.shape[1] == 1 else np.broadcast_to(e, x.shape)
    base = fit(x[: -how.window], spread[: -how.window], how.dispersion)
    now = spread[-how.window :]
    return Problem(x[-how.window :], base.rate * now, zones, tree, how, base.phi, replace(base, ahead=now))
