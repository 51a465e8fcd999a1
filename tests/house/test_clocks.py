"""No file asks for the day when it is read, and each guard is seen to find what was planted."""

import os
import subprocess
import sys

import pytest
from django.utils import timezone

from tests.days import Ahead, Hence, as_of_now, date_in, day, kept, today, unasked
from tests.house.clocks import ROOT, asked_early

PLANTED = """
from datetime import date, datetime
from django.utils import timezone

TODAY = timezone.localdate()


class Told:
    at = datetime.now()


def late(since=date.today(), later=lambda: timezone.now()):
    return timezone.now()
"""


def test_no_file_asks_for_the_day_when_it_is_read():
    assert asked_early(ROOT / "src", ROOT / "tests") == []


@pytest.mark.parametrize("planted", ["", "from tests.days import today; today()"], ids=["as it is", "planted"])
def test_what_is_read_before_the_tests_are_collected_asks_for_no_day_either(planted, tmp_path):
    (tmp_path / "planted.py").write_text(planted)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    call = [sys.executable, "-m", "tests.house.clocks", "planted"]
    read = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (read.returncode == 0) == (not planted), read.stderr
    assert ("Ask within the test" in read.stderr) == bool(planted), read.stderr


def test_a_planted_question_is_found_in_the_file_its_classes_and_its_defaults(tmp_path):
    (tmp_path / "planted.py").write_text(PLANTED)
    found = [line.partition(":")[2] for line in asked_early(tmp_path)]
    assert found == ["5 timezone.localdate()", "9 datetime.now()", "12 date.today()"]


@pytest.mark.parametrize("ask", [timezone.now, timezone.localdate, timezone.localtime, today, day])
def test_whoever_asks_during_collection_is_told_what_to_do(ask):
    with unasked(), pytest.raises(RuntimeError, match="Ask within the test"):
        ask()
    ask()


def test_the_tests_are_collected_under_the_guard(pytestconfig):
    """The hook that pytest calls to collect holds while the files are read."""
    from tests import conftest

    collecting = conftest.pytest_collection()
    next(collecting)
    try:
        with pytest.raises(RuntimeError, match="Ask within the test"):
            timezone.localdate()
    finally:
        with pytest.raises(StopIteration):
            next(collecting)
    assert pytestconfig.pluginmanager.is_registered(conftest)


def test_a_table_is_told_as_of_the_moment_of_its_use():
    table = {"by": Ahead(3), "rows": [{"from": Hence(-2)}], "said": "x"}
    told, columns = as_of_now(table), kept(table)
    assert (told["by"], columns["by"]) == (day(3), date_in(3))
    assert told["rows"][0]["from"] < timezone.now().isoformat()
    assert isinstance(columns["rows"][0]["from"], str)
    assert table["by"] == Ahead(3)
