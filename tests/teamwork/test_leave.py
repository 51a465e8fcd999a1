"""Handing over while away: the deputy sees and does what the other could, in his own name, and nothing that binds either."""

import json

import pytest

from guanjian.kernel.errors import GuanjianError, NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.moving.verbs import advance
from guanjian.org.models import Appointment, Leave, Relation
from guanjian.org.unlocked import unlocked
from guanjian.teamwork.leave import end_due, hand_over, take_back
from tests.cast import actor, person
from tests.days import date_in, day, today
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser


@pytest.fixture
def arranged(office):
    """The district's functional officer stands in for its leader from today; both also read alerts of the district."""
    for name in ("chief", "function", "front", "colleague", "leader", "stranger_function"):
        person(name)
    return hand_over(person("front").actor(), "leader", date_in(0), date_in(5))


@pytest.fixture
def deputy(arranged):
    """The leader with the front-line officer's post beside his own."""
    return person("leader").actor()


def test_the_deputy_holds_the_post_of_the_absent_beside_his_own(deputy):
    assert [(held.post, held.acting_for) for held in deputy.holdings] == [("leader", ""), ("frontline", "front")]
    assert person("front").actor().holdings[0].acting_for == ""


def test_the_deputy_acts_in_his_own_name_and_the_ledger_says_for_whom(alert, deputy):
    moved = advance(alert, "sign", deputy, given(alert, "sign"))
    entry = Entry.objects.get(event="alert.sign")
    assert (entry.actor, json.loads(entry.body)["for"]) == ("leader", "front")
    assert moved.hands["sign"] == "leader"
    assert "某leader (代 某front)" in " ".join(browser("colleague").get(f"/alert/{alert.pk}/").content.decode().split())


def test_with_a_post_of_his_own_he_acts_for_nobody(arranged, alert):
    Appointment.objects.create(person=person("leader"), post="frontline", unit_id="2201", since=date_in(-9))
    advance(alert, "sign", person("leader").actor(), given(alert, "sign"))
    assert "for" not in json.loads(Entry.objects.get(event="alert.sign").body)


def test_what_is_tied_to_the_absent_binds_the_deputy(office, alert, deputy):
    Alert.objects.filter(pk=alert.pk).update(subject_type="enterprise", subject_id="E1")
    Relation.objects.create(one_id="front", other_id="E1", kind="relative", declared_on=today())
    with pytest.raises(NotAllowed, match="须回避"):
        advance(Alert.objects.get(), "sign", deputy, {})
    assert advance(Alert.objects.get(), "sign", actor("colleague"), {}).state == "signed"


@pytest.mark.parametrize(("first", "last", "works"), [(0, 0, True), (1, 3, False), (0, 9, True)])
def test_it_holds_on_its_days_only(office, first, last, works):
    for name in ("front", "leader"):
        person(name)
    hand_over(person("front").actor(), "leader", date_in(first), date_in(last))
    assert any(held.acting_for for held in person("leader").actor().holdings) == works


def test_both_ends_stand_in_the_ledger(arranged):
    begun = Entry.objects.get(event="leave.handed_over")
    assert (begun.subject, begun.actor) == ("person/front", "front")
    assert json.loads(begun.body)["facts"]["deputy"] == "leader"
    take_back(person("leader").actor(), arranged.pk)
    assert Entry.objects.get(event="leave.taken_back").actor == "leader"
    assert not any(held.acting_for for held in person("leader").actor().holdings)
    with pytest.raises(NotFound):
        take_back(person("front").actor(), arranged.pk)


def test_what_ran_out_is_ended_by_the_system_once(arranged):
    assert end_due() == 0
    Leave.objects.update(since=date_in(-5), until=date_in(-1))
    assert not any(held.acting_for for held in person("leader").actor().holdings)
    assert (end_due(), end_due()) == (1, 0)
    assert Entry.objects.get(event="leave.ended").actor == "system"


@pytest.mark.parametrize(
    ("who", "deputy_id", "since", "until"),
    [
        ("chief", "leader", -1, 3),
        ("chief", "leader", 3, 2),
        ("chief", "leader", 0, 92),
        ("chief", "chief", 0, 1),
        ("chief", "nobody", 0, 1),
        ("chief", "stranger_function", 0, 1),
        ("chief", "admin", 0, 1),
        ("admin", "leader", 0, 1),
        ("custodian", "leader", 0, 1),
        ("front", "function", 2, 8),
        ("chief", "front", 1, 2),
        ("chief", "leader", 1, 2),
        ("leader", "function", 1, 2),
    ],
)
def test_what_cannot_be_arranged_is_refused(arranged, who, deputy_id, since, until):
    for name in (who, "admin"):
        person(name)
    with pytest.raises(GuanjianError):
        hand_over(person(who).actor(), deputy_id, date_in(since), date_in(until))
    assert Leave.objects.count() == 1


def test_a_stranger_does_not_end_it(arranged):
    with pytest.raises(NotFound):
        take_back(actor("chief"), arranged.pk)


def test_no_compartment_is_handed_over(lead):
    for name in ("oversight", "leader"):
        person(name)
    hand_over(person("oversight").actor(), "leader", date_in(0), date_in(1))
    both = person("leader").actor()
    assert ("oversight", "oversight") in [(held.post, held.acting_for) for held in both.holdings]
    assert type(lead).objects.visible_to(both).count() == 0
    assert lead.flow.next_steps(both, lead) == []
    with unlocked({}):
        assert browser("leader").get(f"/lead/{lead.pk}/").status_code == 404


def test_an_absent_whose_account_was_closed_hands_on_nothing(arranged):
    one = person("front")
    one.is_active = False
    one.save()
    assert not any(held.acting_for for held in person("leader").actor().holdings)


def test_it_is_arranged_and_ended_on_a_page(office):
    person("colleague")
    record_of(Alert)
    chief = browser("chief")
    form = {"deputy": "colleague", "since": day(0), "until": day(2)}
    refused = chief.post("/leave/", {**form, "deputy": "nobody"})
    assert (refused.status_code, "代办人须在职" in refused.content.decode()) == (400, True)
    assert chief.post("/leave/", form).status_code == 302
    assert "某colleague" in chief.get("/leave/").content.decode()
    assert "代 某chief" in " ".join(browser("colleague").get("/").content.decode().split())
    assert chief.post(f"/leave/{Leave.objects.get().pk}/end/").status_code == 302
    assert "代 某chief" not in " ".join(browser("colleague").get("/").content.decode().split())
