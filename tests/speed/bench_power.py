"""How often is each phenomenon found, how many findings are false, and is a quiet world left in peace?

`python -m tests.speed.bench_power [--small] [--seeds N] [--declarations N …]`: by default 20 seeds at 50,000, 200,000
and 1,000,000 declarations, one world at a time; run again, it goes on. Writes build/bench/power.json and power.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from scipy.stats import binomtest, t

from guanjian import simulate
from guanjian.crossing.score import score
from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.signals import catalogue
from guanjian.simulate.scenario import load
from tests.speed.deterministic import Agreement, compare

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "power.json"
SCALES, STRENGTHS, MEDIUM = (50_000, 200_000, 1_000_000), (0.2, 0.6, 0.9), 0.6
EXPECTED = 20  # meetings that the roster alone explains, from which a pair counts for the bar
FIXED = frozenset({"split_consignments"})  # its strength is a share of the limit, not of chances


def one(declarations: int, seed: int, strength: float) -> dict:
    """Simulate, import, detect and compare one administration; strength 0 is the quiet one."""
    with tempfile.TemporaryDirectory() as folder:
        facts, lake = Path(folder) / "facts", Lake.open(Path(folder) / "lake", create=True)
        simulate.run(_scenario(strength), declarations, seed, facts)
        ingest([facts], lake)
        with Session(lake) as session:
            findings = detect(session, catalogue.chosen("")).findings
        told = score(findings, facts / "truth.json")
        planted = json.loads((facts / "truth.json").read_text(encoding="utf-8"))["planted"]
        return {
            "met": [
                {"kind": met.kind, "found": met.found, "code": met.code, "expected": truth.get("expected")}
                for met, truth in zip(told.met, planted, strict=True)
            ],
            "false_share": told.false_share,
            "false": {code: [told.false[code], told.total[code]] for code in sorted(told.total)},
            "statistical": sorted(told.statistical),
            "people": sum(f.subject_type.names_a_person for f in findings if f.q_value is not None),
            "controls": [asdict(one) for one in compare(lake, facts / "truth.json")] if strength == MEDIUM else [],
        }


def _scenario(strength: float) -> simulate.scenario.Scenario:
    """`everything` with each plant at this strength; at 0 the same honest life without any."""
    told = load("everything")
    plants = [plant if plant["kind"] in FIXED else plant | {"strength": strength} for plant in told.plants]
    return replace(told, name=f"everything at {strength}", plants=tuple(plants) if strength else ())


def main(arguments: list[str]) -> None:
    """Every world that is not kept yet, then the table."""
    asked = _asked(arguments)
    strengths = (MEDIUM,) if asked.small else STRENGTHS
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    for declarations in asked.declarations:
        for seed in range(1, asked.seeds + 1):
            for strength in (0.0, *strengths):
                name = f"{declarations}/{seed}/{strength}"
                if name not in kept:
                    kept[name] = one(declarations, seed, strength)
                    OUT.write_text(json.dumps(kept, indent=1), encoding="utf-8")
                    print(f"{name}: {_line(kept[name])}", flush=True)
    parts = [part for n in asked.declarations for part in _table(kept, n, range(1, asked.seeds + 1), strengths)]
    OUT.with_suffix(".md").write_text("\n".join(parts) + "\n", encoding="utf-8")
    print("\n".join(parts))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench_power")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--declarations", type=int, nargs="+")
    asked = parser.parse_args(arguments)
    asked.seeds = asked.seeds or (2 if asked.small else 20)
    asked.declarations = asked.declarations or ((20_000,) if asked.small else SCALES)
    return asked


def _line(world: dict) -> str:
    found = sum(met["found"] for met in world["met"])
    return (
        f"{found} of {len(world['met'])} found, false share {world['false_share']:.3f}, {world['people']} about people"
    )


def _table(kept: dict, declarations: int, seeds: Iterable[int], strengths: tuple[float, ...]) -> list[str]:
    """Power by phenomenon and strength, false discoveries, the quiet worlds, the controls."""
    worlds = {s: [kept[f"{declarations}/{seed}/{s}"] for seed in seeds] for s in (0.0, *strengths)}
    lines = [f"## {declarations:,} declarations, {len(worlds[0.0])} seeds", ""]
    lines += ["| phenomenon | " + " | ".join(f"power at {s}" for s in strengths) + " | found by |"]
    lines += ["|---|" + "---|" * (len(strengths) + 1)]
    kinds = [met["kind"] for met in worlds[strengths[0]][0]["met"]]
    for kind in kinds:
        cells = [_power([_met(world, kind)["found"] for world in worlds[s]]) for s in strengths]
        by = sorted({_met(world, kind)["code"] for s in strengths for world in worlds[s]} - {""})
        lines.append(f"| {kind} | {' | '.join(cells)} | {' '.join(by)} |")
    enough = [
        met["found"] for s in strengths for world in worlds[s] for met in world["met"]
        if s >= 0.2 and (met["expected"] or 0) >= EXPECTED
    ]  # fmt: skip
    lines += ["", f"officer × trader, {EXPECTED} meetings expected or more, strength 0.2 or more: {_power(enough)}"]
    for s in strengths:
        lines.append(f"false-discovery proportion at {s}: {_mean([world['false_share'] for world in worlds[s]])}")
    lines.append(f"by detector (false of all): {_by_detector(worlds, strengths)}")
    peace = [world["people"] == 0 for world in worlds[0.0]]
    lines.append(f"quiet worlds without a statistical finding about a person: {sum(peace)} of {len(peace)}")
    return [*lines, _controls([Agreement(**one) for world in worlds[MEDIUM] for one in world["controls"]]), ""]


def _met(world: dict, kind: str) -> dict:
    return next(met for met in world["met"] if met["kind"] == kind)


def _power(found: list[bool]) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not found:
        return "none"
    low, high = binomtest(sum(found), len(found)).proportion_ci(method="wilson")
    return f"{np.mean(found):.2f} ({low:.2f}–{high:.2f}, n {len(found)})"


def _mean(values: list[float]) -> str:
    """A mean with its 95 % interval; of a single world none can be given."""
    if len(values) < 2:
        return f"{values[0]:.3f} (one world)"
    half = t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / len(values) ** 0.5
    return f"{np.mean(values):.3f} ± {half:.3f}"


def _by_detector(worlds: dict[float, list[dict]], strengths: tuple[float, ...]) -> str:
    every = [world for s in strengths for world in worlds[s]]
    codes = sorted({code for world in every for code in world["statistical"]})
    told = {code: np.sum([world["false"].get(code, [0, 0]) for world in every], axis=0) for code in codes}
    return ", ".join(f"{code} {false} of {total}" for code, (false, total) in told.items()) or "no statistical finding"


def _controls(told: list[Agreement]) -> str:
    named, true, both = (sum(getattr(one, name) for one in told) for name in ("named", "true", "both"))
    wrong = sorted({one.code for one in told if one.recall < 1 or one.precision < 1})
    share = [both / whole if whole else 1.0 for whole in (true, named)]
    tail = f"; not equal: {' '.join(wrong)}" if wrong else ""
    return f"deterministic controls: recall {share[0]:.4f}, precision {share[1]:.4f} over {true} true breaches{tail}"


if __name__ == "__main__":
    main(sys.argv[1:])
