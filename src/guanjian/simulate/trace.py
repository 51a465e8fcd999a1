"""Which events does a day's work leave? Each step with who, for which section, in which post, when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.staff import GROUPS
from guanjian.simulate.work import NOBODY, Work
from guanjian.simulate.world import World

POSTS = ("doc_review", "valuation", "examination", "release", "post_audit", "case")
ACTIVITIES = (
    "accept",
    "select",
    "doc_review",
    "price_review",
    "examine",
    "sample",
    "release",
    "post_audit",
    "investigate",
    "penalise",
)
RESULTS = ("pass", "selected", "find", "price_kept", "transferred", "fined")
PASS, SELECTED, FIND, PRICE_KEPT, TRANSFERRED, FINED = range(6)
FOOD = GROUPS.index("food")


@dataclass
class Step:
    """One activity on some entries, ascending. One value for each entry of the step; -1 = none."""

    activity: str
    post: int
    entry: np.ndarray
    at: np.ndarray
    unit: np.ndarray
    officer: np.ndarray
    result: np.ndarray | int
    ended: np.ndarray | int = -1

    def __post_init__(self) -> None:
        self.result, self.ended = (np.broadcast_to(given, len(self.entry)) for given in (self.result, self.ended))


def steps(world: World, work: Work) -> list[Step]:
    """Everything that was done to the day's entries up to the cut-off, in the usual order of an entry."""
    listed = [*_read(world, work), *_opened(world, work), *_closed(world, work)]
    return [_known(step, world.period.cutoff) for step in listed]


def _read(world: World, work: Work) -> list[Step]:
    every, nobody = np.arange(work.count), np.full(work.count, NOBODY)
    priced, team = np.flatnonzero(work.priced_at > 0), world.team_unit
    review = (work.review_at, team[work.review_team], work.reviewer)
    price = (work.priced_at[priced], team[work.price_team[priced]], work.pricer[priced])
    return [
        Step("accept", -1, every, work.declared + 5, work.house, nobody, PASS),
        Step("select", -1, every, work.decided, work.house, nobody, work.selected.astype(int)),
        Step("doc_review", 0, every, *review, PASS),
        Step("price_review", 1, priced, *price, PRICE_KEPT),
    ]


def _opened(world: World, work: Work) -> list[Step]:
    done = np.flatnonzero(~work.waived)
    entry, unit = work.exam_entry[done], world.team_unit[work.exam_team[done]]
    food = np.flatnonzero(world.goods.group[work.cell[work.first_item[entry]]] == FOOD)
    at, lead, result = work.exam_at[done], work.lead[done], np.where(work.found[done] > 0, FIND, PASS)
    return [
        Step("examine", 2, entry, at, unit, lead, result, work.exam_end[done]),
        Step("sample", 2, entry[food], at[food], unit[food], lead[food], PASS),
    ]


def _closed(world: World, work: Work) -> list[Step]:
    team, district = world.team_unit, world.units.district[work.house]
    out, audited = np.flatnonzero(work.release_at > 0), np.flatnonzero(work.audit_at > 0)
    auditors = team[world.staff.of_district["post_audit"][district[audited]]]
    held = work.exam_entry[work.case_exam]
    police, fined = team[world.staff.of_district["case"][district[held]]], np.flatnonzero(work.fined_at > 0)
    fine = (work.fined_at[fined], police[fined], work.fined_by[fined])
    return [
        Step("release", 3, out, work.release_at[out], team[work.release_team[out]], work.releaser[out], PASS),
        Step("post_audit", 4, audited, work.audit_at[audited], auditors, work.auditor[audited], PASS),
        Step("investigate", 5, held, work.filed_at, police, work.investigator, TRANSFERRED),
        Step("penalise", 5, held[fined], *fine, FINED),
    ]


def _known(step: Step, cutoff: int) -> Step:
    late = np.maximum(step.at, step.ended) > cutoff
    if not late.any():
        return step
    kept = {name: getattr(step, name)[~late] for name in ("entry", "at", "unit", "officer", "ended", "result")}
    return Step(step.activity, step.post, **kept)


def events(world: World, work: Work, parts: Parts) -> None:
    """One row per step, entry by entry."""
    listed = steps(world, work)
    total = np.zeros(work.count, np.int64)
    for step in listed:
        total[step.entry] += 1
    start = np.cumsum(total) - total
    count = int(total.sum())
    entry = np.repeat(np.arange(work.count), total)
    out = {name: np.empty(count, np.int64) for name in ("at", "unit", "officer", "ended", "result", "activity", "post")}
    filled = start.copy()
    for step in listed:
        place = filled[step.entry]
        filled[step.entry] += 1
        for name in ("at", "unit", "officer", "ended", "result"):
            out[name][place] = getattr(step, name)
        out["activity"][place] = ACTIVITIES.index(step.activity)
        out["post"][place] = np.where(step.officer == NOBODY, -1, step.post)
    out["second"] = _second(work, entry, out)
    number = (np.arange(count) - start[entry] + 49).astype(np.uint8)  # "1", "2" … after the entry number
    _write(world, parts, columns.prefixed("", work.entry[entry], number), work.entry[entry], out)
    _control(world, work, parts)


def _second(work: Work, entry: np.ndarray, out: dict[str, np.ndarray]) -> np.ndarray:
    """Who else was there, on the rows of examinations."""
    place = work.last_examiner()
    there = out["activity"] == ACTIVITIES.index("examine")
    second = np.full(len(entry), NOBODY)
    second[there] = work.second[place[entry[there]]]
    return second


def _write(world: World, parts: Parts, ids: np.ndarray, objects: np.ndarray, out: dict) -> None:
    words, count = world.words, len(ids)
    received = out["at"] + np.where(out["officer"] != NOBODY, 2 + (out["at"] * 7 + out["officer"]) % 40, 0)
    parts.add(
        "events",
        event_id=columns.texts(ids),
        object_type=columns.constant("entry", count),
        object_id=columns.texts(objects),
        activity=columns.names(out["activity"], pa.array(ACTIVITIES)),
        officer_id=columns.names(out["officer"], words["officers"]),
        unit_code=columns.names(out["unit"], words["units"]),
        post=columns.names(out["post"], pa.array(POSTS)),
        at=columns.stamps(out["at"]),
        ended_at=columns.stamps(out["ended"]),
        received_at=columns.stamps(received),
        system=columns.constant("system", count),
        result=columns.names(out["result"], pa.array(RESULTS)),
        attributes=columns.names(out["second"], words["mates"]),
    )


def _control(world: World, work: Work, parts: Parts) -> None:
    """The life of each instruction: issued by one, approved by another, lifted by the system after the examination."""
    words, entry = world.words, work.entry[work.exam_entry]
    lifted = np.flatnonzero(work.exam_end + 300 <= world.period.cutoff)
    unit = world.team_unit[work.issue_team]
    for mark, activity, mine, at in (
        (b"I", "instruct", np.arange(len(entry)), work.issued_at),
        (b"L", "lift_instruction", lifted, work.exam_end + 300),
    ):
        by_hand = activity == "instruct"
        lifter = np.where(work.waived, work.waived_by, NOBODY)
        hands = {"officer_id": work.issuer, "approver_id": work.approver} if by_hand else {"officer_id": lifter}
        parts.add(
            "events",
            event_id=columns.texts(columns.prefixed("", entry[mine], np.full(len(mine), mark[0], np.uint8))),
            object_type=columns.constant("instruction", len(mine)),
            object_id=columns.texts(columns.prefixed("B", entry[mine])),
            activity=columns.constant(activity, len(mine)),
            unit_code=columns.names(unit[mine], words["units"]),
            post=columns.names(np.where(by_hand | work.waived[mine], 0, -1), pa.array(["risk"])),
            at=columns.stamps(at[mine]),
            received_at=columns.stamps(at[mine]),
            system=columns.constant("system", len(mine)),
            **{name: columns.names(who[mine], words["officers"]) for name, who in hands.items()},
        )
