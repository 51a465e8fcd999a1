"""The same functions as jobs: what the schedule starts by itself and what the console queues."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.tasks import task
from django.utils import timezone

from guanjian.crossing import (
    appraising,
    classes,
    duties,
    execution,
    field,
    imports,
    inspecting,
    outcomes,
    rosters,
    rotation,
    trace,
    urging,
    watch,
)
from guanjian.ingest.lake import Lake
from guanjian.jobs.schedule import plan
from guanjian.kernel.errors import BadInput, NotFound
from guanjian.ledger import headquarters
from guanjian.loops.fieldwork import actions as fieldwork
from guanjian.loops.posting import actions as postings
from guanjian.loops.rulebook import actions as rules
from guanjian.loops.training import actions as trainings
from guanjian.outside.tasks import sweep
from guanjian.teamwork import leave


def _lake() -> Lake | None:
    try:
        return Lake.open(settings.GUANJIAN_LAKE)
    except NotFound:
        return None  # nothing was imported yet: the next turn looks again


@task
def detect() -> dict:
    """Run the catalogue on the lake and open what it finds."""
    from guanjian.crossing.detect import run

    lake = _lake()
    if lake is None:
        return {}
    opened = run(lake)
    return {"findings": opened.findings, "alerts": opened.alerts, "leads": opened.leads, "known": opened.known}


@task
def publish() -> dict:
    """Publish outcomes, the trace of the loops and the work outside the office to the lake."""
    lake = _lake()
    if lake is None:
        return {}
    jobs, points = field.publish(lake)
    return {
        "outcomes": outcomes.publish(lake),
        "steps": trace.publish(lake),
        "field_jobs": jobs,
        "track_points": points,
    }


@task
def seal_tracks() -> int:
    """Lock away the tracks of field work whose time is over."""
    return fieldwork.seal_tracks()


@task
def reconcile() -> dict:
    """Note what the lake has and the ledger lacks; name what the ledger has and the lake lost."""
    lake = _lake()
    return {} if lake is None else {"noted": imports.note_batches(lake), "lost": imports.lost_batches(lake)}


@task
def note_heads() -> bool:
    """Headquarters keeps the heads of all streams: a stream that is rewritten later no longer fits."""
    return headquarters.note_heads() is not None


@task
def watch_duties() -> int:
    """Open a notice of 双向监督 for whatever one side owes the other and is overdue."""
    return watch.overdue(lake=settings.GUANJIAN_LAKE)


@task
def urge() -> dict:
    """Urge what is overdue in any loop; lift the urgings whose matter has moved on."""
    return {"lifted": urging.lift_all(), "urged": urging.urge()}


@task
def turn_rules() -> dict:
    """Rules come into force and cease to hold on their day; those under evaluation are measured."""
    return {"turned": rules.turn_the_page(), "measured": execution.measure_all(_lake())}


@task
def turn_people() -> dict:
    """Papers out of time, refreshers, certificates that expire; who has taken up the post that was entered; watches that are over."""
    return {"trainings": trainings.turn(), "postings": postings.turn(), "rosters": rosters.turn()}


@task
def class_units() -> dict:
    """Measure the units whose classes are due; open the rotations, trainings and inspections that those in force call for."""
    return {**classes.turn(settings.GUANJIAN_LAKE), **rotation.turn(), **inspecting.turn()}


@task
def take_trace() -> dict:
    """Look at the trace for the duties of leaders; freeze the appraisals whose period is over."""
    return {**duties.turn(), **appraising.turn()}


@task
def judge_risks() -> dict:
    """Judge the newest whole week, once, and bring the risk register to it."""
    from guanjian.crossing.risks import follow, judge_newest

    lake = _lake()
    try:
        paper = judge_newest(lake, timezone.localdate()) if lake else None
    except BadInput as too_little:
        return {"said": too_little.text.zh}
    return {} if paper is None else {"week": paper.week, **vars(follow(paper))}


@task
def end_leaves() -> int:
    """Who stood in for a colleague until yesterday does so no longer: the ledger says it."""
    return leave.end_due()


def plan_all() -> None:
    """The rhythm of an office: reconcile and watch every quarter of an hour, publish hourly, detect and judge at night."""
    plan("reconcile", reconcile, every=900)
    plan("watch_duties", watch_duties, every=900)
    plan("urge", urge, every=900)
    plan("turn_rules", turn_rules, every=900)
    plan("turn_people", turn_people, every=900)
    plan("sweep_webhooks", sweep, every=60)
    plan("end_leaves", end_leaves, every=3600)
    plan("publish", publish, every=3600)
    plan("note_heads", note_heads, every=86_400)
    plan("seal_tracks", seal_tracks, every=86_400)
    plan("take_trace", take_trace, daily_at=time(1, 30))
    plan("detect", detect, daily_at=time(2, 30))
    plan("judge_risks", judge_risks, daily_at=time(4, 0))
    plan("class_units", class_units, daily_at=time(5, 0))
