"""How does a loophole spread? Which house and line it reaches in which week, how ripe it is there, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

RIPENING = 6  # weeks from the first use in a house until everybody there knows the way
STAGES = (("general", 0.5), ("trending", 0.25), ("emerging", 0.08), ("latent", 0.0))  # from which share of the scope on


@dataclass(frozen=True)
class Course:
    """Cells (house, line) in the order in which they are reached, and the week of each."""

    house: np.ndarray
    line: np.ndarray
    week: np.ndarray

    def ripeness(self, week: int) -> np.ndarray:
        """Per cell 0 before it is reached, then in equal steps to 1."""
        return np.clip((week - self.week + 1) / RIPENING, 0, 1)

    def share(self, week: int) -> float:
        """How much of the scope is reached."""
        return float((self.week <= week).mean())

    def stage(self, week: int) -> str:
        """The stage by the share of the scope."""
        share = self.share(week)
        return next(name for name, least in STAGES if share >= least)


def course(scope: tuple[np.ndarray, np.ndarray], away: np.ndarray, pace: tuple[int, float], rng) -> Course:
    """`scope` are houses (the seat first in distance `away`) and lines; `pace` the first week and the weekly growth rate.

    It goes to near houses first, not strictly, and from its first line to the others of the branch; the reached share
    follows a logistic curve from one cell on.
    """
    houses, lines = scope
    start, growth = pace
    near = np.argsort(np.argsort(away)) / max(1, len(houses) - 1)
    late = np.arange(len(lines)) / max(1, len(lines) - 1)
    score = near[:, None] + 0.15 * late[None, :] + 0.12 * rng.gumbel(size=(len(houses), len(lines)))
    score[np.argmin(away), 0] = -np.inf
    order = np.argsort(score.ravel(), kind="stable")
    cells = len(order)
    part = (np.arange(cells) + 0.5) / cells
    odds = np.log(part / (1 - part))
    house, line = np.divmod(order, len(lines))
    return Course(houses[house], lines[line], start + np.floor((odds - odds[0]) / growth).astype(np.int64))


def kilometres(lon: np.ndarray, lat: np.ndarray, seat: int) -> np.ndarray:
    """Rough distances from one place; near enough to say what is near."""
    east = (lon - lon[seat]) * np.cos(np.radians(lat[seat]))
    return 111.2 * np.hypot(east, lat - lat[seat])
