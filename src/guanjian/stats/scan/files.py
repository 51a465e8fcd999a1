"""How are plain files read into a scan? CSV with a header, or SaTScan's .cas .pop .ctl .geo and .prm files."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.stats.scan.tree import Tree
from guanjian.stats.times import steps_of

HEADERS = {
    ".cas": ("place", "count", "time"),
    ".ctl": ("place", "count", "time"),
    ".pop": ("place", "time", "population"),
    ".geo": ("place", "lat", "lon"),
}


@dataclass(frozen=True)
class Inputs:
    """What the files say: names of places and steps, a tree, arrays (T, L, P), and coordinates (P, 2)."""

    places: tuple[str, ...]
    steps: tuple[str, ...]
    tree: Tree
    cases: np.ndarray
    exposure: np.ndarray | None
    points: np.ndarray
    geographic: bool


@dataclass(frozen=True)
class Paths:
    """Which files; `plane` says that a .geo file holds x and y, not latitude and longitude."""

    cases: Path
    places: Path
    exposure: Path | None = None
    controls: Path | None = None
    tree: Path | None = None
    plane: bool = False
    settings: dict = field(default_factory=dict)


def rows(path: Path, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a file as dictionaries; a missing file or column is said in one sentence."""
    if not path.exists():
        raise BadInput(f"找不到文件 {path}。", f"There is no file {path}.")
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() in HEADERS:
        names = HEADERS[path.suffix.lower()]
        found = [
            dict(zip(names, line.replace(",", " ").split(), strict=False)) for line in text.splitlines() if line.strip()
        ]
    else:
        found = [
            {(k or "").strip().lower(): (v or "").strip() for k, v in r.items()}
            for r in csv.DictReader(text.splitlines())
        ]
    absent = [name for name in needed if not found or name not in found[0]]
    if absent:
        raise BadInput(
            f"{path.name} 缺列：{'、'.join(absent)}。",
            f"{path.name} lacks the column {', '.join(absent)}, or has no rows.",
        )
    return found


def number(path: Path, line: int, value: str | None) -> float:
    """A finite number not below 0 or a sentence that names file and row."""
    try:
        found = float(value or "")
    except ValueError:
        found = float("nan")
    if not np.isfinite(found):
        raise BadInput(
            f"{path.name} 第{line}行“{value}”不是数字。", f"{path.name}, row {line}: {value!r} is not a number."
        )
    return found


def read(paths: Paths) -> Inputs:
    """All files of one scan, their names matched; a place or node that is not declared is refused by name."""
    places, points, geographic = _places(paths)
    cases = rows(paths.cases, ("place", "count"))
    tree = _tree(paths, cases)
    at = _Axes({p: i for i, p in enumerate(places)}, {n: i for i, n in enumerate(tree.names)}, *steps_of(_times(cases)))
    counts = _cube(paths.cases, cases, "count", at)
    exposure = None
    if paths.controls:
        exposure = counts + _cube(paths.controls, rows(paths.controls, ("place", "count")), "count", at)
    elif paths.exposure:
        exposure = _exposure(paths.exposure, at)
    return Inputs(places, at.labels, tree, counts, exposure, points, geographic)


@dataclass(frozen=True)
class _Axes:
    place: dict[str, int]
    node: dict[str, int]
    step: dict[str, int]
    labels: tuple[str, ...]


def _times(found: list[dict[str, str]]) -> list[str]:
    return [row["time"] for row in found if row.get("time")]


def _places(paths: Paths) -> tuple[tuple[str, ...], np.ndarray, bool]:
    found = rows(paths.places, ("place",))
    pair = next((p for p in (("lon", "lat"), ("x", "y")) if set(p) <= found[0].keys()), None)
    if pair is None:
        raise BadInput(f"{paths.places.name} 须有 lon,lat 或 x,y 两列。", f"{paths.places.name} needs lon,lat or x,y.")
    file = paths.places
    points = np.array([[number(file, i + 1, r.get(c)) for c in pair] for i, r in enumerate(found)])
    names = tuple(r["place"] for r in found)
    if len(set(names)) < len(names):
        raise BadInput(f"{file.name} 中有重复的地点。", f"{file.name} names a place twice.")
    if paths.plane and pair == ("lon", "lat"):
        points = points[:, ::-1]
    return names, points, pair == ("lon", "lat") and not paths.plane


def _tree(paths: Paths, cases: list[dict[str, str]]) -> Tree:
    if paths.tree:
        return Tree.of((r["node"], r["parent"]) for r in rows(paths.tree, ("node", "parent")))
    return Tree.flat(dict.fromkeys(r.get("node") or "all" for r in cases))


def _index(path: Path, names: dict[str, int], name: str) -> int:
    if name not in names:
        raise BadInput(
            f"{path.name} 中的“{name}”没有声明。", f"{path.name}: {name!r} is not declared in the other files."
        )
    return names[name]


def _cube(path: Path, found: list[dict[str, str]], column: str, at: _Axes) -> np.ndarray:
    cube = np.zeros((len(at.labels), len(at.node), len(at.place)))
    for i, row in enumerate(found):
        step = _index(path, at.step, row["time"]) if row.get("time") and len(at.labels) > 1 else 0
        node = _index(path, at.node, row.get("node") or "all") if "node" in row or "all" in at.node else 0
        cube[step, node, _index(path, at.place, row["place"])] += number(path, i + 1, row.get(column))
    return cube


def _exposure(path: Path, at: _Axes) -> np.ndarray:
    """With time, the last known value holds until the next; without, one value for all steps."""
    found = rows(path, ("place", "population"))
    if "node" in found[0]:
        cube = _cube(path, found, "population", at)
        return cube if "time" in found[0] else np.broadcast_to(cube[:1], cube.shape)
    known = np.full((len(at.labels), 1, len(at.place)), np.nan)
    for i, row in enumerate(found):
        step = at.step.get(row.get("time", ""), 0)
        known[step, 0, _index(path, at.place, row["place"])] = number(path, i + 1, row["population"])
    for step in range(1, len(known)):
        known[step] = np.where(np.isnan(known[step]), known[step - 1], known[step])
    if np.isnan(known).any():
        place = list(at.place)[int(np.isnan(known).any(axis=(0, 1)).argmax())]
        raise BadInput(
            f"{path.name} 没有“{place}”期初的数。", f"{path.name} has no value for {place!r} at the beginning."
        )
    return known


def parameters(path: Path) -> Paths:
    """A SaTScan .prm file: its files, beside it, and what of its settings a scan here understands."""
    if not path.exists():
        raise BadInput(f"找不到文件 {path}。", f"There is no file {path}.")
    lines = (
        line.split("=", 1)
        for line in path.read_text(encoding="utf-8-sig").splitlines()
        if "=" in line and line[0] != ";"
    )
    given = {k.strip(): v.strip() for k, v in lines}

    def file(name: str) -> Path | None:
        return path.parent / Path(given[name].replace("\\", "/")).name if given.get(name) else None

    model = {"0": "poisson_cond", "1": "bernoulli", "2": "st_permutation"}.get(given.get("ModelType", "0"))
    kind = given.get("AnalysisType", "1")
    cases, places = file("CaseFile"), file("CoordinatesFile")
    if model is None or kind not in "134" or given.get("ScanAreas", "1") != "1" or not cases or not places:
        raise BadInput(
            "只读 .prm 中泊松、伯努利、时空置换模型的高发聚集（纯空间或时空）。",
            "Of a .prm file only high-rate Poisson, Bernoulli or space-time permutation scans are read.",
        )
    settings = {
        "statistic": model,
        "max_share": float(given.get("MaxSpatialSizeInPopulationAtRisk", 50)) / 100,
        "replicates": int(given.get("MonteCarloReps", 999)),
        "min_cases": int(given.get("MinimumCasesInHighRateClusters", 2)),
        "alive": kind == "4",
    }
    controls = file("ControlFile") if model == "bernoulli" else None
    plane = given.get("CoordinatesType", "1") == "0"
    return Paths(cases, places, file("PopulationFile"), controls, None, plane, settings)
