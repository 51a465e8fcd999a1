"""The office as the loops see it: units settled, the chain connected or cut."""

import pytest

from guanjian import wiring
from guanjian.moving import verbs
from guanjian.org.unlocked import unlocked
from tests import cast


@pytest.fixture
def office(db):
    """The small country, with no follow-ups; whoever reads a compartment has a key, and it is open."""
    cast.settle()
    with unlocked(cast.give_keys(*cast.KEYED, "someone")):
        yield


@pytest.fixture
def chain(office, monkeypatch):
    """The small country with every loop connected."""
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))


@pytest.fixture(autouse=True)
def _cut(monkeypatch):
    monkeypatch.setattr(verbs, "SUBSCRIBERS", {})
