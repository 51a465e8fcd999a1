"""Jobs outside the office reach the lake with their tracks; what is sealed or not begun does not."""

import json

import duckdb
import pytest
from django.conf import settings

from guanjian.crossing import field
from guanjian.ingest.lake import Lake
from guanjian.loops.fieldwork.actions import receive
from tests import cast
from tests.cast import actor
from tests.loops.on_site import now, planned, sent, taken, tracked
from tests.loops.phone import PLACE, RECORD, digest


@pytest.fixture
def lake(db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "GUANJIAN_HOME", tmp_path)
    cast.settle()
    return Lake.open(tmp_path / "lake", create=True)


def test_jobs_and_tracks_are_published_once(lake):
    planned()
    job = planned()
    phones = taken(job, "front"), taken(job, "colleague", 8)
    for phone in phones:
        sent(job, phone, phone.item(job.key, "check_in"))
    _, content, _ = tracked((job, *phones), 121.503, 121.5031)
    receive(now(job), actor("front"), digest(content), content)
    sent(job, phones[0], phones[0].item(job.key, "record", **RECORD), phones[0].item(job.key, "check_out"))
    assert field.publish(lake) == (1, 2)
    assert field.publish(lake) == (0, 0)
    [(key, officers, lon, result)] = duckdb.sql(
        f"SELECT job_id, officers, place_lon, result FROM ({lake.select('field_jobs')})"
    ).fetchall()
    assert (key, sorted(officers), lon, result) == (job.key, ["colleague", "front"], PLACE["lon"], "abnormal")
    passed = duckdb.sql(f"SELECT officer_id, lon FROM ({lake.select('track_points')}) ORDER BY lon").fetchall()
    assert passed == [("front", one["lon"]) for one in json.loads(content)]
