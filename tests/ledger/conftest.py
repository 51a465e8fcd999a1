"""Real databases for the ledger's tests, and what a saboteur does to them."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from guanjian.ledger import guards
from guanjian.ledger.rows import append
from tests.flushing import flushable  # noqa: F401
from tests.postgres import *  # noqa: F403


@contextmanager
def without_guards():
    """Inside the block the triggers are off, as for a saboteur who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in guards.NAMES:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET session_replication_role = replica")
        yield cursor
        if connection.vendor == "sqlite":
            guards.install(connection)
        else:
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def saboteur():
    """Run SQL with the guards off."""

    def strike(*statements):
        with without_guards() as cursor:
            for statement in statements:
                cursor.execute(*statement) if isinstance(statement, tuple) else cursor.execute(statement)

    return strike


@pytest.fixture
def story():
    """Append some entries to a stream."""

    def tell(count, stream="2200", subject="alert:{n}", **more):
        with transaction.atomic():
            for n in range(count):
                body = {"n": n, "说明": "第一次\n“签收”"}
                append(stream, "alert.sign", subject.format(n=n), f"g{stream}01", body, **more)

    return tell
