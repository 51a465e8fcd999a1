"""Which events does a day's work leave? Each step with who, for which section, in which post, when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.parts import Parts
from guanjian.simulate.work import NOBODY, Work
from guanjian.simulate.world import World

POSTS = ("doc_review", "valuation", "examination", "release", "post_audit", "case")
ACTIVITIES = ("accept", "select", "doc_review", "price_review", "examine", "release", "post_audit", "investigate")
RESULTS = ("pass", "selected", "find", "price_kept", "transferred")
PASS, SELECTED, FIND, PRICE_KEPT, TRANSFERRED = range(5)
LAST = 21  # room for the digits of an event's number after its entry


@dataclass
class Step:
    """One activity on some entries, ascending. Arrays by entry of the step; -1 = none."""

    activity: str
    post: int
    entry: np.ndarray
    at: np.ndarray
    unit: np.ndarray
    officer: np.ndarray
    ended: np.ndarray
    result: np.ndarray


def steps(world: World, work: Work) -> list[Step]:
    """Everything that was done to the day's entries up to the cut-off, in the usual order of an entry."""
    team, all_of_them = world.team_unit, np.arange(work.count)
    nobody, none = np.full(work.count, NOBODY), np.full(work.count, -1)
    priced, released, audited = (np.flatnonzero(at > 0) for at in (work.priced_at, work.release_at, work.audit_at))
    audit_team = world.staff.of_district["post_audit"][world.units.district[work.house]]
    opened, exam = work.exam_entry, np.where(work.found > 0, FIND, PASS)
    case_team = world.staff.of_district["case"][world.units.district[work.house]]
    held = work.exam_entry[work.case_exam]
    review_by = np.where(work.reviewer == NOBODY, -1, 0)
    listed = [
        Step("accept", -1, all_of_them, work.declared + 5, work.house, nobody, none, none * 0),
        Step("select", -1, all_of_them, work.decided, work.house, nobody, none, work.selected.astype(int)),
        Step("doc_review", 0, all_of_them, work.review_at, team[work.review_team], work.reviewer, none, review_by * 0),
        Step("price_review", 1, priced, work.priced_at[priced], team[work.price_team[priced]], work.pricer[priced],
             none[priced], none[priced] + 1 + PRICE_KEPT),
        Step("examine", 2, opened, work.exam_at, team[work.exam_team], work.lead, work.exam_end, exam),
        Step("release", 3, released, work.release_at[released], team[work.release_team[released]],
             work.releaser[released], none[released], none[released] + 1),
        Step("post_audit", 4, audited, work.audit_at[audited], team[audit_team[audited]], work.auditor[audited],
             none[audited], none[audited] + 1),
        Step("investigate", 5, held, work.filed_at, team[case_team[held]], work.investigator, none[held],
             none[held] + 1 + TRANSFERRED),
    ]  # fmt: skip
    return [_known(step, world.period.cutoff) for step in listed]


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
    second = _second(work, entry, out)
    _write(world, work, parts, entry, np.arange(count) - start[entry], out, second)


def _second(work: Work, entry: np.ndarray, out: dict[str, np.ndarray]) -> np.ndarray:
    """Who else was there, on the rows of examinations."""
    place = work.last_examiner()
    there = out["activity"] == ACTIVITIES.index("examine")
    second = np.full(len(entry), NOBODY)
    second[there] = work.second[place[entry[there]]]
    return second


def _write(world, work, parts, entry, number, out, second) -> None:
    rows, words = work.entry[entry], world.words
    manned = out["officer"] != NOBODY
    mates = [f'{{"officer2":"{officer}"}}' for officer in world.staff.ids]
    received = out["at"] + np.where(manned, 2 + (out["at"] * 7 + out["officer"]) % 40, 0)
    parts.add(
        "events",
        event_id=columns.texts(columns.prefixed("", rows, (number + 49).astype(np.uint8))),
        object_type=columns.constant("entry", len(entry)),
        object_id=columns.texts(rows),
        activity=columns.names(out["activity"], pa.array(ACTIVITIES)),
        officer_id=columns.names(out["officer"], words["officers"]),
        unit_code=columns.names(out["unit"], words["units"]),
        post=columns.names(out["post"], pa.array(POSTS)),
        at=columns.stamps(out["at"]),
        ended_at=columns.stamps(out["ended"]),
        received_at=columns.stamps(received),
        system=columns.constant("system", len(entry)),
        result=columns.names(out["result"], pa.array(RESULTS)),
        attributes=columns.names(second, pa.array(mates)),
    )
