"""Work outside the office: what a device signs holds together, two are there, nothing is back-dated unseen."""

import json

import pytest

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.actions import deviations, receive, upload
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.moving.models import Signature
from guanjian.moving.verbs import advance
from tests import cast
from tests.cast import actor
from tests.loops.moves import go, refused
from tests.loops.on_site import *  # noqa: F403
from tests.loops.on_site import FAR, PICTURE, PLAN, go_left, now, photo, planned, sent, taken, worked
from tests.loops.phone import RECORD, Phone, digest
from tests.signed_in import browser


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
