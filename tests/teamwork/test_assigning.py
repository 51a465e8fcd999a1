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


def press(who, records, **given):
    """Send the form of the second page."""
    seen = {f"version-{one.pk}": one.version for one in records}
    return browser(who).post("/alert/give/", {"pk": [one.pk for one in records], **seen, **given})


def test_several_are_assigned_at_once_each_to_whoever_has_least_by_then(people):
    four = [record_of(Alert) for _ in range(4)]
    chief = browser("chief")
    assert 'formaction="/alert/give/"' in chief.get("/alert/").content.decode()
    ahead = chief.get("/alert/give/", {"pk": [one.pk for one in four]})
    assert [line.record.pk for line, _ in ahead.context["ready"]] == [one.pk for one in four]
    assert [one for one, _ in ahead.context["people"]] == ["colleague", "front"]
    assert not Assignment.objects.exists()
    done = press("chief", four)
    assert [got for _, got in done.context["ready"]] == ["colleague", "front", "colleague", "front"]
    assert {entry.subject for entry in Entry.objects.filter(event="alert.assigned", actor="chief")} == {
        one.key for one in four
    }


def test_several_go_to_a_chosen_person_and_each_refusal_is_told_with_its_reason(people):
    good, moved, tied, elsewhere = record_of(Alert), record_of(Alert), record_of(Alert), record_of(Alert)
    Alert.objects.filter(pk=moved.pk).update(version=7)
    Alert.objects.filter(pk=tied.pk).update(subject_type="enterprise", subject_id="E1")
    Relation.objects.create(one_id="front", other_id="E1", kind="relative", declared_on=timezone.localdate())
    Alert.objects.filter(pk=elsewhere.pk).update(unit_code="5301", house_code="5301", district_code="5300")
    page = press("chief", [good, moved, tied, elsewhere], person="front")
    assert [(line.number, got) for line, got in page.context["ready"]] == [(good.pk, "front")]
    told = {line.number: str(line.refused) for line in page.context["refused"]}
    assert "刚刚已有人办理" in told[moved.pk]
    assert "front不能承办本件" in told[tied.pk]
    assert "没有这一件" in told[elsewhere.pk]
    assert [row.person_id for row in Assignment.objects.all()] == ["front"]
    text = page.content.decode()
    assert elsewhere.title not in text.partition("不能分派")[2].partition(f"alert/{elsewhere.pk}")[2]


def test_nobody_is_chosen_who_could_not_do_it_and_nobody_below_a_chief_assigns(one):
    for wrong in ("stranger", "nobody", "chief2"):
        assert "不能承办本件" in str(press("chief", [one], person=wrong).context["refused"][0].refused)
    assert browser("front").get("/alert/give/", {"pk": one.pk}).status_code == 404
    assert "formaction" not in browser("front").get("/alert/").content.decode()
    assert browser("chief").get("/alert/give/").status_code == 400
    assert not Assignment.objects.exists()


def test_a_sealed_queue_offers_no_assignment(people, lead):
    oversight = browser("oversight")
    assert oversight.get("/lead/give/", {"pk": lead.pk}).status_code == 404
    assert "formaction" not in oversight.get("/lead/").content.decode()
