"""A small service for the tests of the risks: eight districts in a row, five indicators in three lines, even counts."""

from __future__ import annotations

import numpy as np

from guanjian.risk.panel import Panel, iso_week
from guanjian.risk.places import Places
from guanjian.risk.rules import Rules

LEAVES = (("CLR-EXAM", "A"), ("CLR-EXAM", "B"), ("CLR-RELEASE", "C"), ("TAX-VALUE", "D"), ("TAX-VALUE", "E"))
CODES = ("0100", "0200", "0400", "0500", "2200", "2300", "2900", "3100")
RULES = Rules(replicates=39, window=6, history=52, redraw=4, neighbours=8, contagion_draws=None)
A, B, C, D, E = range(5)


def places() -> Places:
    """Eight units, each its own district, on a line."""
    points = np.column_stack([110 + np.arange(8.0), np.full(8, 30.0)])
    return Places(CODES, points, CODES, ("coastal",) * 8)


def panel(many: int = 40, rate: float = 4.0, seed: int = 1) -> Panel:
    """Quiet weeks: Poisson counts of one rate everywhere."""
    cases = np.random.default_rng(seed).poisson(rate, (many, len(LEAVES), len(CODES))).astype(float)
    return Panel(weeks(many), LEAVES, CODES, cases, np.ones_like(cases))


def weeks(many: int) -> tuple[str, ...]:
    """ISO weeks from 2025-W01 on."""
    days = (np.datetime64("2024-12-30") + 7 * np.arange(many)).astype(object)
    return tuple(iso_week(day) for day in days)


def raised(given: Panel, leaves: list[int], units: list[int], first: int, times: float = 4.0) -> Panel:
    """The panel with more of something, from a week on."""
    cases = given.cases.copy()
    where = np.ix_(range(first, len(given.weeks)), leaves, units)
    cases[where] = np.round(cases[where] * times)
    return Panel(given.weeks, given.leaves, given.units, cases, given.exposure)


def mask(leaves: list[int], units: list[int]) -> np.ndarray:
    """Cells as a table of yes and no."""
    cells = np.zeros((len(LEAVES), len(CODES)), bool)
    cells[np.ix_(leaves, units)] = True
    return cells
