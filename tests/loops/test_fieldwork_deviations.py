"""Where they were and when: tracks, what deviates from the plan, and who sees it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.actions import deviations, receive, seal_tracks, tracks
from guanjian.loops.fieldwork.deviations import TITLES, metres
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.wording import text_of
from guanjian.loops.lead.models import Lead
from guanjian.org.models import Parameter
from tests.cast import actor
from tests.days import date_in
from tests.loops.moves import go
from tests.loops.on_site import *  # noqa: F403
from tests.loops.on_site import FAR, PICTURE, go_left, now, photo, planned, sent, taken, tracked, worked
from tests.loops.phone import PLACE, RECORD, digest
from tests.signed_in import browser


def test_a_track_has_points_between_check_in_and_check_out_only(two):
    job, content, outcome = tracked(two, 121.503, 121.503, outside=timedelta(seconds=1))
    assert outcome == [(2, "done")]
    with pytest.raises(BadInput, match="签到之前或签退之后"):
        receive(job, actor("front"), digest(content), content)
    assert tracked(two, 121.503, outside=timedelta(days=-1))[2] == [(3, "aside")]


def test_a_track_is_sealed_when_its_time_is_over_and_its_sealing_is_in_the_ledger(two):
    job, content, _ = tracked(two, 121.503, 121.5031)
    receive(job, actor("front"), digest(content), content)
    assert len(list(tracks(job))) == 1
    Fieldwork.objects.update(state="closed", closed_at=timezone.now())
    later = date_in(200)
    assert (seal_tracks(), seal_tracks(later), seal_tracks(later)) == (0, 1, 0)
    path = evidence.path_of(digest(content))
    assert (path.exists(), list(tracks(job))) == (False, [])
    assert b"121.5" not in path.with_suffix(".sealed").read_bytes()
    assert Entry.objects.filter(event="fieldwork.track_sealed", subject=job.key).count() == 1


def test_nothing_deviates_on_a_plain_day(two):
    job, _ = worked(two)
    assert deviations(job) == []


def test_a_far_check_in_an_impossible_speed_and_a_wrong_clock_are_leads_about_the_officer(chain):
    job = planned()
    front = taken(job, "front", clock=timezone.now() - timedelta(minutes=30))
    colleague = taken(job, "colleague", 8)
    sent(job, front, front.item(job.key, "check_in", **FAR))
    sent(job, colleague, colleague.item(job.key, "check_in"))
    moving, content, _ = tracked((job, front, colleague), 121.503, 121.603)
    receive(moving, actor("front"), digest(content), content)
    sent(job, front, front.item(job.key, "record", **RECORD))
    go(go_left(job, front), ("submit", "front"))
    leads = Lead.objects.visible_to(actor("oversight")).about("officer", "front")
    assert {"FLD-01", "FLD-02", "FLD-03"} <= {lead.code for lead in leads}
    assert (leads.count(), {lead.compartment for lead in leads}) == (Lead.objects.count(), {"2200"})
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    ("hours", "codes"),
    [(2, {"FLD-03"}), (30, {"FLD-03", "FLD-04"})],
)
def test_what_is_dated_before_the_job_was_taken_is_kept_and_found(office, hours, codes):
    job = planned()
    front = taken(job, "front")
    sent(job, front, front.item(job.key, "check_in", timezone.now() - timedelta(hours=hours)))
    found = {finding.code for finding in deviations(now(job))}
    assert codes == found
    assert now(job).site.done("check_in")[0].item.at < timezone.now() - timedelta(hours=hours - 1)


def test_a_second_device_of_one_officer_is_found(two):
    job = two[0]
    taken(job, "front", 41)
    assert [finding.code for finding in deviations(now(job))] == ["FLD-08"]


def test_a_track_that_leaves_the_place_of_work_is_found(two):
    job, content, _ = tracked(two, 121.53, 121.53)
    receive(job, actor("front"), digest(content), content)
    found = {finding.code: finding.evidence["seen"] for finding in deviations(now(job))}
    assert found == {"FLD-07": "2567"}


def test_a_clock_ahead_of_the_server_is_found(two):
    job, front, _ = two
    sent(job, front, photo(front, job, at=timezone.now() + timedelta(hours=1)))
    assert [finding.code for finding in deviations(now(job))] == ["FLD-03"]


def test_evidence_taken_before_the_second_officer_came_is_an_alert_about_the_unit(chain):
    job = planned()
    front, colleague = taken(job, "front"), taken(job, "colleague", 8)
    sent(job, front, front.item(job.key, "check_in"), photo(front, job), front.item(job.key, "record", **RECORD))
    sent(job, colleague, colleague.item(job.key, "check_in"))
    receive(now(job), actor("front"), digest(PICTURE), PICTURE)
    go(go_left(job, front), ("submit", "front"))
    alert = Alert.objects.get()
    assert (alert.code, alert.subject_type, alert.subject_id, alert.unit_code) == ("FLD-05", "unit", "2201", "2201")


def test_the_bounds_are_dated_parameters(two):
    job = two[0]
    day = timezone.localdate()
    assert deviations(now(job)) == []
    Parameter.objects.create(code="fieldwork.metres", value={"amount": 0.0001}, since=day, source="试")
    shifted = {**PLACE, "lon": PLACE["lon"] + 0.00001}
    other = planned()
    phone = taken(other, "front", 31)
    sent(other, phone, phone.item(other.key, "check_in", **shifted))
    assert {finding.code for finding in deviations(now(other))} == {"FLD-01"}


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert metres((121.0, 31.0), (121.0, 32.0)) == pytest.approx(111_195, rel=1e-3)
    assert metres((121.0, 31.0), (121.0, 31.0)) == 0


def test_the_text_of_a_record_has_the_fixed_wording():
    assert text_of(RECORD) == (
        "按照查验指令实施查验：1、核对TGHU1234567（完好、相符）箱（厢）体；2、货物为纸箱包装，实施抽查；"
        "3、查验现场提交单据：装箱单1份、发票2份；4、集装箱TGHU1234567重封号ZH0099；5、核对规格：相符；"
        "6、第1项商品数量实际为90与申报100不符；7、查验结果异常，处理意见：改单放行。"
    )
    assert "核对车体" in text_of({**RECORD, "containers": [], "goods": []})
    assert "货物为藤筐包装" in text_of({**RECORD, "packing": "99", "packing_other": "藤筐"})


def test_only_its_own_officers_open_the_page_on_site_and_speak_to_it(two):
    job, front, _ = two
    for who in ("chief", "stranger", "house_head", "admin"):
        client = browser(who)
        for path in ("site/", "site/standing/"):
            assert client.get(f"/fieldwork/{job.pk}/{path}").status_code == 404, who
        items = {"items": [front.item(job.key, "check_out")]}
        answer = client.post(f"/fieldwork/{job.pk}/site/items/", items, content_type="application/json")
        assert answer.status_code == 404
    page = browser("front").get(f"/fieldwork/{job.pk}/site/")
    assert "签到" in page.content.decode()
    assert "<script>" not in page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "unsafe" not in page["Content-Security-Policy"]


def test_the_service_worker_comes_from_beside_its_pages_and_only_to_who_is_signed_in(office):
    served = browser("front").get("/fieldwork/worker.js")
    assert (served.status_code, served["Content-Type"].split(";")[0]) == (200, "text/javascript")
    assert b"addEventListener" in served.content
    assert Client().get("/fieldwork/worker.js").status_code == 302


def test_a_photo_is_shown_to_the_chief_and_a_track_read_is_noted(two):
    job, content, _ = tracked(two, 121.503)
    _, front, _ = two
    sent(job, front, photo(front, job))
    job = now(job)
    for file in (PICTURE, content):
        receive(job, actor("front"), digest(file), file)
    shown = browser("chief").get(f"/fieldwork/{job.pk}/file/{digest(PICTURE)}/")
    assert (shown.content, shown["Content-Type"]) == (PICTURE, "image/jpeg")
    track = f"/fieldwork/{job.pk}/file/{digest(content)}/"
    assert (browser("chief").get(track).content, browser("front").get(track).status_code) == (content, 404)
    assert [entry.actor for entry in Entry.objects.filter(event="fieldwork.track_read")] == ["chief"]
    assert browser("stranger").get(f"/fieldwork/{job.pk}/file/{digest(PICTURE)}/").status_code == 404


def test_every_deviation_has_its_name():
    assert sorted(TITLES) == [f"FLD-0{n}" for n in range(1, 9)]
