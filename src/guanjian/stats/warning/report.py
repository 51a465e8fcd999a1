"""What is answered to someone who brings series in a file? One row per series and week judged."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.stats.times import steps_of
from guanjian.stats.warning.charts import bayes, cusum, ears
from guanjian.stats.warning.farrington import Farrington, farrington, original
from guanjian.stats.warning.likelihood import glr, waves

COLUMNS = ("series", "time", "observed", "expected", "upper", "alarm", "score", "p")


def series_of(path: Path) -> tuple[list[str], tuple[str, ...], np.ndarray]:
    """Names, times and counts (T, S) of a CSV, wide (time,a,b,…) or long (series,time,count); gaps are 0 if long."""
    if not path.exists():
        raise BadInput(f"找不到文件 {path}。", f"There is no file {path}.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = [row for row in csv.reader(file) if row]
    head = [name.strip().lower() for name in found[0]] if found else []
    if len(found) < 2 or len(head) < 2:
        raise BadInput(
            f"{path.name} 须有表头：time 加各序列，或 series,time,count。",
            f"{path.name} needs a header: time and a column per series, or series,time,count.",
        )
    cells = _long(path, head, found[1:]) if {"series", "time", "count"} <= set(head) else _wide(found)
    at, labels = steps_of(time for _, time, _ in cells)
    names = {name: i for i, name in enumerate(dict.fromkeys(name for name, _, _ in cells))}
    counts = np.full((len(labels), len(names)), 0.0 if "series" in head else np.nan)
    for name, time, value in cells:
        counts[at[time], names[name]] = _count(path, time, value)
    if np.isnan(counts).any():
        raise BadInput(f"{path.name} 的时间有缺口。", f"{path.name} has gaps in time.")
    return list(names), labels, counts


def _long(path: Path, head: list[str], rows: list[list[str]]) -> list[tuple[str, str, str]]:
    places = [head.index(name) for name in ("series", "time", "count")]
    if any(len(row) < len(head) for row in rows):
        raise BadInput(f"{path.name} 有的行列数不够。", f"{path.name}: some row is shorter than the header.")
    return [tuple(row[i].strip() for i in places) for row in rows]


def _wide(found: list[list[str]]) -> list[tuple[str, str, str]]:
    names = [name.strip() for name in found[0][1:]]
    return [
        (name, row[0].strip(), value.strip()) for row in found[1:] for name, value in zip(names, row[1:], strict=False)
    ]


def _count(path: Path, time: str, value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not found >= 0 or found == float("inf"):
        raise BadInput(
            f"{path.name} 中 {time} 的“{value}”不是非负数。", f"{path.name}: {value!r} at {time} is not a number >= 0."
        )
    return found


def verdicts(path: Path, method: str, last: int | None, options: dict) -> list[dict]:
    """Rows in the order of series and time, for the last `last` steps, or all that have enough history."""
    names, labels, counts = series_of(path)
    weeks = range(_needed(method, options, counts) if last is None else max(0, len(counts) - last), len(counts))
    if not len(weeks):
        raise BadInput("历史不够，没有一期可判断。", "There is too little history to judge even one step.")
    table = _judge(method, counts, weeks, labels, options)
    blank = np.full((len(weeks), len(names)), np.nan)
    columns = [table.get(c, blank) for c in ("expected", "upper", "alarm", "score", "p")]
    return [
        dict(zip(COLUMNS, (name, labels[k], _plain(counts[k, j]), *(_plain(c[i, j]) for c in columns)), strict=True))
        for j, name in enumerate(names)
        for i, k in enumerate(weeks)
    ]


def _plain(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.10g}"


def _needed(method: str, options: dict, counts: np.ndarray) -> int:
    if method.startswith("farrington"):
        return 53 * options.get("years", 4) + options.get("half", 3) + 1
    return {"bayes": 52 * 2 + 6, "ears": 11, "cusum": min(52, len(counts) // 2), "glrnb": len(counts) // 2}[method]


def _judge(method: str, counts: np.ndarray, weeks: range, labels: tuple[str, ...], options: dict) -> dict:
    if method.startswith("farrington"):
        how = original(**options) if method == "farrington-original" else Farrington(**options)
        told = farrington(counts, weeks, how, _dates(labels))
        return {name: np.asarray(getattr(told, name), float) for name in ("expected", "upper", "alarm", "score", "p")}
    if method == "glrnb":
        pairs = [glr(column, waves(column, weeks[0]), weeks) for column in counts.T]
        alarm, score = (np.column_stack(c).astype(float) for c in zip(*pairs, strict=True))
        return {"alarm": alarm, "score": score}
    alarm, upper = {"ears": ears, "cusum": cusum, "bayes": bayes}[method](counts, weeks, **options)
    return {"alarm": alarm.astype(float), "upper": upper}


def _dates(labels: tuple[str, ...]) -> np.ndarray | None:
    return np.array(labels, "datetime64[D]") if labels[0].count("-") == 2 else None
