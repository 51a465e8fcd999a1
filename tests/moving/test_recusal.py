"""Whoever is tied to a party stands aside, also when the tie is hidden behind another person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from guanjian.kernel.errors import NotAllowed
from guanjian.loops.alert.actions import open_from_finding
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Posting, Relation, Unit
from guanjian.org.recusal import Ground, related, why_aside
from tests import cast
from tests.loops.findings import finding

TODAY = date(2026, 11, 21)


@pytest.fixture
def office(db):
    cast.settle()


def tie(one, other, kind="relative"):
    Relation.objects.create(one_id=one, other_id=other, kind=kind, declared_on=TODAY)


def test_nobody_stands_aside_without_a_tie(office):
    tie("somebody", "E1")
    assert not related("front", {"E1"})


@pytest.mark.parametrize("turned", [False, True])
def test_a_relative_of_the_trader_stands_aside_in_whichever_direction_it_was_declared(office, turned):
    tie(*(("E1", "front") if turned else ("front", "E1")))
    assert related("front", {"E1"})


def test_a_tie_hidden_at_two_hops_is_found_and_at_three_is_not(office):
    tie("front", "brother")
    tie("brother", "E1", "interest")
    assert related("front", {"E1"})
    tie("E1", "E2", "interest")
    assert not related("front", {"E2"})


def test_a_post_left_before_the_matter_began_does_not_bind(office):
    Posting.objects.create(person_id="front", unit_code="2201", post="release", since=date(2020, 1, 1), until=TODAY)
    asked = (Ground.FORMER_POST,), (), "2201"
    assert why_aside("front", *asked, TODAY) is not None
    assert why_aside("front", *asked, TODAY + timedelta(days=1)) is None


def test_one_s_own_unit_binds_where_the_loop_asks_for_it(office):
    cast.person("front")
    assert why_aside("front", (Ground.OWN_UNIT,), (), "2201", TODAY) is not None
    assert why_aside("front", (Ground.RELATION,), (), "2201", TODAY) is None


def test_the_step_is_refused_and_the_reason_does_not_say_which_tie(office):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    tie("front", "brother")
    tie("brother", alert.subject_id, "interest")
    with pytest.raises(NotAllowed) as refusal:
        advance(alert, "sign", cast.actor("front"), {})
    assert "回避" in refusal.value.text.zh
    assert "brother" not in refusal.value.text.zh
    assert advance(alert, "sign", cast.actor("colleague"), {}).hands["sign"] == "colleague"


def test_a_matter_about_several_units_since_long_ago_binds_who_served_in_any_of_them_then(office, monkeypatch):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    Posting.objects.create(person_id="front", unit_code="2202", post="release", since=date(2020, 1, 1), until=TODAY)
    monkeypatch.setattr(type(alert), "FLOW", replace(alert.FLOW, aside=(Ground.FORMER_POST,)))
    monkeypatch.setattr(type(alert), "places", lambda record: {"2201", "2202"})
    monkeypatch.setattr(type(alert), "began", lambda record: TODAY)
    with pytest.raises(NotAllowed, match="曾在"):
        advance(alert, "sign", cast.actor("front"), {})
    monkeypatch.setattr(type(alert), "began", lambda record: TODAY + timedelta(days=1))
    assert advance(alert, "sign", cast.actor("front"), {}).state == "signed"
