"""Giving a record to the least loaded: who may give, who may get, and that it ends with the state it was made in."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.moving import verbs
from guanjian.moving.verbs import advance
from guanjian.org.models import Leave, Person, Relation
from guanjian.teamwork import assigning, notices
from guanjian.teamwork.assigning import able_to, assign, assigned_to, loads
from guanjian.teamwork.models import Assignment, Notice
from tests.cast import actor, person
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser


@pytest.fixture
def people(office):
    """Two front-line officers of the house, their chief, and a stranger."""
    for name in ("front", "colleague", "chief", "stranger"):
        person(name)


@pytest.fixture
def one(people):
    """An alert of house 2201."""
    return record_of(Alert)


def test_of_equals_the_first_gets_it_and_then_the_one_with_less(people):
    given_to = [assign(record_of(Alert), actor("chief")).person_id for _ in range(4)]
    assert given_to == ["colleague", "front", "colleague", "front"]
    assert loads(["front", "colleague", "chief"]) == {"front": 2, "colleague": 2, "chief": 0}


def test_it_is_told_noted_and_shown(one):
    assign(one, actor("chief"))
    assert [(row.person_id, row.kind) for row in Notice.objects.all()] == [("colleague", "assigned")]
    entry = Entry.objects.get(event="alert.assigned")
    assert entry.actor == "chief"
    assert json.loads(entry.body)["facts"] == {"person": "colleague", "had": 0, "among": 2}
    assert "分派给我" in browser("colleague").get("/").content.decode()
    assert "分派给我" not in browser("front").get("/").content.decode()
    assert "某colleague" in browser("front").get(f"/alert/{one.pk}/").content.decode()


def test_who_is_away_closed_or_tied_to_it_gets_nothing(one):
    today = timezone.localdate()
    colleague, chief = (Person.objects.get(username=name) for name in ("colleague", "chief"))
    Leave.objects.create(person=colleague, deputy=chief, since=today, until=today + timedelta(days=1))
    assert able_to(one) == ["chief", "front"]
    Alert.objects.update(subject_type="enterprise", subject_id="E1")
    Relation.objects.create(one_id="front", other_id="E1", kind="relative", declared_on=today)
    with pytest.raises(NotAllowed, match="没有可以承办的人"):
        assign(Alert.objects.get(), actor("chief"))


def test_an_assignment_ends_with_its_state_and_a_new_one_ends_the_old(one, monkeypatch):
    monkeypatch.setattr(verbs, "EVERY_STEP", [notices.moved, assigning.ended])
    assign(one, actor("chief"))
    assert assign(one, actor("chief")).person_id == "colleague"
    assert Assignment.objects.filter(ended_at=None).count() == 1
    advance(one, "sign", actor("front"), given(one, "sign"))
    assert (assigned_to(one), loads(["colleague"])) == ("", {"colleague": 0})


@pytest.mark.parametrize("who", ["front", "police", "risk"])
def test_who_does_not_lead_assigns_nothing(one, who):
    with pytest.raises((NotAllowed, NotFound)):
        assign(one, actor(who))
    assert browser(who).post(f"/alert/{one.pk}/beside/assignment/").status_code in (403, 404)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "stranger_function", "admin"])
def test_another_district_finds_no_record_to_assign(one, who):
    assert browser(who).post(f"/alert/{one.pk}/beside/assignment/").status_code == 404


def test_a_sealed_record_is_not_assigned(lead):
    with pytest.raises(NotAllowed, match="不分派"):
        assign(lead, actor("oversight"))


def test_the_button_is_for_who_leads(one):
    assert "分派给手头最少的人" in browser("chief").get(f"/alert/{one.pk}/").content.decode()
    assert "分派给手头最少的人" not in browser("front").get(f"/alert/{one.pk}/").content.decode()
    assert browser("chief").post(f"/alert/{one.pk}/beside/assignment/").status_code == 302
    assert Assignment.objects.get().person_id == "colleague"
