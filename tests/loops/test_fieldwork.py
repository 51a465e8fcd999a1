"""Work outside the office: what a device signs holds together, two are there, nothing is back-dated unseen."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.actions import deviations, plan, receive, seal_tracks, tracks, upload
from guanjian.loops.fieldwork.deviations import TITLES, metres
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.wording import text_of
from guanjian.loops.lead.models import Lead
from guanjian.moving.models import Signature
from guanjian.moving.verbs import advance
from guanjian.org.models import Parameter, Unit
from tests import cast
from tests.cast import actor
from tests.loops.moves import go, refused
from tests.loops.phone import PLACE, RECORD, Phone, digest
from tests.signed_in import browser

NOW = timezone.now()
PLAN = {
    "kind": "examination",
    "subject_type": "entry",
    "subject_id": "220120261000000001",
    "place": "某监管作业场所",
    "place_lon": str(PLACE["lon"]),
    "place_lat": str(PLACE["lat"]),
    "planned_start": NOW.isoformat(),
    "planned_end": (NOW + timedelta(hours=3)).isoformat(),
    "officers": ["front", "colleague"],
}
PICTURE = b"\xff\xd8\xff\xe0" + b"a photo" * 20
FAR = {"lon": 121.7, "lat": 31.245}


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "GUANJIAN_HOME", tmp_path)


def planned(**changes):
    cast.person("front"), cast.person("colleague")
    return plan(actor("front"), Unit.objects.get(pk="2201"), {**PLAN, **changes})


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


def test_two_officers_work_submit_and_the_chief_approves_what_the_devices_signed(two):
    job, _ = worked(two)
    refused(job, "submit", "front", "1张照片未上传")
    receive(job, actor("front"), digest(PICTURE), PICTURE)
    job = go(job, ("submit", "front"), ("send_back", "chief", {"reason": "请补写过程记录"}), ("submit", "colleague"))
    job = go(job, ("approve", "chief", {"opinion": "同意"}))
    assert (job.state, evidence.path_of(digest(PICTURE)).read_bytes()) == ("closed", PICTURE)
    assert Signature.objects.get().content == job.content()
    Fieldwork.objects.update(items=job.items[:-1])
    assert Signature.objects.get().content != now(job).content()


def test_who_was_there_does_not_approve(two):
    job, _ = worked(two)
    receive(job, actor("front"), digest(PICTURE), PICTURE)
    job = go(job, ("submit", "front"))
    both = cast.Actor("colleague", "colleague", (cast.holding(cast.Post.SECTION_CHIEF, "2201"),))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(job, "approve", both, {"opinion": "同意"})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"officers": ["front", "front"]}, "两名不同"),
        ({"officers": ["front"]}, "两名不同"),
        ({"officers": ["front", "stranger"]}, "stranger"),
        ({"place_lon": "221"}, "经纬度"),
        ({"place_lat": "nan"}, "经纬度"),
        ({"planned_end": PLAN["planned_start"]}, "计划结束"),
    ],
)
def test_a_plan_names_two_officers_of_the_house_a_place_and_a_time(office, changes, says):
    cast.person("stranger")
    with pytest.raises(BadInput, match=says):
        planned(**changes)


def test_one_person_does_not_check_in_for_two(two, office):
    job = planned()
    front, second = taken(job, "front"), taken(job, "front", 11)
    sent(job, front, front.item(job.key, "check_in"))
    answer = upload(job, actor("front"), [second.item(job.key, "check_in")])[0]
    assert (answer.outcome, now(job).state) == ("aside", "half")
    theirs = taken(job, "colleague", 12).item(job.key, "check_in")
    brought = upload(job, actor("front"), [theirs])[0]
    assert (brought.outcome, now(job).state) == ("refused", "half")


def test_the_same_upload_twice_has_one_effect(two):
    job, front, _ = two
    items = [photo(front, job), front.item(job.key, "record", **RECORD)]
    assert sent(job, front, *items) == [(2, "done"), (3, "done")]
    entries = Entry.objects.count()
    assert sent(job, front, *items) == [(2, "known"), (3, "known")]
    assert (Entry.objects.count(), len(now(job).site.photos)) == (entries, 1)


def tampered(item):
    return {**item, "item": item["item"].replace('"goods"', '"place"')}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda first, second: [tampered(first)], "签名不符"),
        (lambda first, second: [second], "顺序被打乱或有缺失"),
        (lambda first, second: [second, first], "顺序被打乱或有缺失"),
        (lambda first, second: [{**first, "signature": second["signature"]}], "签名不符"),
        (lambda first, second: [{**first, "signature": "no base64"}], "签名不符"),
    ],
)
def test_what_was_changed_dropped_or_put_in_another_order_is_refused(two, spoil, says):
    job, front, _ = two
    before = now(job).items
    answers = upload(job, actor("front"), spoil(photo(front, job), front.item(job.key, "check_out")))
    assert answers[0].outcome == "refused"
    assert says in answers[0].said
    assert (len(answers), now(job).items) == (1, before)


def test_another_item_under_a_known_number_is_refused(two):
    job, front, _ = two
    front.signed, front.last = 0, front.head
    answer = upload(job, actor("front"), [front.item(job.key, "check_in", **FAR)])[0]
    assert (answer.outcome, "内容不同" in answer.said) == ("refused", True)


def test_a_genuine_number_that_does_not_follow_the_one_before_is_refused(two):
    job, front, _ = two
    front.last = front.head
    assert "不衔接" in upload(job, actor("front"), [photo(front, job)])[0].said


def test_an_item_of_another_job_or_of_no_device_of_it_is_refused(two):
    job, front, _ = two
    assert "不属于本作业" in upload(job, actor("front"), [front.item("fieldwork/999", "check_out")])[0].said
    assert "不属于本作业" in upload(job, actor("front"), [Phone("front", 99).item(job.key, "check_in")])[0].said
    with pytest.raises(BadInput, match="无法读取"):
        upload(job, actor("front"), [{"item": "{}", "signature": ""}])


def test_the_api_cannot_go_round_the_device(two):
    job, _, _ = two
    client = browser("front")
    forged = {"item": json.dumps({"job": job.key}), "signature": "AAAA"}
    answer = client.post(
        f"/api/fieldwork/{job.pk}/steps/photograph",
        {"version": job.version, "facts": forged},
        content_type="application/json",
    )
    assert answer.status_code in (400, 403, 409)
    assert now(job).site.photos == []


def test_what_has_no_effect_stays_in_the_chain_with_its_reason(two):
    job, front, _ = two
    wrong = {**RECORD, "goods": [{**RECORD["goods"][0], "agreement": "same"}]}
    items = [front.item(job.key, "record", **wrong), front.item(job.key, "record", **RECORD)]
    assert sent(job, front, *items) == [(2, "aside"), (3, "done")]
    kept = [one for one in now(job).items if one["step"] == "set_aside"]
    assert "第1项" in kept[0]["why"]
    assert now(job).site.record["exam_result"] == "abnormal"


def test_nobody_sets_aside_what_counts(two):
    job, front, _ = two
    with pytest.raises(NotAllowed, match="不能搁置"):
        advance(job, "set_aside", actor("front"), {**photo(front, job), "why": "不要了"})


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"exam_result": "normal"}, "不能为“正常”"),
        ({"disposal": "11"}, "不能为“正常放行”"),
        ({"packing": "77"}, "货物包装"),
        ({"papers": []}, "随附单据清单"),
        ({"notes": ""}, "查验过程记录"),
    ],
)
def test_a_record_that_contradicts_itself_or_lacks_something_has_no_effect(two, changes, says):
    job, front, _ = two
    answer = upload(job, actor("front"), [front.item(job.key, "record", **{**RECORD, **changes})])[0]
    assert (answer.outcome, says in answer.said) == ("aside", True)
    refused(go_left(job, front), "submit", "front", "查验记录")


def go_left(job, phone):
    sent(job, phone, phone.item(job.key, "check_out"))
    return now(job)


def test_the_check_out_waits_for_the_other_officer(office):
    job = planned()
    front, colleague = taken(job, "front"), taken(job, "colleague", 8)
    items = [front.item(job.key, "check_in"), photo(front, job), front.item(job.key, "check_out")]
    assert sent(job, front, *items) == [(1, "done"), (2, "done"), (3, "wait")]
    sent(job, colleague, colleague.item(job.key, "check_in"))
    assert sent(job, front, *items) == [(1, "known"), (2, "known"), (3, "done")]
    assert sent(job, colleague, colleague.item(job.key, "check_out")) == [(2, "done")]
    assert now(job).state == "left"


def test_the_same_photo_counts_once_and_in_two_jobs_it_is_a_finding(two):
    job, front, _ = two
    assert sent(job, front, photo(front, job), photo(front, job)) == [(2, "done"), (3, "aside")]
    other = planned()
    phone = taken(other, "front", 21)
    sent(other, phone, phone.item(other.key, "check_in"), photo(phone, other))
    found = {finding.code: finding for finding in deviations(now(other))}
    assert found["FLD-06"].evidence["expected"] == job.key


def test_only_the_named_file_of_its_hash_and_type_is_kept(two):
    job, front, _ = two
    sent(job, front, photo(front, job), photo(front, job, b"no picture"))
    job = now(job)
    with pytest.raises(NotFound):
        receive(job, actor("front"), digest(b"x"), b"x")
    with pytest.raises(BadInput, match="不符"):
        receive(job, actor("front"), digest(PICTURE), PICTURE + b"!")
    with pytest.raises(BadInput, match="只接收"):
        receive(job, actor("front"), digest(b"no picture"), b"no picture")
    with pytest.raises(BadInput, match="12 MB"):
        receive(job, actor("front"), digest(PICTURE), b"\xff\xd8\xff" + bytes(evidence.LARGEST_BYTES))
    assert len(job.missing_photos()) == 2


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
    later = timezone.localdate() + timedelta(days=200)
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
