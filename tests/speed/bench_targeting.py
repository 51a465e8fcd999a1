"""Drift and scarce labels: 2,000 declarations a week of which 200 are examined, trees grown anew every four weeks.

`python -m tests.speed.bench_targeting [--small]` plays weeks 1–150 for every strategy and seed, each on the same
declarations, and writes build/bench/targeting.json, one strategy of one seed at a time; run again, it goes on.
A strategy learns only from what it examined itself. The yield is the evaded revenue that was found, over that of an
oracle which opens the 200 dearest violations of each week.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from guanjian.targeting.draw import Draw
from guanjian.targeting.features import Memory
from guanjian.targeting.lanes import Asked, Budget, choose
from guanjian.targeting.measures import means
from guanjian.targeting.model import Model
from guanjian.targeting.naive import group_revenue, plain_trees
from guanjian.targeting.rows import Rows
from guanjian.targeting.settings import Settings
from tests.targeting.drifting import World, world

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "targeting.json"
WEEKLY, EXAMINED, BLIND, EVERY, MEMORY = 2000, 200, 4, 4, 52  # declarations, looks, weeks of chance alone, weeks, weeks
EARLY, LATE, BAR = (10, 30), (130, 150), 0.9
SETTINGS = Settings(half_life_days=120, fresh_days=28, recency_days=180, pull=3.0, rounds=50, depth=4, rate=0.15)
HYBRID = Budget(EXAMINED, random=0.10, novelty=0.20, probability=0.0, value=0.0)


@dataclass(slots=True)
class Play:
    """One strategy in one world: what it has seen so far."""

    world: World
    memory: Memory  # of declarations, not of results
    seed: int
    found: np.ndarray = field(init=False)
    model: Model | None = None

    def __post_init__(self) -> None:
        self.found = np.full(len(self.world.week), np.nan)

    def week(self, number: int) -> slice:
        return slice(number * WEEKLY, (number + 1) * WEEKLY)

    def past(self, number: int) -> Rows:
        """What this strategy looked at in the last year, with what it found."""
        begin = max(number - MEMORY, 0) * WEEKLY
        seen = begin + np.flatnonzero(~np.isnan(self.found[begin : number * WEEKLY]))
        return self.world.rows.take(seen).with_results(self.found[seen], self.world.evaded[seen])

    def learn(self, number: int, settings: Settings) -> Model:
        """New trees every four weeks; in between, new results only."""
        if self.model is None or number % EVERY == 0:
            self.model = Model.train(self.past(number), settings, self.memory)
        else:
            self.model.remember(self.past(number))
        return self.model


def hybrid(play: Play, number: int, now: Rows) -> np.ndarray:
    """Lanes: expected loss, new ground, random."""
    scores = play.learn(number, SETTINGS).score(now)
    chosen = choose(scores, Asked(now.text["entry_id"], now.text["unit_code"]), HYBRID, Draw(f"{play.seed}"))
    return np.flatnonzero(chosen.selected)


def exploitation(play: Play, number: int, now: Rows) -> np.ndarray:
    """The same model, the highest expected loss and nothing else."""
    return first(play.learn(number, SETTINGS).score(now).expected)


def groups(play: Play, number: int, now: Rows) -> np.ndarray:
    """The mean evaded revenue of HS6 × origin × rate × trade mode, as it stands each week."""
    return first(group_revenue(play.past(number), now))


def plain(play: Play, number: int, now: Rows) -> np.ndarray:
    """Boosted trees with the same two heads on raw codes and numbers, grown anew every four weeks."""
    probability, at_stake = plain_trees(play.past(number - number % EVERY), now, SETTINGS)
    return first(probability * at_stake)


STRATEGIES: dict[str, Callable[[Play, int, Rows], np.ndarray]] = {
    "hybrid": hybrid,
    "exploitation": exploitation,
    "group mean": groups,
    "plain trees": plain,
}


@lru_cache(maxsize=1)
def played(seed: int) -> tuple[World, Memory]:
    """The world of a seed, and what can be remembered of its declarations without any result."""
    drawn = world(seed)
    return drawn, Memory.of(drawn.rows, SETTINGS)


def first(rank: np.ndarray) -> np.ndarray:
    """The positions of the highest."""
    return np.argsort(-rank, kind="stable")[:EXAMINED]


def play_out(strategy: Callable, seed: int, weeks: int) -> dict:
    """Yield of every week and of the oracle's."""
    begun, play = time.process_time(), Play(*played(seed), seed)
    oracle = np.sort(play.world.evaded.reshape(-1, WEEKLY), axis=1)[:, ::-1][:, :EXAMINED].sum(axis=1)
    yields = []
    for number in range(weeks):
        part = play.week(number)
        if number < BLIND:  # the same blind beginning for everybody
            looked = np.random.default_rng([seed, number]).choice(WEEKLY, EXAMINED, replace=False)
        else:
            looked = strategy(play, number, play.world.rows.take(part))
        play.found[part.start + looked] = play.world.found[part][looked]
        yields.append(float(play.world.evaded[part][looked].sum()))
    return {"yields": yields, "oracle": oracle[:weeks].tolist(), "cpu_s": time.process_time() - begun}


def share(told: dict, span: tuple[int, int]) -> float:
    """The part of the oracle's yield in these weeks."""
    return sum(told["yields"][slice(*span)]) / sum(told["oracle"][slice(*span)])


def tell(kept: dict, seeds: list[int], late: tuple[int, int]) -> None:
    """The table, with 95 % intervals over the seeds, and how far the hybrid is ahead, seed by seed."""
    print(f"{'strategy':14}{'weeks 11–30':>18}{f'weeks {late[0] + 1}–{late[1]}':>18}{'late ÷ early':>18}{'cpu s':>8}")
    for name in STRATEGIES:
        told = [kept[f"{name}/{late[1]}/{seed}"] for seed in seeds]
        early, ending = ([share(one, span) for one in told] for span in (EARLY, late))
        over = [b / a for a, b in zip(early, ending, strict=True)]
        cells = "".join(f"{mean:>10.3f} ± {half:.3f}" for mean, half in map(means, (early, ending, over)))
        print(f"{name:14}{cells}{np.mean([one['cpu_s'] for one in told]):>8.0f}")
        if name == "hybrid":
            print(f"{'':14}bar late ÷ early ≥ {BAR}: {'kept' if np.mean(over) >= BAR else 'MISSED'}")
    for span in (late, (EARLY[1], late[1])):
        for name in list(STRATEGIES)[1:]:
            pairs = ([kept[f"{one}/{late[1]}/{seed}"] for one in ("hybrid", name)] for seed in seeds)
            ahead = [share(own, span) - share(other, span) for own, other in pairs]
            mean, half = means(ahead)
            first = f"weeks {span[0] + 1}–{span[1]}: hybrid − {name}: {mean:+.3f} ± {half:.3f}"
            print(f"{first}, ahead in {sum(a > 0 for a in ahead)} of {len(ahead)} seeds")


def main(arguments: list[str]) -> None:
    """Every seed and strategy, then the table."""
    small = "--small" in arguments
    weeks, late = (60, (40, 60)) if small else (150, LATE)
    seeds = [1] if small else [int(word) for word in arguments if word.isdigit()] or [1, 2, 3, 4, 5]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    for seed in seeds:
        for name, strategy in STRATEGIES.items():
            if (key := f"{name}/{weeks}/{seed}") not in kept:
                told = play_out(strategy, seed, weeks)
                kept = (json.loads(OUT.read_text()) if OUT.exists() else {}) | {key: told}
                OUT.write_text(json.dumps(kept))
                print(f"{key}: {share(told, EARLY):.3f} → {share(told, late):.3f} ({told['cpu_s']:.0f} s)", flush=True)
    tell(kept, seeds, late)


if __name__ == "__main__":
    main(sys.argv[1:])
