"""By which rules is a week judged? Settings that a director understands, recorded with every judgement."""

from __future__ import annotations

from dataclasses import dataclass

WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Rules:
    """Windows count weeks. `alarms_a_year`: how many false alarms a year are put up with, over the whole service.

    `redraw`: chance is drawn anew every so many weeks (1: each week); `eased`: by how much the bound is lowered where
    the same problem was met within `remembered` weeks; `faint`: the largest p that is
    watched; `likely` and `latent_after`: when what is watched is latent;
    `up`, `down`, `steady`: how sure the chain must be to raise a stage, to lower it, and for how many weeks;
    `contagion_draws`: data sets for the range of the contagion index, None: no index at all.
    """

    window: int = 12
    history: int = 104
    recent: int = 6
    replicates: int = 199
    seed: int = 20260101
    alarms_a_year: float = 1.0
    redraw: int = 1
    neighbours: int = 30
    watched: int = 12
    faint: float = 0.5
    alike: float = 0.3
    remembered: int = 52
    eased: float = 2.5
    likely: float = 0.8
    latent_after: int = 8
    up: float = 0.6
    down: float = 0.9
    steady: int = 4
    quiet_after: int = 8
    global_from: float = 0.5
    local_below: float = 0.35
    contagion_draws: int | None = 20

    @property
    def alpha(self) -> float:
        """The chance of a false alarm that one week may have."""
        return min(0.2, self.alarms_a_year / WEEKS_A_YEAR)
