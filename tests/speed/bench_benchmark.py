"""Officers against their benchmark: 15 of 3,000 report a fifth of what is there; how many are found, how many falsely?

`python -m tests.speed.bench_benchmark [--small]`; one JSON line per world in build/bench/benchmark.jsonl (a world that is
there is not run again). Bar: methods §1.3, mean false-discovery proportion at most 0.1.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: more threads only wait for each other

import numpy as np

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "benchmark.jsonl"
POOLS, OFFICERS, RECORDS, PLANTED = 150, 20, 250, 15
LEFT = 0.2  # a planted officer reports so much of what is there
FDR = 0.05
OVERLAP = 1.5  # colleagues' comparable records, in multiples of the officer's own: the detector's default


def pool(draw: np.random.Generator, planted: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Officers, features and finds of one pool: everybody has a mix of work of his own, and the mix decides the finds."""
    officer = np.repeat(np.arange(OFFICERS), RECORDS)
    taste = draw.normal(0, 0.8, (OFFICERS, 4))
    features = taste[officer] + draw.normal(0, 1, (officer.size, 4))
    honest = draw.normal(0, 0.1, OFFICERS)  # colleagues are not all alike
    logit = -1.7 + features @ [0.7, -0.4, 0.3, 0.0] + 0.2 * features[:, 0] * features[:, 1] + honest[officer]
    there = draw.random(officer.size) < 1 / (1 + np.exp(-logit))
    told = there & (~planted[officer] | (draw.random(officer.size) < LEFT))
    return officer, features, told


def one(seed: int, planted: int) -> dict:
    """One administration: power and false-discovery proportion, for the benchmark and for crude rates."""
    from guanjian.stats.benchmark import effects
    from guanjian.stats.fdr import benjamini_hochberg
    from guanjian.stats.local_fdr import empirical_null, local_fdr

    draw, began = np.random.default_rng(seed), time.process_time()
    bad = np.zeros(POOLS * OFFICERS, bool)
    bad[draw.choice(bad.size, planted, replace=False)] = True
    z, crude = [], []
    for number in range(POOLS):
        officer, features, told = pool(draw, bad[number * OFFICERS : (number + 1) * OFFICERS])
        seen = effects(officer, features, told)
        z.append(np.where(seen.comparable >= OVERLAP * RECORDS, seen.z, np.nan))
        rate = np.bincount(officer, told) / RECORDS
        crude.append((rate - rate.mean()) / np.sqrt(rate.mean() * (1 - rate.mean()) / RECORDS))
    z, crude = np.concatenate(z), np.concatenate(crude)
    judged, flagged = np.isfinite(z), np.zeros(z.size, bool)
    null = empirical_null(z[judged])
    flagged[judged] = benjamini_hochberg(null.lower_tail(z[judged])) <= FDR
    rates = benjamini_hochberg(empirical_null(np.zeros(1)).lower_tail(crude)) <= FDR
    return {
        "seed": seed,
        "planted": planted,
        "judged": int(judged.sum()),
        "flagged": int(flagged.sum()),
        "found": int((flagged & bad).sum()),
        "false": int((flagged & ~bad).sum()),
        "expected_false": float(local_fdr(z[judged], null)[flagged[judged]].sum()),
        "crude_flagged": int(rates.sum()),
        "crude_found": int((rates & bad).sum()),
        "null": [round(null.centre, 3), round(null.spread, 3), round(null.share, 3)],
        "cpu_seconds": round(time.process_time() - began, 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


def main(arguments: list[str]) -> None:
    """Planted worlds, and worlds in which nobody is."""
    OUT.parent.mkdir(parents=True, exist_ok=True)
    known = [json.loads(line) for line in OUT.read_text().splitlines()] if OUT.exists() else []
    have = {(row["seed"], row["planted"]) for row in known}
    for seed in range(1, 3 if "--small" in arguments else 21):
        for planted in (PLANTED, 0):
            if (seed, planted) not in have:
                known.append(one(seed, planted))
                with OUT.open("a") as file:
                    file.write(json.dumps(known[-1]) + "\n")
                print(known[-1], flush=True)
    tell([row for row in known if row["planted"]], [row for row in known if not row["planted"]])


def tell(planted: list[dict], quiet: list[dict]) -> None:
    """Power, mean false-discovery proportion, quiet worlds with an alarm; crude rates beside."""
    power = np.mean([row["found"] / row["planted"] for row in planted])
    false = np.mean([row["false"] / max(row["flagged"], 1) for row in planted])
    crude = np.mean([1 - row["crude_found"] / max(row["crude_flagged"], 1) for row in planted])
    print(f"benchmark: power {power:.2f}, mean FDP {false:.3f} over {len(planted)} seeds (bar 0.1)")
    print(f"crude rates: mean FDP {crude:.3f}, {np.mean([row['crude_flagged'] for row in planted]):.0f} flagged")
    print(f"quiet worlds with an alarm: {sum(row['flagged'] > 0 for row in quiet)} of {len(quiet)}")


if __name__ == "__main__":
    main(sys.argv[1:])
