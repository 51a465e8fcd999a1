"""A step kept from hands that nobody has lent yet is a turn of everybody whose post it is."""

import pytest
from django.utils import timezone

from guanjian.loops.alert.models import Alert
from guanjian.moving import verbs
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.pages.bounded import Arm, waiting
from tests import cast
from tests.cast import actor
from tests.loops.moves import go


@pytest.fixture
def signed(db, monkeypatch):
    """An alert that somebody signed for: it is to be verified, by others than a later reviewer."""
    monkeypatch.setattr(verbs, "SUBSCRIBERS", {})
    cast.settle()
    house, now = Unit.objects.get(pk="2201"), timezone.now()
    return go(
        verbs.start(Alert, SYSTEM, house, title="样例", code="VAL-01", finding_key="k", at=now), ("sign", "front")
    )


def turn(who):
    """The alerts that wait for this person."""
    return list(waiting(Arm(actor(who).holdings[0], Alert.objects.all()), actor(who)))


@pytest.mark.parametrize("who", ["front", "colleague"])
def test_a_hand_that_is_not_there_bars_nobody(signed, who):
    assert "review" not in signed.hands
    assert turn(who) == [signed]


def test_a_hand_that_is_there_bars_its_owner_alone(signed):
    Alert.objects.update(hands={"review": "front"})
    assert turn("front") == []
    assert turn("colleague") == [signed]
