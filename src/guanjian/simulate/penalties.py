"""What is somebody fined, and when does he pay? The tier and share of each administrative case, and its rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.facts import mixed
from guanjian.simulate.parts import Parts
from guanjian.simulate.period import DAY
from guanjian.simulate.streams import stream
from guanjian.simulate.work import Work
from guanjian.simulate.world import World

TIERS = ("reduced", "light", "normal")
SHARES = np.array([0.35, 0.55, 0.9])
LATE = 0.06  # who pays after the fifteen days


def measure(world: World, work: Work) -> None:
    """The same trader is treated alike every time; most pay within two weeks, some clearly later."""
    rng = stream(world.seed, "penalties", work.day)
    entry, count = work.exam_entry[work.case_exam], len(work.case_exam)
    work.fine_base = np.maximum(
        np.where(work.short_tax[entry] > 0, work.short_tax[entry], work.value[entry] * 0.1), 500.0
    )
    work.fine_tier = (mixed(work.trader[entry], 6) * 3).astype(int)
    work.fine_share = SHARES[work.fine_tier] + 0.2 * (mixed(work.trader[entry], 7) - 0.5)
    soon, later = rng.integers(2 * DAY, 13 * DAY, count), rng.integers(18 * DAY, 30 * DAY, count)
    late = (rng.random(count) < LATE) & (work.fined_at + later < world.period.cutoff)
    work.paid_at = np.where(work.fined_at > 0, work.fined_at + np.where(late, later, soon), -1)


def decided(world: World, work: Work) -> np.ndarray:
    """The cases whose fine is known by now."""
    return np.flatnonzero((work.fined_at > 0) & (work.fined_at <= world.period.cutoff))


def fine(work: Work, case: np.ndarray) -> np.ndarray:
    """The fines in whole cents."""
    return np.rint(work.fine_base[case] * work.fine_share[case] * 100) / 100


def write(world: World, work: Work, parts: Parts) -> None:
    """The fines, and their payment as events of the case."""
    case, words = decided(world, work), world.words
    ids = columns.prefixed("A", work.entry[work.exam_entry[work.case_exam[case]]])
    both = np.column_stack([work.fined_by[case], work.fined_with[case]]).ravel()
    parts.add(
        "penalties",
        case_id=columns.texts(ids),
        decided_at=columns.stamps(work.fined_at[case]),
        tier=columns.names(work.fine_tier[case], pa.array(TIERS)),
        base_cny=columns.amounts(work.fine_base[case]),
        fine_cny=columns.amounts(fine(work, case)),
        officers=pa.ListArray.from_arrays(
            np.arange(0, 2 * len(case) + 1, 2, dtype=np.int32), columns.spelled(both, words["officers"])
        ),
    )
    paid = work.paid_at[case] <= world.period.cutoff
    ids, at = ids[paid], work.paid_at[case][paid]
    district = world.units.district[work.house[work.exam_entry[work.case_exam[case[paid]]]]]
    parts.add(
        "events",
        event_id=columns.texts(columns.prefixed("P", ids)),
        object_type=columns.constant("case", len(ids)),
        object_id=columns.texts(ids),
        activity=columns.constant("pay", len(ids)),
        unit_code=columns.names(world.team_unit[world.staff.of_district["case"][district]], words["units"]),
        at=columns.stamps(at),
        received_at=columns.stamps(at),
        system=columns.constant("system", len(ids)),
    )
