"""Two officers on site with their telephones, as the tests of field work begin."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from guanjian.loops.fieldwork.actions import plan, upload
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.moving.verbs import advance
from guanjian.org.models import Unit
from tests import cast
from tests.cast import actor
from tests.days import Hence, as_of_now
from tests.loops.phone import PLACE, RECORD, Phone, digest

__all__ = ("_files", "two")  # the fixtures; the rest is asked for by name


PLAN = {
    "kind": "examination",
    "subject_type": "entry",
    "subject_id": "220120261000000001",
    "place": "某监管作业场所",
    "place_lon": str(PLACE["lon"]),
    "place_lat": str(PLACE["lat"]),
    "planned_start": Hence(0),
    "planned_end": Hence(3),
    "officers": ["front", "colleague"],
}


PICTURE = b"\xff\xd8\xff\xe0" + b"a photo" * 20


FAR = {"lon": 121.7, "lat": 31.245}


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "GUANJIAN_HOME", tmp_path)


def planned(**changes):
    cast.person("front"), cast.person("colleague")
    return plan(actor("front"), Unit.objects.get(pk="2201"), as_of_now({**PLAN, **changes}))


def taken(job, who, number=7, clock=None):
    """The job on this person's phone."""
    phone = Phone(who, number)
    clock = (clock or timezone.now()).isoformat()
    advance(job, "bind", actor(who), {"key": phone.open, "clock": clock})
    return phone


def sent(job, phone, *items):
    return [(one.number, one.outcome) for one in upload(job, actor(phone.officer), items)]


def now(job):
    return Fieldwork.objects.get(pk=job.pk)


@pytest.fixture
def two(office):
    """A job on two phones, both officers checked in."""
    job = planned()
    front, colleague = taken(job, "front"), taken(job, "colleague", 8)
    assert sent(job, front, front.item(job.key, "check_in")) == [(1, "done")]
    assert sent(job, colleague, colleague.item(job.key, "check_in")) == [(1, "done")]
    assert now(job).state == "on_site"
    return job, front, colleague


def photo(phone, job, content=PICTURE, **more):
    return phone.item(job.key, "photo", hash=digest(content), shows="goods", **more)


def worked(two, content=PICTURE):
    """The same job with photo, record and check-out uploaded."""
    job, front, _ = two
    items = [photo(front, job, content), front.item(job.key, "record", **RECORD), front.item(job.key, "check_out")]
    assert [outcome for _, outcome in sent(job, front, *items)] == ["done"] * 3
    return now(job), front


def go_left(job, phone):
    sent(job, phone, phone.item(job.key, "check_out"))
    return now(job)


def tracked(two, *places, outside=timedelta(0)):
    job, front, _ = two
    since = timezone.now()
    points = [
        {"at": (since + timedelta(seconds=n)).isoformat(), "lon": lon, "lat": 31.245} for n, lon in enumerate(places)
    ]
    content = json.dumps(points).encode()
    until = since + timedelta(seconds=len(points))
    facts = {
        "hash": digest(content),
        "count": len(points),
        "from": (since + outside).isoformat(),
        "to": until.isoformat(),
    }
    outcome = sent(job, front, front.item(job.key, "track", until, **facts))
    return now(job), content, outcome
