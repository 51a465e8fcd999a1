"""The office as the loops see it: units settled, the chain connected or cut."""

import pytest

from guanjian import wiring
from guanjian.moving import verbs
from tests import cast


@pytest.fixture
def office(db):
    """The small country, with no follow-ups."""
    cast.settle()


@pytest.fixture
def chain(office, monkeypatch):
    """The small country with every loop connected."""
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))


@pytest.fixture(autouse=True)
def _cut(monkeypatch):
    monkeypatch.setattr(verbs, "SUBSCRIBERS", {})
