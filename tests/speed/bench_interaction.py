"""Excess interaction: quiet worlds stay quiet, steering is found, and ten million declarations take seconds.

`python -m tests.speed.bench_interaction [--small]`; one JSON line per world in build/bench/interaction.jsonl (a world
that is there is not run again), summed up in build/bench/interaction.md. Bars: methods §1.1.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench" / "interaction.jsonl"
DAYS = 250


@dataclass(frozen=True)
class Size:
    """How big a made-up administration is."""

    declarations: int
    sites: int = 42
    officers: int = 24  # per site
    traders: int = 60  # per site
    shifts: int = 1  # a day; each officer keeps to one


WORLD = Size(400_000)
THIN = Size(
    400_000, shifts=2
)  # about six officers on duty and few declarations: shown without a bar, to know the limit
SHIFTED = Size(1_000_000, officers=36, shifts=2)
LARGE = Size(10_000_000, officers=60, traders=240, shifts=2)


def world(size: Size, seed: int, steered: int = 0, share: float = 0.0) -> tuple[dict[str, np.ndarray], set]:
    """Declarations with their officer; uneven rosters and lodgement days on purpose, `steered` pairs planted.

    Each officer works three fixed weekdays in one of two shifts and takes four weeks of leave; each trader has its own
    volume and a favourite weekday; work goes to anyone on the shift, except what a planted pair steers.
    """
    draw = np.random.default_rng(seed)
    on_duty = _rosters(size, draw)
    volume = draw.lognormal(0, 1, (size.sites, size.traders))
    trader = draw.choice(size.sites * size.traders, size.declarations, p=(volume / volume.sum()).ravel())
    site = trader // size.traders
    favourite = draw.integers(0, 5, size.sites * size.traders)
    day = draw.integers(0, DAYS, size.declarations)
    moved = draw.random(size.declarations) < 0.3
    day = np.where(moved, day - day % 5 + favourite[trader], day)
    slot = day * size.shifts + draw.integers(0, size.shifts, size.declarations)
    crew = on_duty.sum(1)
    slot = np.where(crew[site, slot] > 0, slot, crew.argmax(1)[site])  # nobody there: the best manned slot
    order = np.argsort(~on_duty.transpose(0, 2, 1), axis=2, kind="stable").astype(np.int16)  # those on duty come first
    officer = order[site, slot, (draw.random(size.declarations) * crew[site, slot]).astype(int)].astype(np.int64)
    planted = set()
    for chosen in draw.permutation(size.sites * size.traders)[:steered]:
        its = np.flatnonzero(trader == chosen)
        partner = int(draw.integers(0, size.officers))
        present = on_duty[chosen // size.traders, partner, slot[its]]
        officer[its[present & (draw.random(its.size) < share)]] = partner
        planted.add((int(chosen // size.traders * size.officers + partner), int(chosen)))
    columns = {
        "site": site.astype(np.int16),
        "cell": (site * DAYS * size.shifts + slot).astype(np.int32),
        "officer": (site * size.officers + officer).astype(np.int32),
        "trader": trader.astype(np.int32),
    }
    return columns, planted


def _rosters(size: Size, draw: np.random.Generator) -> np.ndarray:
    shape = (size.sites, size.officers)
    weekdays = np.argsort(draw.random((*shape, 5)), axis=2) < 3
    leave = draw.integers(0, DAYS - 20, shape)
    day = np.arange(DAYS)
    works = weekdays[:, :, day % 5] & ~((day >= leave[..., None]) & (day < leave[..., None] + 20))
    shift = draw.integers(0, size.shifts, shape)
    return (works[..., None] & (np.arange(size.shifts) == shift[..., None, None])).reshape(*shape, DAYS * size.shifts)


def judge(columns: dict[str, np.ndarray], planted: set) -> dict:
    """What the test says of one world."""
    from guanjian.stats.fdr import benjamini_hochberg
    from guanjian.stats.interaction import Work, pairs_of

    pairs = pairs_of(Work(*(columns[name] for name in ("site", "cell", "officer", "trader"))))
    flagged = benjamini_hochberg(pairs.p_value) <= 0.05
    keys = list(zip(pairs.officer.tolist(), pairs.trader.tolist(), strict=True))
    true = np.array([key in planted for key in keys])
    clear = true & (pairs.expected >= 20)
    return {
        "pairs": len(pairs),
        "flagged": int(flagged.sum()),
        "false": int((flagged & ~true).sum()),
        "planted_E20": int(clear.sum()),
        "found_E20": int((flagged & clear).sum()),
    }


def large(path: str) -> dict:
    """Ten million rows of a Parquet file, in a process of their own: CPU seconds and peak memory, imports included."""
    import duckdb

    from guanjian.stats.fdr import benjamini_hochberg
    from guanjian.stats.interaction import Work, pairs_of

    imported = time.process_time()
    connection = duckdb.connect(config={"preserve_insertion_order": False, "memory_limit": "500MB"})
    found = connection.execute(f"SELECT site, cell, officer, trader FROM read_parquet('{path}')").fetchnumpy()
    work = Work(*(np.asarray(found[name]) for name in ("site", "cell", "officer", "trader")))
    pairs = pairs_of(work, min_expected=0.0)
    flagged = benjamini_hochberg(pairs.p_value) <= 0.05
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "declarations": len(work),
        "pairs": len(pairs),
        "flagged": int(flagged.sum()),
        "cpu_seconds": round(used.ru_utime + used.ru_stime - imported, 2),
        "cpu_seconds_with_imports": round(used.ru_utime + used.ru_stime, 2),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def _measure_large() -> dict:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "work.parquet"
        columns, _ = world(LARGE, seed=1)
        pq.write_table(pa.table(columns), path)
        del columns
        told = subprocess.run(
            [sys.executable, "-m", "tests.speed.bench_interaction", "--large", str(path)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
    return json.loads(told.stdout)


def _worlds(seeds: int):
    for seed in range(seeds):
        for kind, size in (("day", WORLD), ("shift", SHIFTED), ("thin", THIN)):
            yield f"{kind}-null-{seed}", lambda seed=seed, size=size: judge(*world(size, seed))
            yield (
                f"{kind}-steered-{seed}",
                lambda seed=seed, size=size: judge(*world(size, 1000 + seed, steered=60, share=0.2)),
            )
    yield "large", _measure_large


def _summary(known: dict[str, dict]) -> str:
    lines = ["| measure | seen | bar |", "|---|---|---|"]
    kinds = (
        ("day", "site × day"),
        ("shift", "site × day × shift"),
        ("thin", "site × day × shift, six on duty (no bar)"),
    )
    for kind, cells in kinds:
        quiet = [row for name, row in known.items() if name.startswith(f"{kind}-null-")]
        steered = [row for name, row in known.items() if name.startswith(f"{kind}-steered-")]
        planted = sum(row["planted_E20"] for row in steered)
        power = sum(row["found_E20"] for row in steered) / max(planted, 1)
        false = [row["false"] / max(row["flagged"], 1) for row in steered]
        error = 1.96 * np.std(false) / max(len(false), 1) ** 0.5
        lines += [
            f"| {cells}: null worlds without a flag | {sum(r['flagged'] == 0 for r in quiet)} of {len(quiet)} | ≥ 19 of 20 |",
            f"| {cells}: power at λ = 0.2, E ≥ 20 ({planted} pairs) | {power:.3f} | ≥ 0.95 |",
            f"| {cells}: mean false-discovery proportion ({len(steered)} worlds) | {np.mean(false):.4f} ± {error:.4f} | ≤ 0.05 |",
        ]
    if row := known.get("large"):
        lines.append(
            f"| {row['declarations']:,} declarations, {row['pairs']:,} pairs | {row['cpu_seconds']} CPU s, "
            f"{row['peak_mb']} MB | ≤ 6 CPU s, ≤ 1,500 MB |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Run what is not there yet; print and keep the summary."""
    if arguments[:1] == ["--large"]:
        print(json.dumps(large(arguments[1])))
        return
    out = OUT.with_name("interaction-small.jsonl") if "--small" in arguments else OUT
    out.parent.mkdir(parents=True, exist_ok=True)
    lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
    known = {row["world"]: row for row in map(json.loads, lines)}
    for name, run in _worlds(2 if "--small" in arguments else 20):
        if name not in known:
            known[name] = {"world": name, **run()}
            with out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(known[name]) + "\n")
    out.with_suffix(".md").write_text(_summary(known) + "\n", encoding="utf-8")
    print(_summary(known))


if __name__ == "__main__":
    main(sys.argv[1:])
