"""The whole catalogue (every detector, indicator and control) on a lake of bench_whole, in one plan and one command.

`python -m tests.speed.bench_catalogue [--small] [--declarations N]` writes build/bench/catalogue.json; a lake measured
before is not measured again unless its batches changed; a lake that is not there is simulated and imported first. Unless
told otherwise it has so many declarations that there are 50,000,000 events as well: the simulator writes 4.33 for each.
Bars at 10,000,000 declarations and 50,000,000 events: 15 minutes on two quiet processors (so many CPU seconds are
certain to be enough), 8 GB, and a saving of at least three times against running every signal alone.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.speed import bench_whole as bench

OUT = bench.BENCH / "catalogue.json"
SECONDS, GIGABYTES, SAVING = 900, 8, 3
MANY = 11_600_000


def measured(lake: Path) -> dict:
    """One run of the command: what it cost, what it read, its ten slowest steps."""
    out = lake.parent / "catalogue"
    cost = bench.run("catalogue", "--lake", str(lake), "--out", str(out))
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    slowest = sorted(plan["steps"], key=lambda step: -step["cpu_seconds"])[:10]
    return {**cost, "bytes": plan["bytes"], "slowest": slowest}


def main(arguments: list[str]) -> None:
    """Measure the lake if it was not, and print what is known of it."""
    from guanjian.engine.run import hash_of
    from guanjian.ingest.lake import Lake

    declarations = MANY if not {"--small", "--declarations"} & set(arguments) else bench.declarations_of(arguments)
    lake = bench.lake_of(declarations)
    if not (lake / "lake.json").exists():
        for name in ("simulate", "ingest"):
            bench.run(*bench.parts(declarations)[name])
    key = hash_of([batch.batch for batch in Lake.open(lake).batches()])
    kept = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    if key not in kept:
        kept[key] = measured(lake)
        OUT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    print(", ".join(f"{rows(lake, name):,} {name}" for name in ("declarations", "events")))
    _tell(kept[key])


def rows(lake: Path, table: str) -> int:
    """How many rows the files of a table have."""
    import pyarrow.parquet as pq

    return sum(pq.read_metadata(path).num_rows for path in (lake / table).glob("**/*.parquet"))


def _tell(found: dict) -> None:
    for step in found["slowest"]:
        print(f"{step['part']:12} {' '.join(step['codes'])[:60]:60} {step['cpu_seconds']:8.1f} CPU s")
    read = found["bytes"]["all"]
    print(
        f"{found['cpu_s']} CPU s, {found['wall_s']} s (bar {SECONDS}) · {found['peak_gb']} GB (bar {GIGABYTES}) · "
        f"read {read['together'] / read['lake']:.2f} × the lake, saving {read['saving']} × (bar {SAVING})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
