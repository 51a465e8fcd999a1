"""Tests that flush the database between them (`django_db(transaction=True)`) may empty the ledger; nobody else may.

Import the fixture in a conftest: `from tests.flushing import flushable`.
"""

import pytest
from django.db import connection
from django.test import TransactionTestCase

from guanjian.ledger import guards


def lift(connection):
    """Drop the guards."""
    with connection.cursor() as cursor:
        for name in guards.NAMES:
            table = next(t for t in ("ledger_entry", *guards.FROZEN) if name.startswith(t))
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{'' if connection.vendor == 'sqlite' else f' ON {table}'}")


@pytest.fixture(autouse=True, scope="session")
def flushable():
    """Lift the guards for the flush alone."""
    flush = TransactionTestCase._fixture_teardown

    def lifted(self):
        lift(connection)
        flush(self)
        guards.install(connection)

    TransactionTestCase._fixture_teardown = lifted
    yield
    TransactionTestCase._fixture_teardown = flush
