"""How often is each phenomenon found, how many findings are false, and is a quiet world left in peace?

`python -m tests.speed.bench_power [--small] [--seeds N] [--declarations N …] [--table]`: by default 20 seeds at 50,000,
200,000 and 1,000,000 declarations; run again, it goes on, and measures anew what was measured with other code (`--table`
only prints). Writes build/bench/power.json and .md; `--worlds DIR` keeps the simulated worlds (13 GB) for the next time.

One world holds every phenomenon once, each in a district of its own with officers and traders of its own
(tests/simulate/test_plants.py), so that one run of the catalogue serves all. What a world is not needed for is left out:
a quiet world asks only the detectors that could accuse somebody, the controls are compared at medium strength (kept by
themselves, as they hang on other code), and how power grows with strength is measured on the first seeds of the two
smaller scales. The detectors read what the simulation wrote; the import is proved elsewhere.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from guanjian import simulate
from guanjian.crossing.score import score
from guanjian.customs import TABLES
from guanjian.customs.arrow import DUCKDB
from guanjian.engine.run import detect
from guanjian.engine.session import Session
from guanjian.signals import catalogue
from guanjian.simulate.scenario import load
from tests.speed.deterministic import compare
from tests.speed.kept import Kept, state_of
from tests.speed.power_table import MEDIUM, QUIET, STRENGTHS, tell

ROOT = Path(__file__).resolve().parents[2]
KEPT = Kept(ROOT / "build" / "bench" / "power.json")
SCALES, SEEDS = (50_000, 200_000, 1_000_000), 20
GROWTH_SEEDS, GROWTH_LARGEST = 10, 200_000  # how power grows with strength: on so many seeds, up to this scale
FIXED = frozenset({"split_consignments"})  # its strength is a share of the limit, not of chances
# With other code than this a result is another one.
SIMULATED = ("simulate/**/*",)
FOUND_BY = (*SIMULATED, "engine/*", "stats/*", "signals/*", "signals/detectors/*")
CONTROLLED_BY = (*SIMULATED, "engine/*", "signals/controls/**/*")


@dataclass(frozen=True)
class Written:
    """The facts that a simulation wrote, as a lake: they are already in the contract's columns and types."""

    folder: Path

    def select(self, table: str, as_of: date | None = None) -> str:
        """A SELECT over the parts of a table; nothing where it has none."""
        columns = TABLES[table].columns
        if not (self.folder / table).is_dir():
            return f"SELECT {', '.join(f'CAST(NULL AS {DUCKDB[c.type]}) AS "{c.name}"' for c in columns)} WHERE false"
        names = ", ".join(f'"{column.name}"' for column in columns)
        return f"SELECT {names} FROM read_parquet('{self.folder / table}/*.parquet')"

    def batches(self, as_of: date | None = None) -> Sequence[object]:
        """None: nothing was imported."""
        return ()


def found(declarations: int, seed: int, strength: float, worlds: Path) -> dict:
    """What the detectors find in one administration, against its truth; strength 0 is the quiet one."""
    began = time.process_time()
    facts, truth_file = _simulated(declarations, seed, strength, worlds)
    with Session(facts) as session:
        findings = detect(session, _needed(strength)).findings
    told = score(findings, truth_file)
    planted = json.loads(truth_file.read_text(encoding="utf-8"))["planted"]
    return {
        "met": [
            {"kind": met.kind, "found": met.found, "code": met.code}
            | {name: truth.get(name) for name in ("expected", "steered", "count")}
            for met, truth in zip(told.met, planted, strict=True)
        ],
        "false_share": told.false_share,
        "false": {code: [told.false[code], told.total[code]] for code in sorted(told.total)},
        "statistical": sorted(told.statistical),
        "people": sum(f.subject_type.names_a_person for f in findings if f.q_value is not None),
        "code": code_state(FOUND_BY),
        "cpu_seconds": round(time.process_time() - began, 1),
    }


def controlled(declarations: int, seed: int, strength: float, worlds: Path) -> dict:
    """What the controls name in one administration, object by object against its truth."""
    began = time.process_time()
    told = [asdict(one) for one in compare(*_simulated(declarations, seed, strength, worlds))]
    return {"controls": told, "code": code_state(CONTROLLED_BY), "cpu_seconds": round(time.process_time() - began, 1)}


def _simulated(declarations: int, seed: int, strength: float, worlds: Path) -> tuple[Written, Path]:
    """The facts and the truth of one administration, from the folder of worlds if it is there: whole or not at all."""
    folder = worlds / code_state(SIMULATED) / f"{declarations}-{seed}-{strength}"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        simulate.run(_scenario(strength), declarations, seed, fresh)
        fresh.replace(folder)
    return Written(folder), folder / "truth.json"


@cache
def code_state(patterns: tuple[str, ...]) -> str:
    """A short hash of the code that a result depends on, as it was when the bench began."""
    source = ROOT / "src" / "guanjian"
    files = sorted({file for pattern in patterns for file in source.glob(pattern)})
    return state_of(file for file in files if file.suffix in (".py", ".yaml", ".csv"))


def _needed(strength: float) -> list:
    """In a quiet world those that judge people by chance (they are judged apart from the others); else everything."""
    every = catalogue.chosen("")
    return every if strength else [d for d in every if d.statistical and d.subject.names_a_person]


def _scenario(strength: float) -> simulate.scenario.Scenario:
    """`everything` with each plant at this strength; at 0 the same honest life without any."""
    told = load("everything")
    plants = [plant if plant["kind"] in FIXED else plant | {"strength": strength} for plant in told.plants]
    return replace(told, name=f"everything at {strength}", plants=tuple(plants) if strength else ())


def worlds(asked: argparse.Namespace) -> Iterator[tuple[int, int, float]]:
    """The worlds of the table in the order of their worth: medium strength and quiet first, growth last."""
    for declarations in asked.declarations:
        for seed in range(1, asked.seeds + 1):
            yield from ((declarations, seed, strength) for strength in (MEDIUM, QUIET))
    for declarations in asked.declarations:
        if declarations <= GROWTH_LARGEST and not asked.small:
            for seed in range(1, min(asked.seeds, GROWTH_SEEDS) + 1):
                yield from ((declarations, seed, strength) for strength in STRENGTHS if strength != MEDIUM)


def main(arguments: list[str]) -> None:
    """Every world that is not kept yet, then the table of those that are."""
    asked = _asked(arguments)
    for world in () if asked.table else worlds(asked):
        with tempfile.TemporaryDirectory() as folder:
            for part in ("", "/controls") if world[2] == MEDIUM else ("",):
                _measured(world, part, asked.worlds or Path(folder))
    text = "\n".join(tell(KEPT.all(), asked.declarations, asked.seeds))
    KEPT.place.with_suffix(".md").write_text(text + "\n", encoding="utf-8")
    print(text)


def _measured(world: tuple[int, int, float], part: str, place: Path) -> None:
    """One part of a world's result, unless this code gave it before."""
    measure, by = (controlled, CONTROLLED_BY) if part else (found, FOUND_BY)
    name = "/".join(map(str, world)) + part
    if KEPT.all().get(name, {}).get("code") != code_state(by):
        told = measure(*world, place)
        KEPT.keep(name, told)
        print(f"{name}: {_line(told)}", flush=True)


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench_power")
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--worlds", type=Path)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--declarations", type=int, nargs="+")
    asked = parser.parse_args(arguments)
    asked.seeds = asked.seeds or (2 if asked.small else SEEDS)
    asked.declarations = asked.declarations or ((20_000,) if asked.small else SCALES)
    return asked


def _line(told: dict) -> str:
    if "controls" in told:
        wrong = [one["code"] for one in told["controls"] if one["named"] != one["both"] or one["true"] != one["both"]]
        return f"controls that differ from the truth: {' '.join(wrong) or 'none'}, {told['cpu_seconds']} CPU s"
    met = sum(met["found"] for met in told["met"])
    return (
        f"{met} of {len(told['met'])} found, false share {told['false_share']:.3f}, {told['people']} about people,"
        f" {told['cpu_seconds']} CPU s"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
