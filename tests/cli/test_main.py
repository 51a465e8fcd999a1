"""A command on an office that is not there, not of this version or out of reach says one sentence and what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DataError, OperationalError

from guanjian.cli import _no_office

GUANJIAN = Path(sys.executable).with_name("guanjian")
CLOSED = "postgres://guanjian:secret-word@127.0.0.1:9/office"


def run(home, *arguments, **more):
    """The command in an office of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "PYTHONPATH")}
    environment = kept | {"GUANJIAN_HOME": str(home), "GUANJIAN_INSECURE": "1", **more}
    return subprocess.run([GUANJIAN, *arguments], env=environment, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        pytest.param(["ledger", "verify"], {}, id="ledger"),
        pytest.param(["search", "verify"], {}, id="search"),
        pytest.param(["ledger", "verify"], {"GUANJIAN_DATABASE": CLOSED}, id="server", marks=pytest.mark.slow),
    ],
)
def test_an_office_that_is_not_there_is_one_sentence(tmp_path, arguments, more):
    done = run(tmp_path, *arguments, **more)
    assert done.returncode == 7
    assert "业务库打不开" in done.stderr
    assert "guanjian serve" in done.stderr
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "secret-word" not in done.stderr + done.stdout


def test_any_other_fault_stays_a_fault():
    assert _no_office(ValueError("x")) is None
    assert _no_office(DataError("x")) is None
    assert "no such table" in _no_office(OperationalError("no such table: t")).text.zh
