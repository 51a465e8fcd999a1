"""The worked examples of the demonstration: every loop has one that is closed and one that goes on, once."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from guanjian import wiring
from guanjian.crossing import cast as players
from guanjian.crossing import examples
from guanjian.ledger import sequencer
from guanjian.ledger.models import Entry
from guanjian.ledger.verify import verify
from guanjian.loops.discipline.models import Discipline
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.lead.models import Lead
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify.models import Rectify
from guanjian.moving import verbs
from guanjian.moving.record import Record
from tests import cast
from tests.days import day
from tests.walk.clock import Clock, stopped

LOOPS = [model for model in apps.get_models() if issubclass(model, Record)]


@pytest.fixture
def office(db, tmp_path, settings, monkeypatch):
    settings.GUANJIAN_DEMO, settings.GUANJIAN_LAKE = True, tmp_path / "lakes" / "simulated"
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))
    cast.settle()
    players.engage_for("2201", examples.place.SINCE)


@pytest.fixture
def played(office):
    examples.play(lambda said: None)


def test_every_loop_has_one_that_is_closed_and_one_that_goes_on(played):
    missing = [
        (model.FLOW.name, how)
        for model in LOOPS
        for how, closed in (("going on", True), ("closed", False))
        if not model.objects.filter(closed_at__isnull=closed).exists()
    ]
    assert missing == []


def test_an_example_is_dated_by_the_day_on_which_it_is_played(office):
    """A demonstration that was begun before midnight goes on after it."""
    with stopped(Clock(timezone.now() + timedelta(days=2))):
        examples.answers.play(examples.place.somewhere())
        done = [
            task.facts["give_evidence"]["done_on"] for task in Rectify.objects.all() if "give_evidence" in task.facts
        ]
        assert done == [day()]


def test_the_chain_stands_closed_with_its_loophole_under_review(played):
    ends = {"alert": "closed", "clue": "closed", "case": "closed", "rectify": "review"}
    by_origin = {model.FLOW.name: model for model in LOOPS}
    assert {name: by_origin[name].objects.order_by("pk").first().state for name in ends} == ends


def test_notices_go_in_both_directions_and_one_is_corrected(played):
    told = dict(Oversight.objects.values_list("direction", "state"))
    assert told == {"to_police": "closed", "to_customs": "replied"}


def test_what_stands_in_a_compartment_lies_above_the_people_it_is_about(played):
    assert set(Lead.objects.values_list("label", "compartment")) == {("integrity", "2200")}
    assert set(Inquiry.objects.values_list("label", "compartment", "state")) == {
        ("integrity", "2200", "closed"),
        ("integrity", "0000", "assessed"),
    }


def test_an_anonymous_report_is_answered_and_a_reported_one_is_settled_by_two(played):
    assert sorted(Discipline.objects.values_list("compartment", "state")) == [("2200", "filed"), ("2200", "settled")]


def test_a_no_of_the_sweep_is_rectified_and_what_came_back_is_told_above(played):
    assert Rectify.objects.filter(source="sweep", title__startswith="排查：").count() == 1
    assert Prompt.objects.filter(unit_code="2200", state="drafted", title__startswith="问题复发提示").count() == 1


def test_played_twice_nothing_is_added(played):
    before = Entry.objects.count()
    examples.play(lambda said: None)
    assert Entry.objects.count() == before


def test_the_ledger_of_the_examples_verifies(played):
    sequencer.seal_all()
    report = verify()
    assert report.ok, [breach.text() for breach in report.breaches]
