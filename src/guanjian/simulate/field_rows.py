"""How does field work look as rows: the jobs, the points of their tracks, and the chief's approval?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns, fieldwork
from guanjian.simulate.fieldwork import Jobs
from guanjian.simulate.parts import Parts
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.streams import stream
from guanjian.simulate.truth import record
from guanjian.simulate.world import World

KINDS = ("factory_visit", "stock_take", "unloading", "destruction")
PHOTOS = 2  # fingerprints that are kept per job


def visit(world: World, plants: list[Plant], parts: Parts) -> list[dict[str, Any]]:
    """Makes and writes all field work; photographs that were handed in twice are told for truth.json, by house."""
    jobs = fieldwork.honest(world)
    for plant in plants:
        plant.visit(world, jobs, stream(world.seed, f"{plant.kind}.{plant.number}.visit"))
    if jobs.count:
        _jobs(world, jobs, parts)
        _approvals(world, jobs, parts)
        _points(world, jobs, parts)
    return _copied(world, jobs)


def _copied(world: World, jobs: Jobs) -> list[dict[str, Any]]:
    used = np.bincount(jobs.copied, minlength=jobs.count)[jobs.copied] > 1
    return [
        record("copied_photographs", "unit", world.units.codes[house], world.units.codes[house],
               jobs.names(np.flatnonzero(used & (jobs.house == house))), origin="formal")
        for house in np.unique(jobs.house[used])
    ]  # fmt: skip


def _ids(jobs: np.ndarray) -> np.ndarray:
    return columns.prefixed("J", columns.digits(jobs + 1, 8))


def _fingerprints(jobs: np.ndarray) -> np.ndarray:
    """Two per job, all different: an odd multiple keeps numbers below 10^12 apart."""
    photo = (jobs[:, None] * PHOTOS + np.arange(PHOTOS)).ravel() + 1
    return columns.prefixed("5f", columns.digits(photo * 982_451_653 % 10**12, 12))


def _jobs(world: World, jobs: Jobs, parts: Parts) -> None:
    words, count = world.words, jobs.count
    two, prints = (np.arange(0, n * count + 1, n, dtype=np.int32) for n in (2, PHOTOS))
    parts.add(
        "field_jobs",
        job_id=columns.texts(_ids(np.arange(count))),
        kind=columns.names(jobs.kinds, pa.array(KINDS)),
        unit_code=columns.names(jobs.house, words["units"]),
        officers=pa.ListArray.from_arrays(two, columns.spelled(jobs.officers.ravel(), words["officers"])),
        place_lon=pa.array(np.round(jobs.lon, 6)),
        place_lat=pa.array(np.round(jobs.lat, 6)),
        planned_start=columns.stamps(jobs.begins),
        planned_end=columns.stamps(jobs.begins + 3 * 3600),
        checked_in_at=columns.stamps(jobs.begins),
        checked_out_at=columns.stamps(jobs.begins + jobs.seconds),
        photos=pa.array(np.full(count, PHOTOS)),
        evidence_hashes=pa.ListArray.from_arrays(prints, columns.texts(_fingerprints(jobs.copied))),
        result=columns.constant("pass", count),
    )


def _approvals(world: World, jobs: Jobs, parts: Parts) -> None:
    at, ids = jobs.begins + jobs.seconds + 4 * 3600, _ids(np.arange(jobs.count))
    parts.add(
        "events",
        event_id=columns.texts(columns.prefixed("F", ids)),
        object_type=columns.constant("field_job", jobs.count),
        object_id=columns.texts(ids),
        activity=columns.constant("approve", jobs.count),
        officer_id=columns.names(world.staff.answers_for[jobs.house], world.words["officers"]),
        unit_code=columns.names(jobs.house, world.words["units"]),
        post=columns.constant("management", jobs.count),
        at=columns.stamps(at),
        received_at=columns.stamps(at + 4),
        system=columns.constant("system", jobs.count),
    )


def _points(world: World, jobs: Jobs, parts: Parts) -> None:
    points = fieldwork.tracks(world, jobs)
    parts.add(
        "track_points",
        job_id=columns.texts(_ids(points.job)),
        officer_id=columns.names(jobs.officers[points.job, points.who], world.words["officers"]),
        at=columns.stamps(points.at),
        received_at=columns.stamps(points.received),
        lon=pa.array(points.lon),
        lat=pa.array(points.lat),
    )
