"""What a declaration looks like to the model: one number per question, each answered from what was known before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from guanjian.targeting import prices
from guanjian.targeting.past import Past
from guanjian.targeting.prices import Peers
from guanjian.targeting.relations import ACQUAINTANCE, FRESH, HISTORY, IDLE, LOSS, Relation, relations
from guanjian.targeting.rows import DAY, Rows
from guanjian.targeting.settings import Settings

RATIOS = {"unit": ("value_cny", "quantity"), "kg": ("value_cny", "net_kg"), "weight": ("net_kg", "quantity")}
LEVELS = (Relation(("hs10", "origin_country")), Relation(("hs10",)), Relation(("hs6",)))
PLAIN = ("value_cny", "net_kg", "quantity", "tax_rate")


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that features are answered from, as it stood when it was gathered."""

    settings: Settings
    history: tuple[Relation, ...]
    results: dict[str, Past]  # of each relation: examined, found, evaded; "fresh:" before those that fade sooner
    meetings: dict[str, Past]  # of each acquaintance: declarations
    peers: dict[str, Peers]  # of each ratio and level

    @classmethod
    def of(cls, rows: Rows, settings: Settings) -> Memory:
        """Gather from these rows: results where somebody looked, meetings and prices from all."""
        history = relations(settings.only) if settings.only else HISTORY + relations(settings.crosses)
        results = _results(rows, history, settings)
        if settings.only:
            return cls(settings, history, results, {}, {})
        once = np.ones((len(rows), 1))
        met = {one.name: Past.of(one.keys(rows), rows.at, once) for one in {*ACQUAINTANCE, *IDLE}}
        return cls(settings, history, results, met, dict(_peers(rows)))

    def with_results(self, rows: Rows) -> Memory:
        """The same meetings and prices with the results of these rows: new finds count at once."""
        return replace(self, results=_results(rows, self.history, self.settings))

    @property
    def names(self) -> list[str]:
        """The columns of the matrix, in their order."""
        rates = [f"{kind}:{one.name}" for one in self.history for kind in ("rate", "tries")]
        if not self.meetings:
            return rates
        return [
            *rates,
            "rate:",
            *[f"loss:{one.name}" for one in LOSS],
            *[f"met:{one.name}" for one in ACQUAINTANCE],
            *[f"idle:{one.name}" for one in IDLE],
            *[f"price:{name}" for name in RATIOS],
            *[f"log:{name}" for name in PLAIN],
            "log:duty",
            *[f"{kind}:{one.name}" for one in self.fresh for kind in ("fresh", "looks", "sum")],
        ]

    @property
    def fresh(self) -> tuple[Relation, ...]:
        """Whose newest results count a second time."""
        return FRESH if self.settings.fresh_days and self.meetings else ()

    def matrix(self, rows: Rows) -> np.ndarray:
        """One row of numbers to each declaration."""
        columns: list[np.ndarray] = []
        overall = self._overall(rows)
        for one in self.history:
            tries, found, _ = self.results[one.name].before(one.keys(rows), rows.at).T
            columns += [self._smoothed(found, tries, overall), np.log1p(tries)]
        if self.meetings:
            columns += [
                overall,
                *self._losses(rows),
                *self._met(rows),
                *self._idle(rows),
                *self._prices(rows),
                *_plain(rows),
                *self._fresh(rows, overall),
            ]
        return np.column_stack(columns).astype(np.float32)

    @property
    def newest(self) -> bool:
        """Whether the newest results are remembered on their own."""
        return f"fresh:{FRESH[0].name}" in self.results

    def lately(self, one: Relation, rows: Rows) -> np.ndarray:
        """Looks, finds and yuan evaded in the newest results of this relation."""
        return self.results[f"fresh:{one.name}"].before(one.keys(rows), rows.at)

    def _overall(self, rows: Rows) -> np.ndarray:
        tries, found, _ = self.results[""].before(np.ones(len(rows), np.uint64), rows.at).T
        return (found + 0.5) / (tries + 10)

    def _smoothed(self, found: np.ndarray, tries: np.ndarray, overall: np.ndarray) -> np.ndarray:
        pull = self.settings.pull
        return (found + pull * overall) / (tries + pull)

    def _fresh(self, rows: Rows, overall: np.ndarray) -> list[np.ndarray]:
        """Rate, looks and the mean amount of a look in the newest results, which a long memory would drown."""
        columns = []
        for one in self.fresh:
            tries, found, lost = self.lately(one, rows).T
            pulled = tries + self.settings.pull
            columns += [self._smoothed(found, tries, overall), np.log1p(tries), np.log1p(lost / pulled)]
        return columns

    def _losses(self, rows: Rows) -> list[np.ndarray]:
        """The mean amount of a find, where there was one."""
        sums = (self.results[one.name].before(one.keys(rows), rows.at).T for one in LOSS)
        return [
            np.log1p(np.divide(lost, found, out=np.full(len(rows), np.nan), where=found > 1e-9))
            for _, found, lost in sums
        ]

    def _met(self, rows: Rows) -> list[np.ndarray]:
        return [np.log1p(self.meetings[one.name].before(one.keys(rows), rows.at)[:, 0]) for one in ACQUAINTANCE]

    def _idle(self, rows: Rows) -> list[np.ndarray]:
        return [np.log1p(self.meetings[one.name].since(one.keys(rows), rows.at) / DAY) for one in IDLE]

    def _prices(self, rows: Rows) -> list[np.ndarray]:
        months, columns = prices.months_of(rows.at), []
        for name, (above, below) in RATIOS.items():
            price, away = prices.log_ratio(rows.number[above], rows.number[below]), np.full(len(rows), np.nan)
            for level in LEVELS:
                nearest = self.peers[f"{name}:{level.name}"].deviation(level.keys(rows), months, price)
                away = np.where(np.isnan(away), nearest, away)
            columns.append(away)
        return columns


def _results(rows: Rows, history: tuple[Relation, ...], settings: Settings) -> dict[str, Past]:
    looked = rows.take(rows.examined)
    amounts = np.column_stack([np.ones(len(looked)), looked.found, np.nan_to_num(looked.evaded)])
    fade = settings.half_life_days * DAY / np.log(2)
    results = {one.name: Past.of(one.keys(looked), looked.known, amounts, fade) for one in history}
    if not settings.only:
        soon = (settings.fresh_days or settings.half_life_days) * DAY / np.log(2)
        results |= {f"fresh:{one.name}": Past.of(one.keys(looked), looked.known, amounts, soon) for one in FRESH}
    return results | {"": Past.of(np.ones(len(looked), np.uint64), looked.known, amounts, fade)}


def _peers(rows: Rows):
    months = prices.months_of(rows.at)
    for name, (above, below) in RATIOS.items():
        price = prices.log_ratio(rows.number[above], rows.number[below])
        for level in LEVELS:
            yield f"{name}:{level.name}", Peers.of(level.keys(rows), months, price)


def _plain(rows: Rows) -> list[np.ndarray]:
    return [*(np.log1p(np.maximum(rows.number[name], 0)) for name in PLAIN), np.log1p(np.maximum(rows.duty, 0))]
