"""Drift and scarce labels: 2,000 declarations a week of which 200 are examined, trees grown anew every four weeks.

`python -m tests.speed.bench_targeting [--small] [--seeds N …] [--worlds N] [--slip N] [--lasting FROM TO] [--jobs N]`
plays weeks 1–150 for every strategy in every world, each on the same declarations, as many worlds at a time as there are
jobs, and writes build/bench/targeting.json, one play at a time; run again, it goes on. What was measured with other code of
targeting, of the world or of this file is measured anew. `--slip 5` and `--lasting 3.5 10.4` (months) are worlds of before
(docs/decisions/0022-slips-are-small.md, 0023-schemes-last.md).

A strategy learns only from what it examined itself. The yield is the evaded revenue that was found, over that of an
oracle which opens the 200 dearest violations of each week. What one world gives hangs on a few schemes: every seed has
several worlds, and their mean stands for the seed.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from guanjian.targeting.draw import Draw
from guanjian.targeting.features import Memory
from guanjian.targeting.lanes import Asked, Budget, choose
from guanjian.targeting.model import Model
from guanjian.targeting.naive import PlainTrees, group_revenue
from guanjian.targeting.rows import Rows
from guanjian.targeting.settings import Settings
from tests.speed.kept import Kept, state_of
from tests.speed.targeting_table import EARLY, LATE, share, tell
from tests.targeting import drifting
from tests.targeting.drifting import LASTING, SLIPPED, World, world

ROOT = Path(__file__).resolve().parents[2]
KEPT = Kept(ROOT / "build" / "bench" / "targeting.json")
JUDGED = ROOT / "src" / "guanjian" / "targeting"
WEEKLY, EXAMINED, BLIND, EVERY, MEMORY = 2000, 200, 4, 4, 52  # declarations, looks, weeks of chance alone, weeks, weeks
SETTINGS = Settings(half_life_days=120, fresh_days=28, recency_days=180, pull=3.0, rounds=50, depth=4, rate=0.15)
HYBRID = Budget(EXAMINED, random=0.10, novelty=0.10, probability=0.0, value=0.0)


@dataclass(slots=True)
class Play:
    """One strategy in one world: what it has seen so far."""

    world: World
    memory: Memory  # of declarations, not of results
    seed: tuple[int, int]  # and which of its worlds
    found: np.ndarray = field(init=False)
    model: Model | PlainTrees | None = None

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
    if play.model is None or number % EVERY == 0:
        play.model = PlainTrees.train(play.past(number), SETTINGS)
    probability, at_stake = play.model.score(now)
    return first(probability * at_stake)


STRATEGIES: dict[str, Callable[[Play, int, Rows], np.ndarray]] = {
    "hybrid": hybrid,
    "exploitation": exploitation,
    "group mean": groups,
    "plain trees": plain,
}


def first(rank: np.ndarray) -> np.ndarray:
    """The positions of the highest."""
    return np.argsort(-rank, kind="stable")[:EXAMINED]


def play_out(strategy: Callable, play: Play, weeks: int) -> dict:
    """Yield of every week and of the oracle's; after the early weeks also what each kind evaded and what was found of it."""
    begun = time.process_time()
    oracle = np.sort(play.world.evaded.reshape(-1, WEEKLY), axis=1)[:, ::-1][:, :EXAMINED].sum(axis=1)
    yields = []
    for number in range(weeks):
        part = play.week(number)
        if number < BLIND:  # the same blind beginning for everybody
            looked = np.random.default_rng([*play.seed, number]).choice(WEEKLY, EXAMINED, replace=False)
        else:
            looked = strategy(play, number, play.world.rows.take(part))
        play.found[part.start + looked] = play.world.found[part][looked]
        yields.append(float(play.world.evaded[part][looked].sum()))
    later = slice(EARLY[1] * WEEKLY, weeks * WEEKLY)
    kind, evaded = play.world.kind[later] + 1, play.world.evaded[later]
    seen = np.where(np.isnan(play.found[later]), 0, evaded)
    there, taken = (np.bincount(kind, yuan, SLIPPED + 2)[1:].tolist() for yuan in (evaded, seen))
    told = {"yields": yields, "oracle": oracle[:weeks].tolist(), "there": there, "taken": taken}
    return told | {"cpu_s": time.process_time() - begun}


@dataclass(frozen=True, slots=True)
class Task:
    """One world of one seed, and under which names what is played in it is kept."""

    seed: tuple[int, int]  # and which of its worlds
    weeks: int
    slip: float
    lasting: tuple[float, float] | None  # months; None: as published
    state: str

    def key(self, name: str) -> str:
        """Of one strategy's result."""
        return f"{name}/{self.weeks}/{self.slip:g}/{self.lasting}/{self.seed[0]}.{self.seed[1]}/{self.state}"

    def done(self) -> dict[str, dict]:
        """What every strategy did in this world, played where it was not yet."""
        kept = KEPT.all()
        results = {name: kept[self.key(name)] for name in STRATEGIES if self.key(name) in kept}
        missing = [name for name in STRATEGIES if name not in results]
        if missing:
            drawn = world(self.seed, slip=self.slip, lasting=((*self.lasting, 1.0),) if self.lasting else LASTING)
            memory = Memory.of(drawn.rows, SETTINGS)  # what can be remembered of its declarations without any result
        for name in missing:
            results[name] = play_out(STRATEGIES[name], Play(drawn, memory, self.seed), self.weeks)
            KEPT.keep(self.key(name), results[name])
        return results


def main(arguments: list[str]) -> None:
    """Every seed and strategy, then the tables."""
    parser = argparse.ArgumentParser(description="Targeting under drift and scarce labels.")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seeds", type=int, nargs="+")
    parser.add_argument("--worlds", type=int, default=24, help="to each seed; their mean stands for it")
    parser.add_argument("--slip", type=float, default=1.0, help="per cent of the value that a small slip moves")
    parser.add_argument("--lasting", type=float, nargs=2, metavar=("FROM", "TO"), help="how many months a scheme lives")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="worlds played at a time")
    asked = parser.parse_args(arguments)
    weeks, late = (60, (40, 60)) if asked.small else (150, LATE)
    seeds, each = asked.seeds or ([1] if asked.small else [1, 2, 3, 4, 5]), 1 if asked.small else asked.worlds
    lasting = (asked.lasting[0], asked.lasting[1]) if asked.lasting else None
    state = state_of([*sorted(JUDGED.glob("*.py")), Path(drifting.__file__), Path(__file__)])
    tasks = [Task((seed, one), weeks, asked.slip, lasting, state) for one in range(1, each + 1) for seed in seeds]
    told: dict[str, dict[int, list[dict]]] = {name: {seed: [] for seed in seeds} for name in STRATEGIES}
    with ProcessPoolExecutor(asked.jobs) as pool:
        for task, results in zip(tasks, pool.map(Task.done, tasks), strict=True):
            for name, result in results.items():
                told[name][task.seed[0]].append(result)
                early, ending = share(result, EARLY), share(result, late)
                print(f"{task.key(name)}: {early:.3f} → {ending:.3f} ({result['cpu_s']:.0f} s)", flush=True)
    tell({name: [together(worlds) for worlds in results.values()] for name, results in told.items()}, late)


def together(worlds: list[dict]) -> dict:
    """The worlds of one seed as one result: means, of money in units of the world's own oracle so that none outweighs."""
    unit = [np.mean(one["oracle"]) for one in worlds]
    money = {
        name: np.mean([np.divide(one[name], of) for one, of in zip(worlds, unit, strict=True)], axis=0).tolist()
        for name in ("yields", "oracle", "there", "taken")
    }
    return money | {"cpu_s": float(np.mean([one["cpu_s"] for one in worlds]))}


if __name__ == "__main__":
    main(sys.argv[1:])
