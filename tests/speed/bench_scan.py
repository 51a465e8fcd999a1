"""How fast is the scan, how often does it cry wolf, how much does it see? Resumable: each finished cell is kept.

    python tests/speed/bench_scan.py speed                 # kernel, default with history, Farrington
    python tests/speed/bench_scan.py alarms --runs 20      # quiet data sets: adds runs to every cell of the grid
    python tests/speed/bench_scan.py power --runs 20       # systemic, regional and cross signals, volumes of three kinds
    python tests/speed/bench_scan.py bound --runs 300      # what no test of these signals can exceed
    python tests/speed/bench_scan.py table                 # what is known so far, with 99 % intervals

Results are kept in build/bench/scan.json; a cell goes on from where it stopped.
"""

from __future__ import annotations

import argparse
import resource
import time
from itertools import product
from pathlib import Path

import numpy as np
from scipy.stats import beta

from guanjian.stats.scan import Settings, circles
from guanjian.stats.scan.baseline import counts_of
from guanjian.stats.scan.problem import pose
from guanjian.stats.scan.search import maxima, windows_in
from guanjian.stats.warning.farrington import Farrington, farrington
from tests.speed.kept import Kept
from tests.speed.scan_bound import AIMED, best_power
from tests.speed.scan_worlds import VOLUMES, Cell, tested, world

KEPT = Kept(Path("build/bench/scan.json"))
GRID = list(product((1.0, 1.2, 1.5, 2.0), (26, 104, 260)))


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
    KEPT.keep("windows", windows_in(problem))
    KEPT.keep("given_999", timed(lambda warm: maxima(problem, 16 if warm else 999, 1)))
    past = np.stack([counts_of(rng, rate, phi) for _ in range(104)])
    how = Settings("nb_tail", window=26, max_share=1)
    guessed = pose(np.concatenate([past, ahead]), zones, None, tree, how)
    KEPT.keep("estimated_199", timed(lambda warm: maxima(guessed, 2 if warm else 199, 1)))
    series = rng.poisson(rng.gamma(0.5, 2, 42_000), (270, 42_000)).astype(float)
    KEPT.keep(
        "farrington_42000", timed(lambda warm: farrington(series[:, : 100 if warm else None], [268], Farrington()))
    )


def runs(asked: argparse.Namespace) -> None:
    """Add runs to every cell."""
    kinds = [(None, "unlike")] if asked.what == "alarms" else list(product(AIMED, asked.volumes))
    cells = [c for c in GRID if not asked.history or c[1] in asked.history]
    cells = [c for c in cells if asked.what == "alarms" or c[0] > 1]
    for (signal, volumes), (ratio, history) in product(kinds, cells):
        name = f"{named(signal, volumes)} phi={ratio} history={history}"
        found = KEPT.all().get(name, [])
        for seed in range(len(found), len(found) + asked.runs):
            found.append(tested(Cell(ratio, history, signal, volumes), seed, asked.draws)[0])
            if seed % 10 == 9:
                KEPT.keep(name, found)
        KEPT.keep(name, found)
        print(row(name, found), flush=True)


def named(signal: str | None, volumes: str) -> str:
    """What a row is about."""
    return f"{signal} {volumes}" if signal else "quiet"


def bound(asked: argparse.Namespace) -> None:
    """The most that any test can see of each signal (see `scan_bound`)."""
    for volumes, ratio in product(asked.volumes, (1.2, 1.5, 2.0)):
        for signal, power in best_power(ratio, volumes, asked.runs).items():
            KEPT.keep(f"bound {named(signal, volumes)} phi={ratio}", power)
            print(f"bound {named(signal, volumes)} phi={ratio} {power:.3f}", flush=True)


def row(name: str, p: list[float]) -> str:
    """Share of runs at or below 0.05 with its exact 99 % interval."""
    hits, n = int((np.array(p) <= 0.05).sum()), len(p)
    low = beta.ppf(0.005, hits, n - hits + 1) if hits else 0.0
    high = beta.ppf(0.995, hits + 1, n - hits) if hits < n else 1.0
    return f"{name:36} {hits / n:.3f}  [{low:.3f}, {high:.3f}]  n={n}"


def table(_: argparse.Namespace) -> None:
    """Everything kept."""
    for name, value in KEPT.all().items():
        print(row(name, value) if isinstance(value, list) else f"{name:36} {value}")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", choices=["speed", "alarms", "power", "bound", "table"])
    ask.add_argument("--runs", type=int, default=20)
    ask.add_argument("--draws", type=int, default=99)
    ask.add_argument("--history", type=int, nargs="*")
    ask.add_argument("--volumes", nargs="*", default=VOLUMES, choices=VOLUMES)
    chosen = ask.parse_args()
    {"speed": speed, "alarms": runs, "power": runs, "bound": bound, "table": table}[chosen.what](chosen)
