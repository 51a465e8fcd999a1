"""The console as it is shipped, with the small country in it."""

import pytest
from django.core.cache import cache

from guanjian.pages import names
from guanjian.web import overview
from tests import cast


@pytest.fixture
def office(db):
    """The small country; no failed sign-in of another test counts here."""
    cache.clear()
    names.forget()
    overview._counted.cache_clear()
    cast.settle()
    yield
    names.forget()


@pytest.fixture
def browse(office):
    """A client that is signed in as one of the cast, with the second factor set up."""
    return cast.client
