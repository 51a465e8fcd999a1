"""Which breaches arose by themselves? Written down while people act, from what each of them did on an entry."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanjian.simulate.truth import Notes, record
from guanjian.simulate.work import MACHINE, NOBODY, NONE, PRICE, Work
from guanjian.simulate.world import World

INCOMPATIBLE = "incompatible_posts"
ALONE = "two_person_breach"
LIGHTER = "downgraded_examination"
UNDERVALUED = "undervaluation"
MISDECLARED = "misdeclaration"
OFFICERS = (INCOMPATIBLE, ALONE, LIGHTER)


def note(world: World, work: Work, notes: Notes) -> None:
    """The breaches of one day's entries: people first, then traders."""
    both, who = _two_functions(work, world.period.cutoff)
    notes.add(INCOMPATIBLE, who, work.entry[both])
    done = work.examined(world.period.cutoff)
    alone = done & (work.second == NOBODY) & (work.mode != MACHINE)  # a machine needs one operator only
    notes.add(ALONE, work.lead[alone], work.entry[work.exam_entry[alone]])
    lighter = done & (work.mode > work.required)
    notes.add(LIGHTER, work.lead[lighter], work.entry[work.exam_entry[lighter]])
    low = np.bincount(work.item_entry, work.factor < 1, work.count) > 0
    notes.add(UNDERVALUED, world.trader_enterprise(work.trader[low]), work.entry[low])
    other = (work.wrong != NONE) & (work.wrong != PRICE)
    notes.add(MISDECLARED, world.trader_enterprise(work.trader[other]), work.entry[other])


def _two_functions(work: Work, cutoff: int) -> tuple[np.ndarray, np.ndarray]:
    """Entries on which one person held two of the five functions, and who (an entry may come twice)."""
    place = work.last_examiner()
    done = work.examined(cutoff)
    pad = tuple(np.append(np.where(done, who, NOBODY), NOBODY) for who in (work.lead, work.second))
    released = np.where((work.release_at > 0) & (work.release_at <= cutoff), work.releaser, NOBODY)
    hands = [(work.reviewer,), (pad[0][place], pad[1][place]), (released,), (work.auditor,)]
    entries, who = [], []
    for place_a, first in enumerate(hands):
        for second in hands[place_a + 1 :]:
            for a in first:
                for b in second:
                    same = np.flatnonzero((a == b) & (a != NOBODY))
                    entries.append(same)
                    who.append(a[same])
    return np.concatenate(entries), np.concatenate(who)


def arisen(world: World, notes: Notes, planted: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records of what nobody planted: noted breaches less those that a plant owns."""
    owned = {key for plant in planted for key in _owned(plant)}
    found = []
    for kind in (*OFFICERS, UNDERVALUED, MISDECLARED):
        for subject, entries in notes.by_subject(kind).items():
            name = world.staff.ids[subject] if kind in OFFICERS else ""
            left = [entry for entry in entries if (kind, name, entry) not in owned]
            if left:
                found.append(_record(world, kind, subject, left))
    return found


def _owned(plant: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Its breaches: of an officer's kind they are his alone, of a trader's kind the entry's."""
    officers = [s["subject_id"] for s in plant["subjects"] if s["subject_type"] == "officer"]
    names = {kind: officers if kind in OFFICERS else [""] for kind in plant["breaches"]}
    return {(kind, name, entry) for kind in names for name in names[kind] for entry in plant["entries"]}


def _record(world: World, kind: str, subject: int, entries: list[str]) -> dict[str, Any]:
    if kind in OFFICERS:
        return record(kind, "officer", world.staff.ids[subject], entries[0][:4], entries, origin="arisen")
    return record(kind, "enterprise", world.enterprise_ids[subject], entries[0][:4], entries, origin="arisen")
