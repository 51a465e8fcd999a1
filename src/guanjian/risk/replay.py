"""What if it had been handled in week k? A spread recomputed with and without a measure, on the same chances.

The spread is read as `mean = own * last week here + reach * last week elsewhere + endemic` (see stats.warning.contagion).
Without a measure the luck of every week gives back exactly what happened; with one, own growth and reach fall by its
effect from its week on, and the same luck is kept. Beyond the last week both go on with luck drawn from the past.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.risk.judge import Memory, Setting, advanced
from guanjian.risk.panel import Panel
from guanjian.risk.places import Places
from guanjian.stats.warning.contagion import Contagion, contagion

DRAWS = 200


@dataclass(frozen=True)
class Measure:
    """From `week` on (fully after `takes` weeks) own growth and reach fall by `effect`, 0 to 1, in `units` or everywhere."""

    week: int
    effect: float
    takes: int = 3
    units: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.effect <= 1 or self.week < 1 or self.takes < 1:
            raise BadInput(
                "措施效果须在0与1之间，起始周与见效周数至少为1。", "Effect in 0..1; week and takes at least 1."
            )

    def left(self, week: int, units: int) -> np.ndarray:
        """What is left of growth and reach in each unit in a week."""
        grown = np.clip((week - self.week + 1) / self.takes, 0, 1) * self.effect
        held = np.isin(np.arange(units), self.units) if self.units else np.ones(units, bool)
        return 1 - grown * held


@dataclass(frozen=True)
class Replay:
    """Weekly cases by unit (T, N) `without` (what was, then what would be) and `handled`; `avoided` cases with the 90 %
    range of luck ahead; the contagion index without the measure and with all of it."""

    without: np.ndarray
    handled: np.ndarray
    avoided: float
    low: float
    high: float
    index: float
    index_handled: float


def replay(counts: np.ndarray, reach: np.ndarray, measure: Measure, ahead: int = 0, seed: int = 20260101) -> Replay:
    """Recompute counts (T, N) of one risk; `reach` (N, N) says how much of each unit reaches each other one."""
    y = np.asarray(counts, float)
    if measure.week >= len(y) + ahead:
        raise BadInput("措施的周在数据之后。", "The week of the measure lies after the data.")
    law, rng = contagion(y, reach), np.random.default_rng(seed)
    luck = _luck(y, law, reach)
    ahead_of = [luck[rng.integers(len(luck) // 2, len(luck), ahead)] for _ in range(DRAWS if ahead else 1)]
    pairs = [_both(y, (law, reach, measure), np.concatenate([luck, drawn])) for drawn in ahead_of]
    without, handled = (np.stack(part) for part in zip(*pairs, strict=True))
    avoided = (without - handled).sum(axis=(1, 2))
    left = measure.left(measure.week + measure.takes, y.shape[1])
    step = (law.own * np.eye(len(reach)) + law.spread * np.asarray(reach).T) * left[:, None]
    return Replay(
        np.median(without, axis=0),
        np.median(handled, axis=0),
        *(float(np.quantile(avoided, q)) for q in (0.5, 0.05, 0.95)),
        law.index,
        float(np.abs(np.linalg.eigvals(step)).max()),
    )


def _luck(y: np.ndarray, law: Contagion, reach: np.ndarray) -> np.ndarray:
    """What happened over what was to be expected, week by week: 1 is neither good nor bad luck."""
    mean = _expected(y[:-1], law, reach)
    return np.divide(y[1:], mean, out=np.ones_like(mean), where=mean > 1e-9)


def _expected(past: np.ndarray, law: Contagion, reach: np.ndarray) -> np.ndarray:
    return law.own * past + law.spread * (past @ reach) + law.endemic


def _both(y: np.ndarray, how: tuple, luck: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    law, reach, measure = how
    without, handled = [y[0]], [y[0]]
    for week, chance in enumerate(luck, start=1):
        happened = y[week] if week < len(y) else _expected(without[-1], law, reach) * chance
        left, past = measure.left(week, len(reach)), handled[-1]
        growth = _expected(past, law, reach) - law.endemic
        would = happened if week < measure.week else (left * growth + law.endemic) * chance
        without.append(np.minimum(happened, 1e6))
        handled.append(np.minimum(would, 1e6))
    return np.array(without), np.array(handled)


def handled_panel(panel: Panel, mask: np.ndarray, told: Replay) -> Panel:
    """The panel as it would have been: the cells of the risk in every unit hold so many cases as the replay left them."""
    weeks = len(panel.weeks)
    share = np.divide(told.handled, told.without, out=np.ones_like(told.without), where=told.without > 0)[:weeks]
    leaves = mask.any(axis=1)
    cases = panel.cases.copy()
    cases[:, leaves] = np.round(cases[:, leaves] * share[:, None, :])
    return replace(panel, cases=cases)


def stages(panel: Panel, places: Places, setting: Setting, mask: np.ndarray, first: int) -> list[tuple[str, str]]:
    """Week by week from `first` the ripest stage that is said of these cells; empty where nothing is said."""
    memory, said = Memory(), []
    for week in panel.weeks[first:]:
        _, memory = advanced(panel.until(week), places, memory, setting)
        mine = [line.stage for line in memory.lineages if line.open and line.stage and (line.mask & mask).any()]
        said.append((week, str(max(mine, key=lambda stage: stage.rank)) if mine else ""))
    return said
