"""Ten simulated administrations against their truth: what is planted is found, and how many findings are false.

`python -m tests.speed.bench_truth [--small]` writes build/bench/truth.json, one seed at a time; run again, it goes on.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from guanjian import simulate
from guanjian.crossing.score import score
from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.signals import catalogue

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "truth.json"
T_95 = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78, 6: 2.57, 7: 2.45, 8: 2.36, 9: 2.31, 10: 2.26}


def one(scenario: str, declarations: int, seed: int) -> dict:
    """Simulate, import, detect and score one administration."""
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts"
        simulate.run(scenario, declarations, seed, facts)
        lake = Lake.open(Path(folder) / "lake", create=True)
        ingest([facts], lake)
        with Session(lake) as session:
            run = detect(session, catalogue.chosen(""))
        result = score(run.findings, facts / "truth.json")
    return {
        "found": {met.kind: met.found for met in result.met},
        "false_share": result.false_share,
        "false": {code: [result.false[code], result.total[code]] for code in sorted(result.total)},
        "people": sum(finding.subject_type.names_a_person for finding in run.findings if finding.q_value is not None),
    }


def main(arguments: list[str]) -> None:
    """All seeds of the demonstration's scenario, and a quiet world beside each."""
    small = "--small" in arguments
    declarations, seeds = (60_000, 2) if small else (200_000, 10)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    for seed in range(1, seeds + 1):
        for scenario in ("demo", "quiet"):
            name = f"{scenario}/{declarations}/{seed}"
            if name not in kept:
                kept[name] = one(scenario, declarations, seed)
                OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1))
            print(name, kept[name], flush=True)
    tell([kept[f"demo/{declarations}/{seed}"] for seed in range(1, seeds + 1)])
    quiet = [kept[f"quiet/{declarations}/{seed}"]["people"] for seed in range(1, seeds + 1)]
    print(f"quiet worlds without any statistical finding about a person: {quiet.count(0)} of {len(quiet)}")


def tell(worlds: list[dict]) -> None:
    """Power per plant, and the mean false-discovery proportion with its 95 % interval."""
    for kind in worlds[0]["found"]:
        print(f"{kind:28} found in {sum(world['found'].get(kind, False) for world in worlds)} of {len(worlds)}")
    shares = [world["false_share"] for world in worlds]
    half = T_95[len(shares)] * statistics.stdev(shares) / len(shares) ** 0.5
    mean = statistics.fmean(shares)
    print(f"false-discovery proportion of the statistical detectors: {mean:.3f} ± {half:.3f} over {len(shares)} seeds")


if __name__ == "__main__":
    main(sys.argv[1:])
