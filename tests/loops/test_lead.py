"""The compartment: who sees a lead, how the person is heard, and what a refutation leaves behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.papers import Subject
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding as open_alert
from guanjian.loops.alert.actions import outcomes_since, rates
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.actions import compartment_of, open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests.cast import CAST, actor
from tests.days import date_in
from tests.loops.findings import finding, finding_about_a_person
from tests.loops.moves import go

SEES = {"oversight", "oversight_two"}


@pytest.fixture
def lead(office):
    return open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)


@pytest.fixture
def verified(lead):
    return go(lead, ("sign", "oversight"), ("verify", "oversight"))


@pytest.fixture
def asked(verified):
    return go(verified, ("ask", "oversight"))


@pytest.mark.parametrize("who", CAST)
def test_only_the_oversight_of_the_level_above_sees_a_lead(lead, who):
    seen = Lead.objects.visible_to(actor(who))
    assert (seen.count() == 1) == (who in SEES)
    assert (Lead.objects.waiting_for(actor(who)).count() == 1) == (who in SEES)
    assert (seen.about("pair", "front|E0001").count() == 1) == (who in SEES)
    assert bool(lead.flow.next_steps(actor(who), lead)) == (who in SEES)


def test_the_person_concerned_sees_nothing_even_as_oversight(lead):
    both = actor("front", (Post.OVERSIGHT, "2200"))
    assert Lead.objects.visible_to(both).count() == 0
    assert lead.flow.next_steps(both, lead) == []


@pytest.mark.parametrize(
    ("unit", "above"), [("2201-01", "2200"), ("2201", "2200"), ("2200", "0000"), ("22P0", "0000"), ("0000", "0000")]
)
def test_a_lead_goes_to_the_level_above_the_persons_own_unit(office, unit, above):
    assert compartment_of(Unit.objects.get(pk=unit)) == above


def test_a_lead_about_somebody_of_the_district_is_for_headquarters_only(office):
    open_from_finding(finding_about_a_person(subject_id="oversight|E1"), Unit.objects.get(pk="2200"), SYSTEM)
    assert Lead.objects.visible_to(actor("oversight_two")).count() == 0
    assert Lead.objects.visible_to(actor("oversight_hq")).count() == 1


def test_a_finding_about_a_person_never_opens_an_alert(office):
    with pytest.raises(BadInput):
        open_alert(finding_about_a_person(), Unit.objects.get(pk="2201"), SYSTEM)
    with pytest.raises(BadInput):
        open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    assert not Alert.objects.exists()


def test_the_same_finding_opens_once_and_is_noted_when_found_again(lead):
    again = finding_about_a_person(score=9.0, run_id="run-2")
    assert open_from_finding(again, Unit.objects.get(pk="2201-01"), SYSTEM) is None
    assert [entry.event for entry in Entry.objects.filter(subject=lead.key)] == ["lead.start", "lead.found_again"]
    assert Lead.objects.visible_to(actor("oversight")).get().score == lead.score


def test_the_ledger_of_a_lead_names_nobody(asked):
    go(asked, ("reply", "front", {"reply": "front 与 E0001 只有正常业务往来"}))
    told = [f"{entry.subject} {entry.body}" for entry in Entry.objects.filter(subject=asked.key)]
    assert not [text for text in told if "E0001" in text or "front" in text or "2201" in text]


def test_no_conclusion_before_the_person_is_heard(verified):
    for name in ("conclude", "refute"):
        with pytest.raises(NotAllowed):
            go(verified, (name, "oversight", {"verdict": "confirmed"}))


def test_the_person_sees_the_question_from_asking_on_and_replies_himself(verified):
    assert Lead.objects.put_to(actor("front")).count() == 0
    asked = go(verified, ("ask", "oversight", {"question": "请说明十月与该企业的往来。"}))
    assert Lead.objects.put_to(actor("front")).get().question == "请说明十月与该企业的往来。"
    assert Lead.objects.put_to(actor("colleague")).count() == 0
    assert Lead.objects.visible_to(actor("front")).count() == 0
    heard = go(asked, ("reply", "front"))
    assert (heard.state, heard.hands["reply"]) == ("heard", "front")
    assert Lead.objects.put_to(actor("front")).count() == 0


def test_nobody_but_the_person_or_oversight_replies(asked):
    for who in ("colleague", "chief", "leader", "admin", "stranger_oversight"):
        with pytest.raises(NotAllowed):
            go(asked, ("reply", who))


def test_silence_counts_only_when_the_time_is_over(asked):
    with pytest.raises(NotAllowed, match="期限未到"):
        go(asked, ("lapse", "oversight"))
    Lead.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert go(Lead.objects.get(), ("lapse", "oversight")).state == "heard"


def test_a_postponement_needs_a_later_date_and_a_second_hand(verified):
    today = timezone.localdate()
    with pytest.raises(NotAllowed, match="今天之后"):
        go(verified, ("postpone", "oversight", {"review_on": today.isoformat()}))
    proposed = go(verified, ("postpone", "oversight"))
    with pytest.raises(NotAllowed, match="另一人"):
        go(proposed, ("agree", "oversight"))
    agreed = go(proposed, ("agree", "oversight_two"))
    assert timezone.localdate(agreed.due_at - timedelta(seconds=1)) == agreed.review_on
    assert go(agreed, ("conclude", "oversight", {"verdict": "undetermined"})).verdict == "undetermined"


def test_a_postponement_that_has_ended_allows_no_conclusion(verified):
    agreed = go(verified, ("postpone", "oversight"), ("agree", "oversight_two"))
    Lead.objects.update(review_on=date_in(-1))
    with pytest.raises(NotAllowed, match="到期"):
        go(agreed, ("conclude", "oversight", {"verdict": "confirmed"}))


def test_a_conclusion_needs_another_hand(asked):
    concluded = go(asked, ("reply", "front"), ("conclude", "oversight", {"verdict": "confirmed"}))
    with pytest.raises(NotAllowed):
        go(concluded, ("countersign", "oversight"))
    assert go(concluded, ("countersign", "oversight_two")).state == "closed"


@pytest.mark.parametrize("who", CAST)
def test_a_refuted_lead_is_sealed_from_everybody(asked, who):
    sealed = go(asked, ("reply", "front"), ("refute", "oversight"), ("seal", "oversight_two"))
    assert sealed.sealed
    assert Lead.objects.visible_to(actor(who)).count() == 0
    assert Lead.objects.put_to(actor(who)).count() == 0
    assert (rates(), list(outcomes_since())) == ([], [])


def test_a_sealed_lead_is_still_proved_by_the_ledger(asked):
    sealed = go(asked, ("reply", "front"), ("refute", "oversight"), ("seal", "oversight_two"))
    last = Entry.objects.filter(subject=sealed.key).order_by("-id").first()
    assert (last.event, last.record_hash) == ("lead.seal", sealed.as_left())


def test_undetermined_is_not_confirmed_and_a_lead_confirmed_or_not_enters_no_rate(asked):
    closed = go(
        asked,
        ("reply", "front"),
        ("conclude", "oversight", {"verdict": "undetermined"}),
        ("countersign", "oversight_two"),
    )
    assert (closed.verdict, closed.state) == ("undetermined", "closed")
    assert rates() == []


def test_a_finding_on_an_officer_concerns_that_officer(office):
    about = finding_about_a_person(subject_type=Subject.OFFICER, subject_id="front")
    lead = open_from_finding(about, Unit.objects.get(pk="2201-01"), SYSTEM)
    assert lead.concerns() == {"front"}
