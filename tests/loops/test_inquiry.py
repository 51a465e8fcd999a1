"""Double inquiry: five triggers and nothing else, the look-back before the assessment, two hands, and a closed compartment."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.ledger.models import Entry
from guanjian.loops.inquiry.actions import About, open_for
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Seen, triggered
from guanjian.moving.blinding import blind
from guanjian.org.models import Posting, Relation
from tests.cast import CAST, actor, person
from tests.loops.behind import rewrite
from tests.loops.inquiring import (
    LIST,
    MAJOR,
    SAID,
    T,
    assessed,
    concluded,
    looked,
    opened,
    running,
    seen,
)
from tests.loops.moves import go, refused
from tests.loops.world import record_of
from tests.signed_in import browser


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
