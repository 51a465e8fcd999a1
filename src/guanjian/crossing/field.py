"""Jobs outside the office and the places passed, as the lake's `field_jobs` and `track_points`; sealed tracks stay here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from guanjian.crossing.into_lake import publish_rows
from guanjian.ingest.lake import Lake
from guanjian.loops.fieldwork.actions import tracks
from guanjian.loops.fieldwork.flow import S
from guanjian.loops.fieldwork.models import Fieldwork

BACK = timedelta(days=90)  # a job that changes later than this after its opening is not looked for
GONE = (S.PLANNED, S.CANCELLED)


def publish(lake: Lake) -> tuple[int, int]:
    """Publish the jobs that began, and their tracks; what the lake knows already is a duplicate there."""
    jobs = list(Fieldwork.objects.filter(opened_at__gte=timezone.now() - BACK).exclude(state__in=GONE).order_by("pk"))
    rows = [_row(job) for job in jobs]
    points = [point for job in jobs for point in _points(job)]
    return publish_rows(lake, "field_jobs", rows), publish_rows(lake, "track_points", points)


def _row(job: Fieldwork) -> dict:
    site = job.site
    came = [one.item.at for one in site.done("check_in")]
    left = [one.item.at for one in site.done("check_out")]
    return {
        "job_id": job.key,
        "kind": job.kind,
        "entry_id": job.subject_id if job.subject_type == "entry" else None,
        "unit_code": job.unit_code,
        "officers": [one.officer for one in site.done("check_in")],
        "place_lon": job.place_lon,
        "place_lat": job.place_lat,
        "planned_start": job.planned_start,
        "planned_end": job.planned_end,
        "checked_in_at": min(came, default=None),
        "checked_out_at": max(left, default=None),
        "photos": len(site.photos),
        "evidence_hashes": site.hashes,
        "result": site.record.get("exam_result"),
    }


def _points(job: Fieldwork) -> Iterator[dict]:
    for deed, passed in tracks(job):
        for point in passed:
            yield {
                "job_id": job.key,
                "officer_id": deed.officer,
                "at": datetime.fromisoformat(point["at"]),
                "received_at": deed.received_at,
                "lon": point["lon"],
                "lat": point["lat"],
            }
