"""Which instructions are lifted by hand before anything is opened, by whom, and what does that leave on paper?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.streams import stream
from guanjian.simulate.work import NOBODY, Work
from guanjian.simulate.world import World

REASONS = ("货物易腐，经核准不再查验", "收货人主动补充材料，疑点已排除", "与另一布控重复")


def lift(world: World, work: Work) -> None:
    """Honestly: for a stated reason and with an approval, by a risk analyst on duty who did not issue it."""
    count = len(work.exam_entry)
    work.waived, work.waived_by = np.zeros(count, bool), np.full(count, NOBODY)
    work.unstated = np.zeros(count, bool)
    share = world.scenario.honest.overrides
    if not share:
        return
    rng = stream(world.seed, "overrides", work.day)
    work.waived = rng.random(count) < share
    slot = world.period.slot_of(work.exam_at)
    other = world.duty.another(work.issue_team, slot, work.issuer, rng.random(count))
    work.waived_by = np.where(work.waived, other, NOBODY)
    work.waived &= other != NOBODY


def write(world: World, work: Work, parts: Parts) -> None:
    """An event on the entry; the reason and the approval stay empty where a plant had none to give."""
    mine = np.flatnonzero(work.waived & (work.exam_at <= world.period.cutoff))
    entry, at, words = work.entry[work.exam_entry[mine]], work.exam_at[mine], world.words
    stated = ~work.unstated[mine]
    parts.add(
        "events",
        event_id=columns.texts(columns.prefixed("", entry, np.full(len(mine), ord("V"), np.uint8))),
        object_type=columns.constant("entry", len(mine)),
        object_id=columns.texts(entry),
        activity=columns.constant("override", len(mine)),
        officer_id=columns.names(work.waived_by[mine], words["officers"]),
        unit_code=columns.names(world.team_unit[work.issue_team[mine]], words["units"]),
        post=columns.constant("risk", len(mine)),
        at=columns.stamps(at),
        received_at=columns.stamps(at + 5),
        system=columns.constant("system", len(mine)),
        approver_id=columns.names(np.where(stated, work.issuer[mine], NOBODY), words["officers"]),
        reason=columns.names(np.where(stated, mine % len(REASONS), -1), pa.array(REASONS)),
    )
