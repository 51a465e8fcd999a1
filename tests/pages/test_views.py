"""The queue, the record and the step: what is shown, to whom, and what happens when a step is refused."""

import re

import pytest

from guanjian.ledger.models import Entry
from guanjian.ledger.sequencer import seal_all
from guanjian.pages.laid import COUNTED, shown
from guanjian.pages.queue import PAGE
from tests.pages.sample_loop import Sample, opened

GIVEN = {"finding": "单价低于同行九成，已核对合同", "cause": "price", "papers": "合同 A-1\n发票 7", "two": "yes"}


def step(browser, record, name, version=None, **given):
    """Press the button of a step."""
    given["version"] = record.version if version is None else version
    return browser.post(f"/sample/{record.pk}/{name}/", given)


def test_the_queue_shows_my_turn_with_its_reason_and_the_next_step(browse):
    opened()
    page = browse("front").get("/sample/").content.decode()
    assert "进口冷冻带鱼" in page
    assert "单价低于同行九成" in page
    assert "签收</a>" in page
    assert "¥1,234,567.80" in page


def test_another_district_gets_the_same_404_for_what_is_there_and_what_is_not(browse):
    record = opened()
    stranger = browse("stranger")
    there, nowhere = stranger.get(f"/sample/{record.pk}/"), stranger.get("/sample/999999/")
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content.decode().count("没有这一件") == nowhere.content.decode().count("没有这一件") == 1
    assert stranger.post(f"/sample/{record.pk}/sign/", {"version": 1}).status_code == 404
    assert "冷冻带鱼" not in stranger.get("/sample/?tab=open").content.decode()
    assert "冷冻带鱼" not in stranger.get("/search/?q=带鱼").content.decode()


def test_a_step_is_taken_by_a_plain_form_and_told_after_the_redirect(browse):
    record, front = opened(), browse("front")
    answer = front.post(f"/sample/{record.pk}/sign/", {"version": record.version}, follow=True)
    assert answer.redirect_chain == [(f"/sample/{record.pk}/", 302)]
    assert "“签收”已办理，现为“核查中”。" in answer.content.decode()
    assert Sample.objects.get().state == "doing"


def test_htmx_gets_the_record_alone_and_the_menu_beside_it(browse):
    record, front = opened(), browse("front")
    answer = front.post(f"/sample/{record.pk}/sign/", {"version": 1}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert 'id="record"' in page
    assert 'hx-swap-oob="true"' in page


def test_a_refused_step_keeps_what_was_typed_and_says_why_beside_the_form(browse):
    record, front = opened(), browse("front")
    step(front, record, "sign")
    answer = step(front, Sample.objects.get(), "verify", **{**GIVEN, "papers": ""})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "请填写“证据”。" in page
    assert "单价低于同行九成，已核对合同</textarea>" in page
    assert 'value="price" checked' in page
    assert Sample.objects.get().state == "doing"


def test_the_offers_of_a_refused_step_are_a_group_of_their_own(browse):
    """A browser keeps one open of each group: the fresh ones stand beside the old ones for a moment."""
    record, front = opened(), browse("front")
    step(front, record, "sign")
    step(front, Sample.objects.get(), "verify", **GIVEN)
    unconfirmed = Sample.objects.get(), "close"
    answers = [step(browse("chief"), *unconfirmed).content.decode() for _ in range(2)]
    groups = [set(re.findall(r'<details[^>]* name="([^"]+)"', page)) for page in answers]
    assert [len(names) for names in groups] == [1, 1]
    assert groups[0] != groups[1]


def test_what_somebody_else_moved_first_is_refused_with_the_fresh_record(browse):
    record = opened()
    front, colleague = browse("front"), browse("colleague")
    step(front, record, "sign")
    answer = step(colleague, record, "sign", version=1)
    assert answer.status_code == 409
    assert "刚刚已有人办理，现为“核查中”" in answer.content.decode()


def test_a_form_without_its_version_is_refused(browse):
    record = opened()
    answer = browse("front").post(f"/sample/{record.pk}/sign/", {})
    assert answer.status_code == 400
    assert Sample.objects.get().state == "new"


def test_whoever_verified_reads_why_he_cannot_review(browse):
    record, front = opened(), browse("front")
    step(front, record, "sign")
    step(front, Sample.objects.get(), "verify", **GIVEN)
    page = front.get(f"/sample/{record.pk}/").content.decode()
    assert "须由另一人办理：本人已办理过“核查”。" in page
    assert "等待他人办理" in page
    assert "科长" in page
    assert step(front, Sample.objects.get(), "close", confirm="yes").status_code == 403


def test_a_grave_step_asks_to_confirm(browse):
    record, front, chief = opened(), browse("front"), browse("chief")
    step(front, record, "sign")
    step(front, Sample.objects.get(), "verify", **GIVEN)
    assert step(chief, Sample.objects.get(), "close").status_code == 400
    assert step(chief, Sample.objects.get(), "close", confirm="yes").status_code == 302
    page = chief.get(f"/sample/{record.pk}/").content.decode()
    assert Sample.objects.get().state == "done"
    assert "已办结" in page
    assert 'name="version"' not in page  # no step is offered; a comment still may be written


def test_a_right_beside_the_duty_of_another_is_offered_folded_and_not_as_my_turn(browse):
    record = opened()
    step(browse("front"), record, "sign")
    page = browse("chief").get(f"/sample/{record.pk}/").content.decode()
    assert "主办在他人，您也可以办理" in page
    assert "轮到您办理" not in page
    assert re.search(r"<details class=\"offer offer-grave\"[^>]*><summary>撤销", page)
    assert " open><summary>撤销" not in page
    assert "轮到您办理" in browse("front").get(f"/sample/{record.pk}/").content.decode()


def test_the_timeline_tells_who_did_what_and_proves_what_is_sealed(browse):
    record, front = opened(), browse("front")
    step(front, record, "sign")
    step(front, Sample.objects.get(), "verify", **GIVEN)
    assert "待封存" in front.get(f"/sample/{record.pk}/").content.decode()
    seal_all()
    page = front.get(f"/sample/{record.pk}/").content.decode()
    entry = Entry.objects.filter(subject=record.key).last()
    assert "某front" in page
    assert "价格瞒报" in page
    assert f"/sample/{record.pk}/proof/{entry.pk}/" in page
    proof = front.get(f"/sample/{record.pk}/proof/{entry.pk}/")
    assert proof.json()["entry"]["subject"] == record.key
    assert browse("stranger").get(f"/sample/{record.pk}/proof/{entry.pk}/").status_code == 404


def test_a_proof_is_given_only_for_the_record_that_one_may_see(browse):
    mine, other = opened(), opened("5301")
    seal_all()
    entry = Entry.objects.get(subject=other.key)
    assert browse("front").get(f"/sample/{mine.pk}/proof/{entry.pk}/").status_code == 404


def test_related_records_are_shown_only_to_who_may_see_them(browse):
    record = opened()
    opened("5301", "另一关区的关联事项", origin=record.key)
    opened("2201-01", "本关的关联事项", origin=record.key)
    page = browse("front").get(f"/sample/{record.pk}/").content.decode()
    assert "本关的关联事项" in page
    assert "另一关区的关联事项" not in page


def test_only_the_posts_that_the_flow_names_open_one_by_hand(browse):
    assert browse("front").get("/sample/open/").status_code == 404
    assert browse("front").post("/sample/open/", {"title": "甲", "subject_id": "乙"}).status_code == 404
    chief = browse("chief")
    assert chief.post("/sample/open/", {"title": "", "subject_id": "乙"}).status_code == 400
    assert chief.post("/sample/open/", {"title": "自查发现", "subject_id": "乙"}).status_code == 302
    assert Sample.objects.get().unit_code == "2201"


def test_pages_follow_each_other_without_a_gap_or_a_row_twice(browse):
    for number in range(2 * PAGE + 3):
        opened(title=f"第{number:03}件", level=("red", "blue", "orange")[number % 3])
    front, address, seen = browse("front"), "/sample/", []
    while address:
        page = front.get(address)
        seen += [row["record"].pk for row in page.context["rows"]]
        address = "/sample/" + page.context["next"] if page.context["next"] else ""
    ordered = Sample.objects.order_by("rank", "due_at", "pk").values_list("pk", flat=True)
    assert seen == list(ordered)


def test_filters_narrow_the_queue(browse):
    opened(title="红色的")
    opened(title="蓝色的", level="blue")
    opened("5301", title="别处的")
    front, leader = browse("front"), browse("leader_hq")
    found = front.get("/sample/?level=blue").content.decode()
    assert "蓝色的" in found
    assert "红色的" not in found
    assert "没有符合条件的事项" in front.get("/sample/?tab=open&state=review").content.decode()
    assert "红色的" in front.get("/sample/?q=红色").content.decode()
    assert "红色的" not in front.get("/sample/?overdue=1").content.decode()
    one_district = leader.get("/sample/?tab=open&unit=5300").content.decode()
    assert "别处的" in one_district
    assert "红色的" not in one_district


def test_a_wrong_page_mark_is_one_sentence(browse):
    answer = browse("front").get("/sample/?after=x.y")
    assert answer.status_code == 400
    assert "页码有误" in answer.content.decode()


def test_a_row_of_two_posts_is_shown_and_counted_once(browse):
    from datetime import date

    from guanjian.org.models import Appointment
    from tests import cast

    chief = cast.person("chief")
    Appointment.objects.create(person=chief, post="frontline", unit_id="2201-01", since=date(2020, 1, 1))
    opened()
    page = browse("chief").get("/sample/?tab=open")
    assert len(page.context["rows"]) == 1
    assert {tab: count for tab, _, count in page.context["tabs"]}["open"] == "1"


def test_a_bounded_count_says_that_there_are_more():
    assert shown(COUNTED) == "1,000"
    assert shown(COUNTED + 1) == "1,000+"


@pytest.mark.parametrize("address", ["/sample/", "/sample/?tab=open", "/sample/?tab=closed", "/"])
def test_a_list_page_keeps_its_budget_of_queries(browse, django_assert_max_num_queries, address):
    for _ in range(30):
        opened()
    leader = browse("chief")
    leader.get(address)
    with django_assert_max_num_queries(12):
        leader.get(address)


def test_a_record_keeps_its_budget_of_queries(browse, django_assert_max_num_queries):
    record, front = opened(), browse("front")
    step(front, record, "sign")
    front.get(f"/sample/{record.pk}/")
    with django_assert_max_num_queries(12):
        front.get(f"/sample/{record.pk}/")
