"""How do examinations, cases and fines look as rows of the fact tables?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.facts import CHOICES, TOPIC_SHARES, mixed
from guanjian.simulate.parts import Parts
from guanjian.simulate.work import NONE, PRICE, Work
from guanjian.simulate.world import World


def examinations(world: World, work: Work, parts: Parts) -> None:
    """One row per instruction and per examination."""
    entry, words = work.entry[work.exam_entry], world.words
    known = work.examined(world.period.cutoff)
    lifted = np.where(work.exam_end <= world.period.cutoff, work.exam_end + 300, -1)
    instruction = columns.texts(columns.prefixed("B", entry))
    some = work.found != NONE
    parts.add(
        "instructions",
        instruction_id=instruction,
        kind=columns.constant("immediate", len(entry)),
        target_type=columns.constant("entry", len(entry)),
        target_id=columns.texts(entry),
        unit_code=columns.names(world.team_unit[work.issue_team], words["units"]),
        issued_by=columns.names(work.issuer, words["officers"]),
        approved_by=columns.names(work.approver, words["officers"]),
        issued_at=columns.stamps(work.issued_at),
        signed_at=columns.stamps(work.signed_at),
        hit_at=columns.stamps(work.issued_at),
        lifted_at=columns.stamps(lifted),
        required_mode=columns.names(work.required, CHOICES["modes"]),
        result=columns.names(np.where(known, some.astype(int), -1), pa.array(["no_find", "find"])),
    )
    done = np.flatnonzero(known)
    parts.add("examinations", **_examined(world, work, done, instruction))


def _examined(world: World, work: Work, done: np.ndarray, instruction: pa.Array) -> dict[str, pa.Array]:
    entry, words = work.exam_entry[done], world.words
    low = work.found[done] == PRICE
    cheap = low & (work.true_value[entry] > work.value[entry] + 0.005)
    return {
        "exam_id": columns.texts(columns.prefixed("C", work.entry[entry])),
        "entry_id": columns.texts(work.entry[entry]),
        "instruction_id": instruction.take(pa.array(done)),
        "required_mode": columns.names(work.required[done], CHOICES["modes"]),
        "mode": columns.names(work.mode[done], CHOICES["modes"]),
        "officer1": columns.names(work.lead[done], words["officers"]),
        "officer2": columns.names(work.second[done], words["officers"]),
        "started_at": columns.stamps(work.exam_at[done]),
        "ended_at": columns.stamps(work.exam_end[done]),
        "place": columns.names(world.team_unit[work.exam_team[done]], words["units"]),
        "finding": pa.array(work.found[done] != NONE),
        "find_kind": columns.names(work.found[done] - 1, CHOICES["finds"]),
        "handling": columns.names(work.handling[done], CHOICES["handling"]),
        "assessed_value_cny": columns.amounts(np.where(cheap, work.true_value[entry], np.nan)),
        "evaded_cny": columns.amounts(np.where(low, work.short_tax[entry], np.nan)),
    }


def cases(world: World, work: Work, parts: Parts) -> None:
    """One row per case, and the fines of those that are administrative."""
    known = work.filed_at <= world.period.cutoff
    exam, count = work.case_exam[known], int(known.sum())
    entry, words = work.exam_entry[exam], world.words
    case_id = columns.texts(columns.prefixed("A", work.entry[entry]))
    bureau = _bureau(world, work, entry)
    criminal, paid = work.criminal[known], work.paid_at[known]
    closed = (paid > 0) & (paid <= world.period.cutoff)
    one = np.arange(count + 1, dtype=np.int32)
    traders = columns.spelled(world.trader_enterprise(work.trader[entry]), words["enterprises"])
    parts.add(
        "cases",
        case_id=case_id,
        kind=columns.names(criminal.astype(int), pa.array(["administrative", "criminal"])),
        unit_code=columns.names(bureau, words["units"]),
        filed_at=columns.stamps(work.filed_at[known]),
        found_by_unit=columns.names(work.house[entry], words["units"]),
        found_by_officer=columns.names(work.lead[exam], words["officers"]),
        found_at_stage=columns.constant("examination", count),
        topic=columns.names(np.searchsorted(TOPIC_SHARES[:-1], mixed(work.trader[entry], 9)), CHOICES["topics"]),
        modus=pa.ListArray.from_arrays(one, columns.spelled(work.found[exam] - 1, CHOICES["finds"])),
        channel=columns.constant("cargo", count),
        entry_ids=pa.ListArray.from_arrays(one, columns.texts(work.entry[entry])),
        enterprise_ids=pa.ListArray.from_arrays(one, traders),
        hs_code=columns.names(world.goods.commodity[work.cell[work.first_item[entry]]], world.goods.hs),
        value_cny=columns.amounts(work.true_value[entry]),
        evaded_cny=columns.amounts(work.short_tax[entry]),
        closed_at=columns.stamps(np.where(closed, paid, -1)),
        status=columns.names(criminal.astype(int), pa.array(["penalised", "investigating"])),
        label=columns.constant("limited", count),
    )


def _bureau(world: World, work: Work, entry: np.ndarray) -> np.ndarray:
    return world.team_unit[world.staff.of_district["case"][world.units.district[work.house[entry]]]]
