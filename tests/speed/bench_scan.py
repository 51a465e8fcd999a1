"""How fast is the scan, how often does it cry wolf, how much does it see? Resumable: each finished cell is kept.

    python tests/speed/bench_scan.py speed                 # kernel, default with history, Farrington
    python tests/speed/bench_scan.py alarms --runs 20      # quiet data sets: adds runs to every cell of the grid
    python tests/speed/bench_scan.py power --runs 20       # systemic, regional and cross signals, even and unlike volumes
    python tests/speed/bench_scan.py bound --runs 300      # what no test of these signals can exceed
    python tests/speed/bench_scan.py table                 # what is known so far, with 99 % intervals

Results are kept in build/bench/scan.json; a cell goes on from where it stopped.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from itertools import product
from pathlib import Path

import numpy as np
from scipy.stats import beta

from guanjian.stats.scan import Settings, Tree, circles
from guanjian.stats.scan.baseline import counts_of
from guanjian.stats.scan.draws import dense, events
from guanjian.stats.scan.problem import Problem, pose
from guanjian.stats.scan.search import highest, maxima, search, windows_in
from guanjian.stats.warning.farrington import Farrington, farrington
from tests.speed.scan_bound import A_WEEK, DISTRICTS, LEAVES, SIGNALS, WEEKS, best_power

KEPT = Path("build/bench/scan.json")
GRID = list(product((1.0, 1.2, 1.5, 2.0), (26, 104, 260)))
ALPHA = 0.05


def kept() -> dict:
    """What earlier runs found."""
    return json.loads(KEPT.read_text()) if KEPT.exists() else {}


def keep(name: str, value) -> None:
    """Put one result beside the others, whole or not at all."""
    told = kept() | {name: value}
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    fresh = KEPT.with_suffix(".tmp")
    fresh.write_text(json.dumps(told, indent=1, sort_keys=True))
    fresh.replace(KEPT)


def lines(leaves: int) -> Tree:
    """A tree of `leaves` leaves under groups of five under groups of ten under a root: 60 nodes for 40 leaves."""
    pairs = [("root", "")]
    pairs += [(f"top{i}", "root") for i in range(3)]
    pairs += [(f"group{i}", f"top{i % 3}") for i in range(16)]
    pairs += [(f"leaf{i}", f"group{i % 16}") for i in range(leaves)]
    return Tree.of(pairs)


def world(places: int, seed: int, even: bool = False) -> tuple[np.ndarray, np.ndarray, Tree]:
    """Points, expected counts per week (nodes, places) with unlike lines and places or even ones, and the tree."""
    rng = np.random.default_rng(seed)
    tree = lines(LEAVES)
    share = np.zeros(len(tree.names))
    leaves = [tree.index(f"leaf{i}") for i in range(LEAVES)]
    share[leaves] = 1.0 if even else rng.gamma(2.0, 1.0, LEAVES)
    rate = np.outer(share, np.ones(places) if even else rng.gamma(2.0, 1.0, places))
    return rng.random((places, 2)), rate * A_WEEK / rate.sum(), tree


def timed(work) -> dict:
    """CPU seconds of the second call (the first compiles) and the peak memory so far."""
    work(True)
    begun = time.process_time()
    work(False)
    return {"cpu_s": time.process_time() - begun, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def speed(_: argparse.Namespace) -> None:
    """60 nodes x 700 houses x 50 neighbours x 26 weeks: given baseline, 999; estimated baseline, 199; Farrington."""
    points, rate, tree = world(700, 1)
    rng = np.random.default_rng(2)
    zones = circles(points, neighbours=50)
    phi = np.full((len(rate), 1), 1.3)
    ahead = np.stack([counts_of(rng, rate, phi) for _ in range(26)])
    given = Settings("nb_tail", window=26, baseline="given", dispersion=1.3, max_share=1)
    problem = pose(ahead, zones, np.broadcast_to(rate, ahead.shape), tree, given)
    keep("windows", windows_in(problem))
    keep("given_999", timed(lambda warm: maxima(problem, 16 if warm else 999, 1)))
    past = np.stack([counts_of(rng, rate, phi) for _ in range(104)])
    how = Settings("nb_tail", window=26, max_share=1)
    guessed = pose(np.concatenate([past, ahead]), zones, None, tree, how)
    keep("estimated_199", timed(lambda warm: maxima(guessed, 2 if warm else 199, 1)))
    series = rng.poisson(rng.gamma(0.5, 2, 42_000), (270, 42_000)).astype(float)
    keep("farrington_42000", timed(lambda warm: farrington(series[:, : 100 if warm else None], [268], Farrington())))


def posed(cell: tuple[float, int], seed: int, signal: str | None, even: bool = False) -> Problem:
    """One data set of this cell: history, then twelve weeks in whose second half the signal is."""
    ratio, history = cell
    rng = np.random.default_rng((seed, round(ratio * 10), history))
    points, rate, tree = world(DISTRICTS, int(rng.integers(2**32)), even)
    risk = np.ones(rate.shape)
    if signal:
        leaves, near, excess = SIGNALS[signal]
        place = circles(points).members(int(rng.integers(DISTRICTS)), near - 1)
        line = [tree.index(f"leaf{i}") for i in (range(LEAVES) if leaves == LEAVES else (0, 16, 32))]
        risk[np.ix_(line, place)] = excess
    held = np.flatnonzero(rate.sum(axis=1))
    cases = np.zeros((history + WEEKS, *rate.shape))
    for part, mean in ((slice(0, -(WEEKS // 2)), rate), (slice(-(WEEKS // 2), None), rate * risk)):
        many = len(cases[part])
        cases[part, held] = counts_of(rng, np.broadcast_to(mean[held], (many, len(held), DISTRICTS)), np.array(ratio))
    return pose(cases, circles(points), None, tree, Settings("nb_tail", window=WEEKS, max_share=1))


def one(cell: tuple[float, int], seed: int, kind: tuple[str | None, bool], draws: int) -> float:
    """The p value of the strongest cluster of one data set, as `scan` gives it.

    Drawing stops once p is surely above 0.05 (Besag & Clifford 1991): what is at or below stays what it is.
    """
    problem = posed(cell, seed, *kind)
    top, rng = highest(problem, problem.cases, 6.0), np.random.default_rng((seed, 7))
    reached, drawn = 0, 0
    while drawn < draws and (1 + reached) / (draws + 1) <= ALPHA:
        chance = dense(problem, events(problem, rng, 1))
        mine = problem.with_mu(problem.history.redrawn(rng).rate * problem.history.ahead)
        reached += search(mine, chance, top).score.max() >= top - 1e-9
        drawn += 1
    return float((1 + reached) / (drawn + 1))


def grid(asked: argparse.Namespace) -> None:
    """Add runs to every cell."""
    kinds = [(None, False)] if asked.what == "alarms" else list(product(SIGNALS, (True, False)))
    cells = [c for c in GRID if not asked.history or c[1] in asked.history]
    cells = [c for c in cells if asked.what == "alarms" or c[0] > 1]
    for kind, cell in product(kinds, cells):
        name = f"{named(*kind)} phi={cell[0]} history={cell[1]}"
        found = kept().get(name, [])
        for seed in range(len(found), len(found) + asked.runs):
            found.append(one(cell, seed, kind, asked.draws))
            if seed % 10 == 9:
                keep(name, found)
        keep(name, found)
        print(row(name, found), flush=True)


def named(signal: str | None, even: bool) -> str:
    """What a row is about."""
    return f"{signal} {'even' if even else 'unlike'}" if signal else "quiet"


def bound(asked: argparse.Namespace) -> None:
    """The most that any test can see of each signal (see `scan_bound`)."""
    for even, ratio in product((True, False), (1.2, 1.5, 2.0)):
        for signal, power in best_power(ratio, even, asked.runs).items():
            keep(f"bound {named(signal, even)} phi={ratio}", power)
            print(f"bound {named(signal, even)} phi={ratio} {power:.3f}", flush=True)


def row(name: str, p: list[float]) -> str:
    """Share of runs at or below 0.05 with its exact 99 % interval."""
    hits, n = int((np.array(p) <= 0.05).sum()), len(p)
    low = beta.ppf(0.005, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.995, hits + 1, n - hits) if hits < n else 1.0
    return f"{name:36} {hits / n:.3f}  [{low:.3f}, {high:.3f}]  n={n}"


def table(_: argparse.Namespace) -> None:
    """Everything kept."""
    for name, value in kept().items():
        print(row(name, value) if isinstance(value, list) else f"{name:36} {value}")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["speed", "alarms", "power", "bound", "table"])
    ask.add_argument("--runs", type=int, default=20)
    ask.add_argument("--draws", type=int, default=99)
    ask.add_argument("--history", type=int, nargs="*")
    chosen = ask.parse_args()
    {"speed": speed, "alarms": grid, "power": grid, "bound": bound, "table": table}[chosen.what](chosen)
