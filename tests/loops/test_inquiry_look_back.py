"""Double inquiry, from its waiver to its end: modes, the loophole outside, the look-back in the lake, reports."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.jobs.models import Job
from guanjian.kernel.errors import BadInput
from guanjian.loops.inquiry.actions import About, open_by_report, open_for
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Seen, triggered
from guanjian.loops.rectify.models import Rectify
from guanjian.org.models import KeyPair, Posting, Unit
from tests.cast import actor
from tests.days import date_in
from tests.lenses.small_lake import small_lake
from tests.lenses.test_lookback import UNITS
from tests.loops.behind import rewrite
from tests.loops.inquiring import LONG, SAID, assessed, concluded, running, seen
from tests.loops.moves import go, refused
from tests.signed_in import browser


def test_another_launches_it_with_a_team_of_two_who_never_served_there(office):
    told = assessed()
    refused(told, "launch", "oversight", "另一人")
    refused(told, "launch", "oversight_two", "两人以上", team=["甲"])
    Posting.objects.create(person_id="甲", unit_code="2202", post="release", since=date(2024, 1, 1))
    refused(told, "launch", "oversight_two", "须回避")


@pytest.mark.parametrize(("mode", "months"), [("talk", 1), ("verify", 3), ("hold", 12), ("end", 1), ("review", 6)])
def test_each_mode_has_its_longest_time_and_another_hand_chooses_it(office, mode, months):
    told = go(running(), ("hand_over", "oversight"))
    refused(told, "choose_mode", "oversight", "另一人")
    late = date_in(31 * months + 2).isoformat()
    refused(told, "choose_mode", "oversight_two", f"{months}个月", mode=mode, handle_until=late)
    soon = date_in(20)
    told = go(told, ("choose_mode", "oversight_two", {"mode": mode, "handle_until": soon.isoformat()}))
    assert timezone.localdate(told.due_at - timedelta(seconds=1)) == soon


def test_the_loophole_is_plugged_outside_without_saying_where_it_comes_from(chain):
    go(running(), ("find_none", "oversight"), ("plug_gap", "oversight"))
    task = Rectify.objects.get()
    assert (task.origin, task.unit_code) == ("", "2201")
    assert "双查" not in task.title + task.problem
    assert seen().rectify_key == task.key
    assert task.key not in str(Inquiry.objects.values().get())
    go(task, ("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
    told = seen()
    assert (told.state, told.facts["plug"]["plugged"]) == ("circulated", Rectify.objects.get().conclusion)
    refused(told, "close", "oversight", "另一人")
    assert go(told, ("close", "oversight_two")).state == "closed"


def lake(folder, releases):
    rows = [
        {"entry_id": f"22012026{n:010}", "unit_code": "2202", "ie": "import", "declared_at": at, "released_at": at,
         "trade_mode": "0110", "consignee_id": "E9", "value_cny": Decimal(1)}
        for n, at in enumerate(releases)
    ]  # fmt: skip
    done = [
        {"event_id": f"r{n}", "object_type": "entry", "object_id": row["entry_id"], "activity": "release",
         "officer_id": "g220201", "unit_code": "2202", "post": "release", "at": row["released_at"], "system": "system"}
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return small_lake(folder, declarations=rows, events=done, units=UNITS)


@pytest.fixture
def laked(chain, tmp_path, settings):
    """A lake in which E9 was released in house 2202 three times within three years, and once before."""
    now = timezone.now()
    settings.GUANJIAN_LAKE = lake(tmp_path, [now - timedelta(days=d) for d in (10, 400, 1000, 1200)])
    return settings.GUANJIAN_LAKE


def found(**dates):
    about = About("case/7", "低报", "2201", ("E9",), **dates)
    return open_for(about, triggered(Seen(features=("listed",))))


def test_the_look_back_is_laid_from_the_lake_at_once_and_names_nobody(laked):
    found()
    told = seen()
    assert (told.look_back_total, len(told.exposure), told.exposure[0]["releases"]) == (3, 1, "3")
    assert (told.exposure[0]["unit"], told.exposure[0]["post"]) == ("2202", "release")
    assert "g220201" not in str(told.exposure) + str(told.facts)
    assert "E9" not in str(list(Job.objects.values()))


def test_the_look_back_goes_as_far_as_the_acts(laked):
    began = date_in(-2000)
    found(acts_from=began, acts_until=timezone.localdate())
    told = seen()
    assert (told.look_back_total, told.began()) == (4, began)


def test_a_gang_active_for_more_than_two_years_has_its_posts_reviewed_and_nobody_is_named(laked):
    found(**LONG)
    review = Rectify.objects.get()
    assert (review.unit_code, review.house_code, review.origin) == ("2200", "", "case/7")
    assert "2202 release 放行：4票" in review.problem
    assert "g220201" not in review.problem
    assert "双查" not in review.title + review.problem
    assert not Rectify.objects.visible_to(actor("front")).exists()
    assert Rectify.objects.visible_to(actor("function")).exists()
    rewrite(seen(), state="closed", closed_at=timezone.now())
    found(**LONG)
    assert Rectify.objects.count() == 1


def test_a_gang_of_two_years_or_less_has_no_review(laked):
    found(acts_from=date(2024, 1, 1), acts_until=date(2025, 12, 31))
    assert not Rectify.objects.exists()


def test_without_a_lake_the_inquiry_says_so_and_goes_on(chain, tmp_path, settings):
    settings.GUANJIAN_LAKE = tmp_path / "none"
    found()
    told = seen()
    assert "没有导入" in told.look_back_note
    assert go(told, ("assess", "oversight")).state == "assessed"


def test_a_lake_that_cannot_be_read_holds_up_no_case(laked):
    for file in laked.rglob("*.parquet"):
        file.write_bytes(b"broken")
    concluded(features=["listed"])
    assert "暂不可读" in seen().look_back_note


def test_where_nobody_of_the_compartment_has_a_key_headquarters_takes_it(office):
    KeyPair.objects.exclude(person__username="oversight_hq").update(ended_at=timezone.now())
    assert found().compartment == "0000"
    assert seen("oversight_hq").subject_unit == "2201"


def test_its_list_reads_who_handled_each_release(laked):
    told = found()
    page = browser("oversight").get(f"/inquiry/{told.pk}/").content.decode()
    assert "220120260000000000" in page
    assert "g220201" in page


def test_an_investigator_reports_at_once_and_sees_nothing_afterwards(office):
    client = browser("police")
    answer = client.post("/inquiry/open/", {"title": "低报案", "case_key": "", **SAID}, follow=True)
    told = seen("oversight_hq")
    assert (answer.status_code, told.triggers, told.compartment) == (200, ["staff_named"], "0000")
    assert told.title not in answer.content.decode()
    assert client.get(f"/inquiry/{told.pk}/").status_code == 404
    assert browser("front").get("/inquiry/open/").status_code == 404
    again = client.post("/api/inquiries", {"facts": {"title": "低报案", **SAID}}, content_type="application/json")
    assert (again.status_code, again.content) == (204, b"")


def test_a_report_without_anything_inside_is_refused(office):
    facts = {"title": "低报案", "case_key": "", "inside": [], "inside_said": ""}
    with pytest.raises(BadInput, match="涉内情形"):
        open_by_report(actor("police"), Unit.objects.get(pk="22P0"), facts)
