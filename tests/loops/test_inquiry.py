"""Double inquiry: five triggers and nothing else, the look-back before the assessment, two hands, and a closed compartment."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.jobs.models import Job
from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.case.models import Case
from guanjian.loops.inquiry.actions import About, open_by_report, open_for
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Seen, Trigger, triggered
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.blinding import blind
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import KeyPair, Posting, Relation, Unit
from tests.cast import CAST, actor, person
from tests.lenses.small_lake import small_lake
from tests.lenses.test_lookback import UNITS
from tests.loops.behind import rewrite, whole
from tests.loops.moves import go, refused
from tests.loops.world import record_of
from tests.signed_in import browser

LIST = {"oversight", "oversight_two"}
T = Trigger
LONG = {"acts_from": date(2023, 1, 1), "acts_until": date(2025, 6, 1)}
MAJOR = Seen("criminal", "clearance", ("low_price",), "unit", Decimal(1_000_000), date(2024, 1, 1), date(2025, 6, 1))
EXPOSURE = [
    {"unit": "2202", "post": "release", "act": "release", "releases": "7", "first_on": "2024-01-02", "last_on": "2025-03-04"}
]  # fmt: skip
SAID = {"inside": ["stated"], "inside_said": "证人指认查验岗位人员收受好处"}


def seen(who="oversight"):
    """The only inquiry, as this person reads it."""
    return Inquiry.objects.visible_to(actor(who)).get()


def opened(record):
    return whole(Inquiry, record.pk)


def looked(inquiry, **changes):
    facts = {"look_back_total": "7", "exposure": EXPOSURE, "look_back_note": ""}
    facts |= {"looked_from": "2023-01-01", "looked_until": "2026-01-01"}
    return opened(advance(inquiry, "look_back", SYSTEM, {**facts, **changes}))


def assessed(risk="medium", **fields):
    return go(looked(record_of(Inquiry, **fields)), ("assess", "oversight", {"risk": risk}))


def running(**fields):
    return go(assessed(**fields), ("launch", "oversight_two"))


def concluded(**changes):
    case = go(record_of(Case, bureau="22P0", subject_type="enterprise", subject_id="E9"), ("assign", "police_head"))
    return go(case, ("conclude", "police", changes))


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Seen(), set()),
        (Seen(inside=("stated",)), {T.STAFF_NAMED}),
        (Seen(inside=("found",)), {T.STAFF_NAMED}),
        (Seen(inside=("needed",)), {T.NEEDED_INSIDE}),
        (Seen(features=("listed",)), {T.HIGHER_ORDER}),
        (Seen(features=("instructed",)), {T.HIGHER_ORDER}),
        (Seen(features=("industry",)), {T.HIGHER_ORDER}),
        (Seen(features=("vicious",)), {T.LONG_OR_VICIOUS}),
        (Seen(features=("shell",)), {T.LONG_OR_VICIOUS}),
        (Seen(acts_from=date(2024, 1, 1), acts_until=date(2025, 12, 31)), set()),  # 730 days
        (Seen(acts_from=date(2024, 1, 1), acts_until=date(2026, 1, 1)), {T.LONG_OR_VICIOUS}),
        (MAJOR, {T.CLEARED_LONG}),
        (replace(MAJOR, kind="administrative"), set()),
        (replace(MAJOR, channel="sea"), set()),
        (replace(MAJOR, channel="processing"), {T.CLEARED_LONG}),
        (replace(MAJOR, modus=("short_count",)), set()),
        (replace(MAJOR, modus=("short_count", "false_name")), {T.CLEARED_LONG}),
        (replace(MAJOR, evaded_cny=Decimal("999999.99")), set()),
        (replace(MAJOR, evaded_cny=Decimal(500_000), party="person"), {T.CLEARED_LONG}),
        (replace(MAJOR, acts_until=date(2024, 12, 31)), set()),  # 365 days
        (replace(MAJOR, acts_until=date(2024, 6, 1), features=("cleared",)), {T.CLEARED_LONG}),
        (Seen(features=("cleared",)), set()),
    ],
)
def test_each_trigger_fires_on_its_own_and_at_its_limit(seen, found):
    told = triggered(seen)
    assert set(told) == found
    assert all(evidence and all(evidence) for evidence in told.values())


def test_an_ordinary_case_opens_nothing(chain):
    concluded()
    assert not Inquiry.objects.exists()


def test_several_triggers_open_one_inquiry_with_all_of_them_in_the_compartment_above(chain):
    case = concluded(features=["listed", "shell"], inside=["needed"])
    told = seen()
    assert told.triggers == ["higher_order", "long_or_vicious", "needed_inside"]
    assert (told.label, told.compartment, told.subject_unit, told.case_key) == ("integrity", "2200", "2201", case.key)
    assert told.enterprises == ["220120261000000001", "E9"]
    assert len(told.evidence) == 3
    assert told.look_back_note
    kept = str(Inquiry.objects.values().get())
    assert not [word for word in ("挂牌", "220120261000000001", case.key, "higher_order", "2201'") if word in kept]


def test_later_triggers_are_added_to_the_inquiry_that_goes_on(office):
    about = About("case/7", "低报", "2201")
    first = open_for(about, triggered(Seen(features=("listed",))))
    open_for(about, triggered(Seen(features=("listed", "vicious"))))
    open_for(about, triggered(Seen(inside=("needed",))))
    told = seen()
    assert (told.pk, told.triggers) == (first.pk, ["higher_order", "long_or_vicious", "needed_inside"])
    assert len(told.evidence) == 3
    assert opened(go(looked(told), ("assess", "oversight"))).triggers == told.triggers
    rewrite(told, state="waived", closed_at=timezone.now())
    assert open_for(about, triggered(Seen(features=("listed",)))).pk != first.pk
    assert open_for(about, {}) is None


def test_a_case_of_the_district_itself_is_for_headquarters(office):
    told = open_for(About("case/7", "低报", "2200"), triggered(Seen(features=("listed",))))
    assert (told.compartment, told.subject_unit) == ("0000", "2200")
    assert [who for who in CAST if Inquiry.objects.visible_to(actor(who)).exists()] == ["oversight_hq"]


@pytest.mark.parametrize("who", CAST)
def test_only_the_list_sees_an_inquiry(office, who):
    told = record_of(Inquiry)
    assert Inquiry.objects.visible_to(actor(who)).exists() == (who in LIST)
    assert bool(told.flow.next_steps(actor(who), looked(told))) == (who in LIST)


@pytest.mark.parametrize(
    "who", ["front", "police", "leader", "function", "admin", "oversight_hq", "stranger_oversight"]
)
def test_no_page_of_the_console_tells_of_an_inquiry(chain, who):
    concluded(**SAID)
    told = seen()
    client = browser(who)
    for where in (
        "/",
        "/inquiry/",
        f"/inquiry/{told.pk}/",
        "/search/?q=一案双查",
        "/case/",
        "/rectify/",
        "/oversight/",
    ):
        page = client.get(where).content.decode()
        assert not [word for word in (told.title, "证人指认", f'href="/inquiry/{told.pk}/') if word in page], where


def test_the_ledger_tells_no_fact_of_it(chain):
    concluded(**SAID)
    go(looked(seen()), ("assess", "oversight", {"risk_reasons": "放行环节监管明显缺位需要同步核查"}))
    bodies = " ".join(entry.body for entry in Entry.objects.all())
    assert not [word for word in ("证人指认", "stated", "监管明显缺位", "higher_order") if word in bodies]


def test_whoever_is_named_no_longer_sees_it_nor_acts(office):
    told = go(running(), ("hand_over", "oversight", {"officers": ["oversight_two"]}))
    assert not Inquiry.objects.visible_to(actor("oversight_two")).exists()
    refused(told, "choose_mode", "oversight_two", "名单")
    shown = seen()
    assert "oversight_two" not in f"{shown.officers} {shown.facts}"  # withheld until a custodian agrees


def test_who_served_where_it_was_handled_or_is_tied_is_not_on_the_list(office):
    Posting.objects.create(person_id="oversight", unit_code="2201", post="release", since=date(2024, 1, 1))
    Relation.objects.create(one_id="oversight_two", other_id="E9", kind="interest", declared_on=date(2025, 1, 1))
    record_of(Inquiry, enterprises=["E9"])
    assert not [who for who in CAST if Inquiry.objects.visible_to(actor(who)).exists()]


def test_what_the_look_back_shows_binds_too(office):
    told = looked(record_of(Inquiry))
    served = {"person_id": "oversight", "unit_code": "2202", "post": "release", "since": date(2022, 1, 1)}
    Posting.objects.create(**served, until=date(2023, 1, 1))
    refused(told, "assess", "oversight", "曾在")
    Posting.objects.update(until=date(2022, 12, 31))  # the day before the look-back begins
    post = person("oversight").appointments.get()
    type(post).objects.filter(pk=post.pk).update(unit_id="2202")
    refused(told, "assess", "oversight", "所在单位")
    type(post).objects.filter(pk=post.pk).update(unit_id="2200")
    assert go(told, ("assess", "oversight")).state == "assessed"


def test_nothing_is_assessed_before_the_look_back(office):
    refused(record_of(Inquiry), "assess", "oversight", "倒查清单")


def test_a_waiver_needs_a_second_hand_and_is_not_for_a_high_risk_or_a_named_officer(office):
    waiving = go(assessed(), ("waive", "oversight"))
    refused(waiving, "agree", "oversight", "另一人")
    assert go(waiving, ("agree", "oversight_two")).state == "waived"
    refused(assessed("high"), "waive", "oversight", "必须双查")
    refused(assessed(triggers=["staff_named"]), "waive", "oversight", "必须双查")
    assert go(assessed(), ("waive", "oversight"), ("refuse", "oversight_two")).state == "assessed"


def test_a_trigger_that_comes_while_a_waiver_waits_stops_it(office):
    waiving = go(assessed(case_mark=blind("case/1")), ("waive", "oversight"))
    open_for(About("case/1", "低报", "2201"), triggered(Seen(inside=("stated",))))
    refused(opened(waiving), "agree", "oversight_two", "必须双查")


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
    late = (timezone.localdate() + timedelta(days=31 * months + 2)).isoformat()
    refused(told, "choose_mode", "oversight_two", f"{months}个月", mode=mode, handle_until=late)
    soon = timezone.localdate() + timedelta(days=20)
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
    began = timezone.localdate() - timedelta(days=2000)
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
