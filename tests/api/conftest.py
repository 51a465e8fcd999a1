"""The small country, and clients that are signed in as one of the cast."""

import pytest

from guanjian.org.unlocked import unlocked
from tests import cast
from tests.signed_in import browser


@pytest.fixture
def office(db):
    cast.settle()
    with unlocked(cast.give_keys(*cast.KEYED)):
        yield


@pytest.fixture
def signed_in(office):
    """A client in which the named person is signed in."""
    return browser
