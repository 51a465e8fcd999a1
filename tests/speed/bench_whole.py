"""Ten million simulated declarations, imported and run through the catalogue in one command, with what each part cost.

`python -m tests.speed.bench_whole [--small] [--declarations N]` writes build/bench/whole.json; a part that is there for
the same N is not run again. Peak memory is the largest single process (each part is a process of its own).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "build" / "bench"
OUT = BENCH / "whole.json"
GB = 1024**2  # ru_maxrss is in KB


def run(*words: str) -> dict:
    """One command of the product: CPU seconds, wall seconds, peak GB."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "guanjian.cli", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"guanjian {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    cpu = used.ru_utime + used.ru_stime
    return {
        "cpu_s": round(cpu, 1),
        "wall_s": round(time.perf_counter() - begun, 1),
        "peak_gb": round(used.ru_maxrss / GB, 2),
    }


def parts(declarations: int) -> dict[str, tuple[str, ...]]:
    """The commands in their order, each working on what the one before left."""
    home = BENCH / f"whole-{declarations}"
    facts, lake, found = (str(home / name) for name in ("facts", "lake", "found.parquet"))
    return {
        "simulate": ("simulate", "--scenario", "demo", "--declarations", str(declarations), "--seed", "1", "--quiet",
                     "--out", facts),
        "ingest": ("ingest", facts, "--lake", lake),
        "detect": ("detect", "--lake", lake, "--out", found),
        "measure": ("measure", "--lake", lake, "--out", str(home / "indicators.parquet")),
        "nodes": ("nodes", "--lake", lake),
    }  # fmt: skip


def declarations_of(arguments: list[str]) -> int:
    """How many declarations the arguments ask for."""
    if "--declarations" in arguments:
        return int(arguments[arguments.index("--declarations") + 1])
    return 100_000 if "--small" in arguments else 10_000_000


def lake_of(declarations: int) -> Path:
    """Where this bench leaves the lake of so many declarations."""
    return BENCH / f"whole-{declarations}" / "lake"


def main(arguments: list[str]) -> None:
    """Every part that has not been measured yet, or whose lake is gone."""
    declarations = declarations_of(arguments)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    if not lake_of(declarations).exists():
        kept = {key: cost for key, cost in kept.items() if not key.startswith(f"{declarations}/")}
    for name, words in parts(declarations).items():
        key = f"{declarations}/{name}"
        if key not in kept:
            kept[key] = run(*words)
            OUT.write_text(json.dumps(kept, indent=1))
        print(f"{key:24} {kept[key]}", flush=True)
    peak = max(kept[f"{declarations}/{name}"]["peak_gb"] for name in ("ingest", "detect", "measure", "nodes"))
    print(f"import, detection and measurement: at most {peak} GB (bar 4)")


if __name__ == "__main__":
    main(sys.argv[1:])
