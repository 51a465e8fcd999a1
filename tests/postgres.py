"""Real databases for tests that must see real commits: `rows` runs a test on SQLite and on PostgreSQL, `postgres` on the latter.

Import the fixtures in a folder's conftest: `from tests.postgres import *`. The default connection is turned to a fresh
database with the ledger's and the jobs' tables, and `Place.environment` lets another process use the same.
"""

import copy
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, connections

from guanjian.ledger import verify

__all__ = ["Place", "migrated_sqlite", "postgres", "postgres_office", "postgres_server", "rows", "sqlite"]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Place:
    """Where the rows are for one test."""

    database: dict
    home: Path
    extra: dict = field(default_factory=dict)

    @property
    def environment(self) -> dict:
        """What another process needs to see the same rows."""
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.rows_settings",
            "ROWS_DATABASE": json.dumps(self.database, default=str),
            "ROWS_HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            **self.extra,
        }


@contextmanager
def turned_to(database: dict):
    """The default connection goes to this database inside the block."""
    before, kept = connections.databases["default"], connections["default"]
    settings = copy.deepcopy(before) | {"OPTIONS": {}, "HOST": "", "PORT": "", "USER": "", "PASSWORD": ""}
    connections.databases["default"] = settings | copy.deepcopy(database)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"] = before
        connections["default"] = kept


def migrate(database: dict) -> None:
    """The ledger's and the jobs' tables, by their migrations."""
    with turned_to(database):
        for room in ("ledger", "jobs"):
            call_command("migrate", room, verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory, django_db_blocker):
    """An empty database file, to be copied."""
    file = tmp_path_factory.mktemp("rows") / "empty.sqlite3"
    with django_db_blocker.unblock():
        migrate({"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)})
    return file


@pytest.fixture
def sqlite(migrated_sqlite, tmp_path, django_db_blocker, settings):
    """A fresh SQLite file as in production."""
    file = shutil.copy(migrated_sqlite, tmp_path / "rows.sqlite3")
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": SQLITE_OPTIONS}
    yield from _placed(Place(database, tmp_path), django_db_blocker, settings)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory, django_db_blocker):
    """A private cluster on a socket, run as `postgres` when we are root; skipped where no server is installed."""
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    binary = Path(found[-1] if found else shutil.which("initdb") or "/nowhere").parent
    if not (binary / "initdb").exists():
        pytest.skip("no PostgreSQL server binary here")
    folder = Path(subprocess.check_output([*_as_postgres(), "mktemp", "-d", "/tmp/rows-pg-XXXXXX"], text=True).strip())
    data = folder / "data"
    _run(binary / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60"
    try:
        _run(binary / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        database = {"ENGINE": "django.db.backends.postgresql", "HOST": str(folder), "USER": "postgres"}
        with django_db_blocker.unblock():
            _admin(database, "CREATE DATABASE empty")
            migrate(database | {"NAME": "empty"})
        yield database
    finally:
        _run(binary / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server, tmp_path, django_db_blocker, settings):
    """A fresh PostgreSQL database."""
    with django_db_blocker.unblock():
        _admin(postgres_server, "DROP DATABASE IF EXISTS rows WITH (FORCE)", "CREATE DATABASE rows TEMPLATE empty")
    yield from _placed(Place(postgres_server | {"NAME": "rows"}, tmp_path), django_db_blocker, settings)


@pytest.fixture(scope="session")
def postgres_office(postgres_server, django_db_blocker):
    """The name of a database with every table of the office, to be copied as a template."""
    with django_db_blocker.unblock():
        _admin(postgres_server, "CREATE DATABASE whole")
        with turned_to(postgres_server | {"NAME": "whole"}):
            call_command("migrate", verbosity=0, interactive=False)
    return "whole"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def rows(request):
    """The same test on both databases."""
    return request.getfixturevalue(request.param)


def _placed(place: Place, blocker, settings):
    settings.GUANJIAN_HOME = place.home
    registered, verify._records = verify._records, {}  # the loops' tables are not here
    with blocker.unblock(), turned_to(place.database):
        assert connection.vendor in place.database["ENGINE"]
        yield place
    verify._records = registered


def _admin(server: dict, *statements: str) -> None:
    with turned_to(server | {"NAME": "postgres"}), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _as_postgres() -> list[str]:
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _run(*command) -> None:
    done = subprocess.run(
        [*_as_postgres(), *map(str, command)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/"
    )
    assert done.returncode == 0, done.stderr.decode()
