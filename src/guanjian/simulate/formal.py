"""Which formal rules were broken, by whomever? Every entry on which a rule that needs no judgement was not kept."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanjian.simulate import penalties
from guanjian.simulate.handling import HANDLINGS, NORMAL, POLICE
from guanjian.simulate.period import CHINA, DAY
from guanjian.simulate.truth import Notes, record
from guanjian.simulate.work import MACHINE, NOBODY, NONE, PRICE, Work
from guanjian.simulate.world import World

OFFICERS = ("too_short_examination", "unqualified_examiner", "off_roster", "find_released_normally", "not_transferred",
            "fine_without_legal_review", "fine_outside_band", "override", "override_without_reason")  # fmt: skip
UNITS = ("late_signature", "night_release", "hit_not_examined")
TRADERS = ("late_payment",)
OFTEN = 20  # overrides from which their share is judged: for an analyst, who reads and opens nothing, it is all of it
GRAVE = 100_000  # duty evaded from which the law wants a transfer; fines from which legal affairs must look


def note(world: World, work: Work, notes: Notes) -> None:
    """What was not kept on one day's entries."""
    _controlled(world, work, notes)
    _opened(world, work, notes)
    _released(world, work, notes)
    _fined(world, work, notes)


def _controlled(world: World, work: Work, notes: Notes) -> None:
    late = work.exam_entry[work.signed_at - work.issued_at > 600]
    notes.add("late_signature", work.house[late], work.entry[late])
    missed = work.exam_entry[~work.examined(world.period.cutoff)]
    notes.add("hit_not_examined", work.house[missed], work.entry[missed])
    lifted = work.waived & (work.exam_at <= world.period.cutoff)
    notes.add("override", work.waived_by[lifted], work.entry[work.exam_entry[lifted]])
    bare = lifted & work.unstated
    notes.add("override_without_reason", work.waived_by[bare], work.entry[work.exam_entry[bare]])


def _opened(world: World, work: Work, notes: Notes) -> None:
    done = work.examined(world.period.cutoff)
    evaded = np.rint(work.short_tax[work.exam_entry] * 100) / 100
    found = done & (work.found != NONE)
    police = work.handling == HANDLINGS.index(POLICE)
    for kind, broken in (
        ("too_short_examination", done & (work.mode != MACHINE) & (work.exam_end - work.exam_at < 300)),
        ("unqualified_examiner", done & ~world.trained[work.lead]),
        ("find_released_normally", found & (work.handling == HANDLINGS.index(NORMAL))),
        ("not_transferred", found & (work.found == PRICE) & (evaded >= GRAVE) & ~police),
    ):
        notes.add(kind, work.lead[broken], work.entry[work.exam_entry[broken]])


def _released(world: World, work: Work, notes: Notes) -> None:
    known = (work.release_at > 0) & (work.release_at <= world.period.cutoff)
    hour = (work.release_at + CHINA) % DAY // 3600
    night = np.flatnonzero(known & ((hour >= 22) | (hour < 6)))
    notes.add("night_release", work.house[night], work.entry[night])
    slot = world.period.slot_of(np.maximum(work.release_at, world.period.midnight))
    by_hand = known & (work.releaser != NOBODY) & (world.duty.count[work.release_team, slot] > 0)
    off = np.flatnonzero(
        by_hand & (world.staff.team_of[np.minimum(work.releaser, len(world.staff.team_of) - 1)] != work.release_team)
    )
    notes.add("off_roster", work.releaser[off], work.entry[off])


def _fined(world: World, work: Work, notes: Notes) -> None:
    case = penalties.decided(world, work)
    full = case[work.fine_tier[case] > 0]
    entry = work.exam_entry[work.case_exam]
    ratio = penalties.fine(work, full) / (np.rint(work.fine_base[full] * 100) / 100)
    strange = full[(ratio < 0.3) | (ratio >= 2)]
    notes.add("fine_outside_band", work.fined_by[strange], work.entry[entry[strange]])
    large = full[penalties.fine(work, full) >= GRAVE]
    notes.add("fine_without_legal_review", work.fined_by[large], work.entry[entry[large]])
    late = full[(work.paid_at[full] - work.fined_at[full] > 16 * DAY) & (work.paid_at[full] <= world.period.cutoff)]
    notes.add("late_payment", world.trader_enterprise(work.trader[entry[late]]), work.entry[entry[late]])


def told(world: World, notes: Notes) -> list[dict[str, Any]]:
    """The records for truth.json, by the officer, house or enterprise concerned."""
    names = {"officer": world.staff.ids, "unit": world.units.codes, "enterprise": world.enterprise_ids}
    kinds = [(kind, "officer") for kind in OFFICERS] + [(kind, "unit") for kind in UNITS]
    kinds += [(kind, "enterprise") for kind in TRADERS]
    listed = [
        record(kind, subject, names[subject][who], entries[0][:4], entries, origin="formal")
        for kind, subject in kinds
        for who, entries in notes.by_subject(kind).items()
    ]
    often = [one | {"kind": "override_share"} for one in listed if one["kind"] == "override" and one["count"] >= OFTEN]
    return [*listed, *often]
