"""How was a roster stood? Read from the ledger when the period is over: who took up and handed over which shift, what came of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guanjian.ledger.models import Entry
from guanjian.loops.roster import rules
from guanjian.loops.roster.models import Roster
from guanjian.loops.roster.shifts import Shift, read
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM

READ = ("take_up", "hand_over", "open_clue", "grant_swap")
COVERED, PARTIAL, MISSED = "covered", "partial", "missed"


def turn() -> int:
    """Read the rosters whose period is over; how many. Asking again changes nothing."""
    due = [one for one in Roster.objects.filter(state="running").order_by("pk") if rules.is_over(one) is None]
    for one in due:
        advance(one, "take_reading", SYSTEM, reading_of(one))
    return len(due)


def reading_of(roster: Roster) -> dict[str, Any]:
    """The coverage as it was planned and as it was done, shift by shift, and the clues handed over meanwhile."""
    entries = _entries(roster)
    seen = [_watched(shift, entries) for shift in _as_stood(entries, roster)]
    outcomes, done = Counter(how for how, _ in seen), Counter(entry.event.partition(".")[2] for entry in entries)
    return {
        "planned": str(len(seen)),
        **{name: str(outcomes[name]) for name in (COVERED, PARTIAL, MISSED)},
        "minutes_planned": str(sum(shift.minutes for shift in roster.watch)),
        "minutes_done": str(sum(int(row["minutes"]) for _, row in seen)),
        "clues": str(done["open_clue"]),
        "swaps": str(done["grant_swap"]),
        "watches": [row for _, row in seen],
    }


def _entries(roster: Roster) -> list[Entry]:
    events = [f"roster.{name}" for name in ("arrange", "ask_swap", *READ)]
    return list(Entry.objects.filter(subject=roster.key, event__in=events).order_by("id"))


def _as_stood(entries: Sequence[Entry], roster: Roster) -> list[Shift]:
    """The shifts as the ledger tells them: as they were arranged last, with the swaps that were granted."""
    shifts, asked = roster.watch, {}
    for entry in entries:
        facts = json.loads(entry.body)["facts"]
        match entry.event:
            case "roster.arrange":
                shifts = read(facts["shifts"])
            case "roster.ask_swap":
                asked = facts
            case "roster.grant_swap":
                shifts = [
                    one.with_another(asked["leaves"], asked["stands_in"]) if one.number == int(asked["number"]) else one
                    for one in shifts
                ]
    return shifts


def _watched(shift: Shift, entries: Sequence[Entry]) -> tuple[str, dict[str, str]]:
    """How one shift was stood: by both sides and handed over by both, by one or without handing over, or by nobody."""
    sides = (shift.customs, shift.police)
    came = [_first(entries, "take_up", shift, side) for side in sides]
    left = [_last(entries, shift, side) for side in sides]
    whole = all((*came, *left))
    handed = min(left) if whole else None
    minutes = int((min(handed, shift.ends) - max(*came, shift.starts)).total_seconds() // 60) if whole else 0
    how = COVERED if whole else PARTIAL if any(came) else MISSED
    at = {"customs_at": came[0], "police_at": came[1], "handed_at": handed}
    told = {name: moment.isoformat() if moment else "" for name, moment in at.items()}
    return how, {"number": str(shift.number), **told, "minutes": str(max(0, minutes))}


def _first(entries: Sequence[Entry], what: str, shift: Shift, side: Sequence[str]) -> datetime | None:
    """When the first of this side took the shift up."""
    mine = (entry for entry in entries if entry.event == f"roster.{what}" and entry.actor in side)
    return next((entry.at for entry in mine if shift.going_on(entry.at)), None)


def _last(entries: Sequence[Entry], shift: Shift, side: Sequence[str]) -> datetime | None:
    """When the last of this side who had taken it up handed it over; None while somebody has not."""
    ends = []
    for who in side:
        came = _first(entries, "take_up", shift, (who,))
        if came is None:
            continue
        left = (entry.at for entry in entries if entry.event == "roster.hand_over" and entry.actor == who)
        ends.append(next((at for at in left if at >= came), None))
    return max(ends) if ends and all(ends) else None
