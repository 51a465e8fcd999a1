"""How early, how rightly and how quietly are spreading risks judged? Resumable: each finished world is kept.

    python -m tests.speed.bench_risk                 # worlds of every kind, then the table
    python -m tests.speed.bench_risk --small         # a few of them
    python -m tests.speed.bench_risk fit             # fit the chain of stages to other worlds; writes chain.json
    python -m tests.speed.bench_risk national        # one week of the whole service: 300 houses, seconds
    python -m tests.speed.bench_risk table

Results are kept in build/bench/risk.json. The worlds of the fit and those of the bench share no seed. Beside the chain
stands what it must beat: stages by a cut-off on the count of cases, its cut-offs chosen on the worlds of the fit.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from guanjian.customs.codes import districts
from guanjian.kernel.risks import Answerable, Risk
from guanjian.risk import chain as chain_file
from guanjian.risk.chain import Chain, fit, fitted
from guanjian.risk.judge import Memory, Setting, advanced, judge, told_of
from guanjian.risk.lineage import Lineage, alike
from guanjian.risk.panel import Panel
from guanjian.risk.places import places_of
from guanjian.risk.rules import Rules
from guanjian.risk.whose import HEADQUARTERS
from tests.speed.kept import Kept
from tests.speed.spreads import LINES, World, simulated, week_labels, world

KEPT = Kept(Path("build/bench/risk.json"))
CHAIN = Path(chain_file.__file__).with_name("chain.json")
RULES = Rules(replicates=99, redraw=8)
BEYOND_OWN_MEANS = 5  # the top grade of consequence
FIT_SEEDS, BENCH_SEEDS = range(1000, 1010), range(12)
KINDS = ("systemic", "regional", "single", "quiet")
SCENARIOS = ("systemic", "cross", "regional", "quiet")


def lived(of: World, setting: Setting) -> list[dict]:
    """Every week from the onset on: what was said of it, and how that stands to the truth."""
    memory, rows = Memory(), []
    last = len(of.panel.weeks)
    for week in range(of.onset - 8, last):
        panel = of.panel.until(of.panel.weeks[week])
        scene, memory = advanced(panel, of.places, memory, setting)
        told = [told_of(line, scene, of.places, setting) for line in memory.lineages if line.open and line.stage]
        again = {line.lineage_id: line for _, line in told}
        memory = replace(memory, lineages=tuple(again.get(o.lineage_id, o) for o in memory.lineages))
        weight, true = scene.week.mean.sum(axis=0), of.mask(week)
        said = [line for line in memory.lineages if line.open and line.alarmed is not None]
        met = max(said, key=lambda line: alike(line.mask, true, weight), default=None)
        if met is not None and not (met.mask & true).any():
            met = None
        false = [line.lineage_id for line in said if not (line.mask & of.mask(last)).any()]
        rows.append({"week": week, "true": int(of.stages[week]), "false": false})
        rows[-1]["met"] = _of(met, {risk.lineage_id: risk for risk, _ in told})
        rows[-1]["faint"] = [o.course[-1]["features"] for o in memory.lineages if o.open and o.alarmed is None]
        if met is not None:
            rows[-1]["met"]["jaccard"] = alike(met.mask, true, weight)
    return rows


def _of(line: Lineage | None, told: dict[str, Risk]) -> dict | None:
    if line is None:
        return None
    risk = told[line.lineage_id]
    row = line.course[-1]
    return {
        "id": line.lineage_id,
        "stage": risk.stage.rank,
        "shape": str(risk.shape),
        "owner": [str(risk.owner.kind), risk.owner.unit_code],
        "beyond": risk.cell.consequence == BEYOND_OWN_MEANS,
        "features": row["features"],
        "observed": row["observed"],
    }


def owner_is_right(of: World, row: dict) -> bool:
    """By the true cells of that week: a line over several districts is headquarters', an area its leadership's.

    What is beyond the owner's own means is headquarters' at once, whatever its shape.
    """
    districts = of.districts(row["week"])
    kind, unit = row["met"]["owner"]
    if row["met"]["beyond"]:
        return (kind, unit) == (Answerable.DEPARTMENT, HEADQUARTERS)
    if of.kind == "regional":
        return kind == Answerable.LEADERSHIP and unit in districts
    if of.kind in ("systemic", "cross") and len(districts) > 1:
        return kind == Answerable.DEPARTMENT
    return unit[:2] + "00" in districts


def scored(of: World, rows: list[dict]) -> dict:
    """One world in figures; weeks count from the onset."""
    met = [row for row in rows if row["met"] and row["true"] >= 0]
    ids = [row["met"]["id"] for row in met]
    main = max(set(ids), key=ids.count) if ids else None
    first = met[0]["week"] - of.onset if met else None
    last = met[-1] if met else None
    return {
        "kind": of.kind,
        "weeks": len(rows),
        "delay": first,
        "lead": None if of.general is None or first is None else of.general - of.onset - first,
        "general": None if of.general is None else of.general - of.onset,
        "recognised": ids.count(main) / len(ids) if ids else None,
        "jaccard": float(np.median([row["met"]["jaccard"] for row in met[len(met) // 3 :]])) if met else None,
        "owner": owner_is_right(of, last) if last else None,
        "owner_weeks": float(np.mean([owner_is_right(of, r) for r in met])) if met else None,
        "false": len({name for row in rows for name in row["false"]}),
        "stages": [(row["true"], row["met"]["stage"], row["met"]["observed"]) for row in met],
    }


def bench(asked: argparse.Namespace) -> None:
    """Worlds of every kind, those that are not known yet."""
    seeds = BENCH_SEEDS[:3] if asked.small else BENCH_SEEDS
    setting = Setting(RULES)
    for seed in seeds:
        for kind in KINDS:
            _one(f"{kind} {seed}", lambda kind=kind, seed=seed: world(kind, seed), setting)
    for seed in seeds[: 1 if asked.small else 4]:
        for kind in SCENARIOS:
            _one(f"simulated {kind} {seed}", lambda kind=kind, seed=seed: simulated(kind, seed), setting)
    table(asked)


def _one(name: str, make: Callable[[], World], setting: Setting) -> None:
    """Live through one world and keep how it went, unless that is known."""
    if name in KEPT.all():
        return
    begun, of = time.process_time(), make()
    KEPT.keep(name, scored(of, lived(of, setting)) | {"cpu_s": time.process_time() - begun})
    print(name, {k: v for k, v in KEPT.all()[name].items() if k != "stages"}, flush=True)


def train(asked: argparse.Namespace) -> None:
    """The chain from worlds of its own; what is said of stages while it is fitted changes nothing that it learns from."""
    courses, counts, faint = [], [], []
    setting = Setting(RULES, fitted() if CHAIN.exists() else _blank())
    for seed in FIT_SEEDS[:3] if asked.small else FIT_SEEDS:
        of = world("systemic", seed)
        weeks = lived(of, setting)
        faint += [features for row in weeks for features in row["faint"]]
        rows = [row for row in weeks if row["met"]]
        courses.append((np.array([r["met"]["features"] for r in rows]), np.array([r["true"] for r in rows])))
        counts += [(row["true"], row["met"]["observed"]) for row in rows]
        print("fit", seed, len(rows), flush=True)
    made = fit(courses, np.array(faint))
    origin = {"seeds": list(FIT_SEEDS), "rules": asdict(RULES), "weeks": sum(len(s) for _, s in courses)}
    told = made.as_dict() | {"cut_offs": cut_offs(counts), "made_by": "tests/speed/bench_risk.py fit", "origin": origin}
    CHAIN.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _blank() -> Chain:
    return Chain(np.full(4, 0.25), np.full((4, 4), 0.25), np.zeros((4, 4)), np.stack([np.eye(4)] * 4))


def cut_offs(pairs: list[tuple[int, float]]) -> list[float]:
    """The three counts that part the four stages with the fewest errors: the best that a cut-off can do."""
    true, count = (np.array(part) for part in zip(*[p for p in pairs if p[0] >= 0], strict=True))
    tried = np.unique(np.quantile(count, np.linspace(0, 1, 40)))
    best = []
    for rank in (1, 2, 3):
        errors = [((count >= cut) != (true >= rank)).sum() for cut in tried]
        best.append(float(tried[int(np.argmin(errors))]))
    return best


def table(_: argparse.Namespace) -> None:
    """What is known so far, with the bars that it must meet."""
    for title, simulated_ones in (
        ("worlds of the bench: 42 districts, 32 indicators", False),
        ("the simulator's loophole: its houses, 43 lines", True),
    ):
        rows = [v for name, v in KEPT.all().items() if "stages" in v and name.startswith("simulated") == simulated_ones]
        if rows:
            print(f"── {title}")
            _told(rows)
    if "national" in KEPT.all():
        print("national week:", KEPT.all()["national"])


def _told(rows: list[dict]) -> None:
    by = {kind: [row for row in rows if row["kind"] == kind] for kind in (*KINDS, "cross")}
    cuts = json.loads(CHAIN.read_text())["cut_offs"]
    for kind, mine in by.items():
        if mine:
            _line(kind, mine)
    spread = [row for row in by["systemic"] if row["lead"] is not None]
    stages = np.array([pair for row in by["systemic"] for pair in row["stages"] if pair[0] >= 0]).reshape(-1, 3)
    if len(stages):
        by_cut = (stages[:, 2][:, None] >= np.array(cuts)).sum(axis=1)
        for name, said in (("chain", stages[:, 1]), ("cut-off on counts", by_cut)):
            gap = np.abs(said - stages[:, 0])
            print(f"stages by {name}: right {np.mean(gap == 0):.3f}, mean error {gap.mean():.3f}, n={len(gap)}")
    years = sum(row["weeks"] for row in rows) * 42 / 52
    quarters = sum(row["weeks"] for row in by["quiet"]) / 13
    print(f"lead, median weeks before general (>= 4): {_median(spread, 'lead')}")
    print(f"false alarms per district-year (<= 1): {sum(r['false'] for r in rows) / max(years, 1e-9):.4f}")
    print(
        f"above latent per quiet quarter (0 on average): {sum(r['false'] for r in by['quiet']) / max(quarters, 1e-9):.3f}"
    )
    for name, word in (("owner", "owner right (>= 0.9)"), ("recognised", "same risk recognised (>= 0.9)")):
        found = [float(row[name]) for row in rows if row[name] is not None]
        print(f"{word}: {np.mean(found) if found else float('nan'):.3f}, n={len(found)}")


def _median(rows: list[dict], name: str) -> float | None:
    found = [row[name] for row in rows if row[name] is not None]
    return float(np.median(found)) if found else None


def _line(kind: str, rows: list[dict]) -> None:
    met = [row for row in rows if row["delay"] is not None]
    figures = {name: _median(rows, name) for name in ("delay", "lead", "jaccard", "owner_weeks", "cpu_s")}
    told = ", ".join(f"{name} {value:.2f}" for name, value in figures.items() if value is not None)
    print(f"{kind:9} worlds {len(rows)}, met {len(met)}, false {sum(row['false'] for row in rows)}, medians: {told}")


def national(_: argparse.Namespace) -> None:
    """One week of the whole service: 42 districts x 7 houses, 100 indicators, two years; everything that is judged."""
    rng, houses, leaves = (
        np.random.default_rng(5),
        294,
        [(line, f"{line}-{i}") for line, _ in LINES for i in range(7)][:100],
    )
    rows = [
        {"unit_code": f"{d.code[:2]}{n:02}", "district_code": d.code, "lon": d.lon + n / 9, "lat": d.lat, "peer_group": d.peer_group}
        for d in districts() for n in range(1, 8)
    ]  # fmt: skip
    rate = np.outer(rng.gamma(2.0, 1.0, len(leaves)), rng.gamma(1.5, 1.0, houses))
    cases = rng.poisson(rng.gamma(rate * 2000 / rate.sum() / 0.3, 0.3, (116, *rate.shape))).astype(float)
    cases[-8:, rate.sum(axis=1).argmax(), :40] *= 3
    where = places_of(rows)
    panel = Panel(week_labels("2024-01-01", 116), tuple(leaves), where.codes, cases, np.ones_like(cases))
    wall, cpu = time.perf_counter(), time.process_time()
    paper, _ = judge(panel, where, Memory(), Setting(Rules()))
    spent = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu, "risks": len(paper.risks)}
    KEPT.keep("national", {key: round(value, 1) for key, value in spent.items()})
    print("national week (<= 180 s on 2 cores):", KEPT.all()["national"])


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("what", nargs="?", default="bench", choices=["bench", "fit", "national", "table"])
    ask.add_argument("--small", action="store_true")
    chosen = ask.parse_args()
    {"bench": bench, "fit": train, "national": national, "table": table}[chosen.what](chosen)
