"""What does the scan see, where does it say that it lies, and how soon? Signals × risks × dispersions × histories × units.

    python -m tests.speed.bench_grid [--small] [--runs N] [--table]

Adds sets to every cell until it has N (10; in 700 units 3) and goes on where it stopped; results are kept in
build/bench/grid.json. A set counts as seen at p ≤ 0.05; `alike` is the weighted Jaccard of the strongest cluster and the
signal among the sets that were seen. The error of quiet sets has its own bench (`bench_scan alarms`).
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np

from tests.speed.kept import Kept
from tests.speed.scan_worlds import ALPHA, DISTRICTS, SIGNALS, Cell, tested

KEPT = Kept(Path("build/bench/grid.json"))
RISKS, PHIS, HISTORIES, HOUSES = (1.3, 1.6, 2.0, 3.0), (1.0, 1.5, 2.0), (26, 104, 260), 700
DRAWS = 99


def cells(small: bool) -> list[Cell]:
    """The grid in 42 districts, then its middle in 700 houses."""
    if small:
        return [Cell(1.5, 104, signal, "busiest", 3.0) for signal in SIGNALS]
    grid = [Cell(p, h, s, "busiest", r) for s, r, p, h in product(SIGNALS, RISKS, PHIS, HISTORIES)]
    return grid + [Cell(1.5, 104, s, "busiest", r, HOUSES) for s, r in product(SIGNALS, (1.6, 3.0))]


def name_of(cell: Cell) -> str:
    """What a cell's results are kept under."""
    return f"{cell.signal}/{cell.risk}/{cell.phi}/{cell.history}/{cell.units}"


def run(asked: argparse.Namespace) -> None:
    """Every cell up to the wanted number of sets, one set of each cell after the other."""
    for turn in range(asked.runs):
        for cell in cells(asked.small):
            found = KEPT.all().get(name_of(cell), [])
            if len(found) <= turn and (cell.units == DISTRICTS or turn < 3):
                KEPT.keep(name_of(cell), [*found, list(tested(cell, len(found), DRAWS))])
        print(f"{turn + 1} of {asked.runs} sets of every cell", flush=True)


def table(small: bool) -> None:
    """Seen of all and how alike, a row for each signal, risk and number of units, a column for each dispersion and history."""
    told = KEPT.all()
    for signal, risk, units in dict.fromkeys((c.signal, c.risk, c.units) for c in cells(small)):
        row = [c for c in cells(small) if (c.signal, c.risk, c.units) == (signal, risk, units) and name_of(c) in told]
        texts = [f"φ {c.phi} h {c.history}: {_told(told[name_of(c)])}" for c in row]
        print(f"{signal:9} ×{risk} {units:3} units | " + " | ".join(texts))


def _told(found: list[list[float]]) -> str:
    p, alike = np.array(found).T
    seen = p <= ALPHA
    return f"{seen.sum()}/{len(p)}" + (f" {np.median(alike[seen]):.2f}" if seen.any() else "")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--small", action="store_true")
    ask.add_argument("--runs", type=int, default=10)
    ask.add_argument("--table", action="store_true")
    chosen = ask.parse_args()
    if not chosen.table:
        run(chosen)
    table(chosen.small)
