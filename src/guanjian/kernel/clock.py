"""Which clock runs when a record changes its state: a wait for the other side holds one's own, and it resumes after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from guanjian.kernel.workdays import Stops

Clocks = dict[str, dict[str, Any]]  # by state: {"since": iso, "stops": [[iso, iso], …], "held_at": iso?}


def turned(clocks: Clocks, left: tuple[str, datetime], entered: str, holds: dict[str, str], at: datetime) -> Clocks:
    """The clocks after going from the state `left` (name, entered when) to `entered` at `at`.

    `holds` says for each waiting state whose clock stands still meanwhile. A clock that nobody holds is forgotten.
    """
    name, since = left
    kept = {state: clock for state, clock in clocks.items() if state not in (name, entered)}
    own = clocks.get(name, {"since": since.isoformat(), "stops": []})
    if holds.get(entered) == name:
        kept[name] = {**own, "held_at": at.isoformat()}
    held = clocks.get(entered, {})
    if holds.get(name) == entered and "held_at" in held:
        stops = [*held["stops"], [held["held_at"], at.isoformat()]]
        kept[entered] = {"since": held["since"], "stops": stops}
    return kept


def running(clocks: Clocks, state: str, at: datetime) -> tuple[datetime, Stops]:
    """When the clock of this state began and where it stood still; one that is not kept begins at `at`."""
    clock = clocks.get(state)
    if clock is None:
        return at, []
    stops = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in clock["stops"]]
    return datetime.fromisoformat(clock["since"]), stops
