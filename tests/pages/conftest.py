"""The console with the sample loop beside the others."""

import pytest
from django.db import connection

from guanjian.pages import names
from guanjian.web import overview
from tests import cast
from tests.pages import sample_loop


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the table of the sample loop, which no migration makes."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        if sample_loop.Sample._meta.db_table not in connection.introspection.table_names():
            editor.create_model(sample_loop.Sample)


@pytest.fixture
def office(db, settings, monkeypatch):
    """The small country, its names, and the sample loop's pages."""
    settings.ROOT_URLCONF = "tests.pages.sample_loop"
    names.forget()
    overview._counted.cache_clear()
    cast.settle()
    sample_loop.seated(monkeypatch)
    yield
    names.forget()


@pytest.fixture
def browse(office):
    """A client that is signed in as one of the cast, with the second factor set up."""
    return cast.client
