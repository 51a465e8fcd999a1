"""What was counted, week by week? The measured table as one block of weeks × indicators × units, and its tree of lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from guanjian.customs.codes import codes
from guanjian.kernel.errors import BadInput
from guanjian.stats.scan import Tree
from guanjian.stats.times import steps_of

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("indicator_code", "unit_code", "line_code", "week", "cases", "exposure")
ALL = "ALL"


@dataclass(frozen=True)
class Panel:
    """Cases and exposure (T, L, P): weeks without gaps, leaves (line, indicator), units. The last week is judged."""

    weeks: tuple[str, ...]
    leaves: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    cases: np.ndarray
    exposure: np.ndarray

    @property
    def week(self) -> str:
        """The week that is judged."""
        return self.weeks[-1]

    def until(self, week: str) -> Panel:
        """What was known of the weeks up to this one."""
        if week not in self.weeks:
            raise BadInput(
                f"没有 {week} 的数据；现有 {self.weeks[0]} 至 {self.weeks[-1]}。",
                f"There is nothing for {week}; there are {self.weeks[0]} to {self.weeks[-1]}.",
            )
        end = self.weeks.index(week) + 1
        return Panel(self.weeks[:end], self.leaves, self.units, self.cases[:end], self.exposure[:end])

    @cached_property
    def tree(self) -> Tree:
        """Indicators under their lines under the whole; a line with one thing under it is left out."""
        return tree_of(self.leaves)

    @cached_property
    def kin(self) -> np.ndarray:
        """The number of the field, just below the whole, that each leaf's line belongs to (L,)."""
        above = {code: one.more["parent"] for code, one in codes("lines").items()}
        fields = [(ALL, *_upwards(line, above)[:-1])[-1] for line, _ in self.leaves]
        return np.unique(fields, return_inverse=True)[1]


def panel_of(table: pd.DataFrame, units: tuple[str, ...], until: str | None = None) -> Panel:
    """From rows `indicator_code unit_code line_code week cases exposure`; a missing row is a week without work.

    `week` is its Monday or `2026-W10`.
    Where an indicator has no exposure at all every week counts as one; units that are not listed are left out.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise BadInput(f"指标表缺少列：{'、'.join(missing)}。", f"The measured table lacks {', '.join(missing)}.")
    rows = table[table["unit_code"].isin(units)]
    rows = rows.assign(week=rows["week"].map({day: iso_week(day) for day in rows["week"].unique()}))
    if until is not None:
        rows = rows[rows["week"] <= until]
    if rows.empty:
        raise BadInput("这些单位在此之前没有任何指标数据。", "No indicator has a value for these units until then.")
    at, weeks = steps_of([*rows["week"].unique(), *([until] if until else [])])
    leaf = list(zip(rows["line_code"].fillna(""), rows["indicator_code"], strict=True))
    leaves = tuple(sorted(set(leaf)))
    place = {code: i for i, code in enumerate(units)}
    number = {one: i for i, one in enumerate(leaves)}
    where = (
        rows["week"].map(at).to_numpy(),
        np.array([number[one] for one in leaf]),
        rows["unit_code"].map(place).to_numpy(),
    )
    shape = (len(weeks), len(leaves), len(units))
    cases = _summed(where, rows["cases"].fillna(0).to_numpy(float), shape)
    exposure = _summed(where, rows["exposure"].fillna(0).to_numpy(float), shape)
    return Panel(weeks, leaves, units, cases, _with_work(cases, exposure))


def iso_week(day: str | date) -> str:
    """`2026-W10` of its Monday, or of any day; a week stays what it is."""
    if isinstance(day, str):
        return day
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _summed(where: tuple, values: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    flat = np.ravel_multi_index(where, shape)
    return np.bincount(flat, values, minlength=int(np.prod(shape))).reshape(shape)


def _with_work(cases: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """No case without exposure: an indicator without any gets one a week, a lone gap gets the indicator's mean."""
    total, cells = exposure.sum(axis=(0, 2)), (exposure > 0).sum(axis=(0, 2))
    mean = np.where(total > 0, total / np.maximum(cells, 1), 1.0)[None, :, None]
    filled = np.where((cases > 0) & (exposure <= 0), mean, exposure)
    return np.where((total > 0)[None, :, None], filled, 1.0)


def tree_of(leaves: tuple[tuple[str, str], ...], parents: Mapping[str, str] | None = None) -> Tree:
    """The leaves stand first, in their order, so that a leaf's number is its node's."""
    above = {code: one.more["parent"] for code, one in codes("lines").items()} if parents is None else dict(parents)
    ways = [_upwards(line, above) for line, _ in leaves]
    below: dict[str, set[str]] = {}
    for leaf, way in zip(leaves, ways, strict=True):
        for child, parent in zip((name_of(leaf), *way), way, strict=False):
            below.setdefault(parent, set()).add(child)
    kept = [node for node in dict.fromkeys(n for way in ways for n in way) if len(below[node]) > 1]
    names = [name_of(leaf) for leaf in leaves] + kept
    ups = [next((n for n in way if n in kept), None) for way in ways]
    ups += [next((n for n in _upwards(node, above)[1:] if n in kept), None) for node in kept]
    place = {name: i for i, name in enumerate(names)}
    return Tree(tuple(names), tuple(() if up is None else (place[up],) for up in ups))


def name_of(leaf: tuple[str, str]) -> str:
    """A leaf's node in the tree."""
    return "/".join(leaf)


def _upwards(line: str, above: Mapping[str, str]) -> tuple[str, ...]:
    """A line, what it hangs under, and so on up to the whole."""
    way = [] if line in ("", ALL) else [line]
    while way and above.get(way[-1]):
        way.append(above[way[-1]])
    return (*way, ALL)
