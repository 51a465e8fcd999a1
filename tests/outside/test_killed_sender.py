"""Senders killed with 9 in the middle lose no delivery, and no record's events change their order."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
KILLS, STEPS = 6, ["start", "sign", "verify"]


@pytest.fixture
def office(tmp_path):
    """Runs the worker's module in a home of its own."""
    made = {"GUANJIAN_HOME": str(tmp_path), "GUANJIAN_INSECURE": "1", "GUANJIAN_WEBHOOK_NETWORKS": "127.0.0.0/8"}
    options = {"env": {**os.environ, **made, "DJANGO_SETTINGS_MODULE": "guanjian.settings"}, "cwd": ROOT}
    command = [sys.executable, "-m", "tests.outside.worker"]
    started = []

    def run(*words):
        if words[0] == "stage":
            return subprocess.run([*command, *words], check=True, capture_output=True, text=True, **options).stdout
        started.append(subprocess.Popen([*command, *words], stderr=subprocess.DEVNULL, **options))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


def told(receiver):
    """By record: the steps in the order in which each was told for the first time."""
    order: dict[str, list[str]] = {}
    for one in list(receiver.told):
        steps = order.setdefault(one["key"], [])
        if one["step"] not in steps:
            steps.append(one["step"])
    return order


def until(true, seconds=60):
    """Wait until it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_senders_killed_in_the_middle_lose_nothing(office, receiver):
    receiver.pause = 0.03
    records, dice = json.loads(office("stage", receiver.address)), random.Random(9)
    for _ in range(KILLS):
        came, worker = len(receiver.got), office("work")
        until(lambda came=came: len(receiver.got) >= came + dice.randint(1, 4))
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    assert len(receiver.got) < len(records) * len(STEPS) + KILLS  # they were killed before the end
    office("work")
    until(lambda: told(receiver) == dict.fromkeys(records, STEPS))
    numbers = [headers["webhook-id"] for headers, _ in receiver.got]
    assert len(set(numbers)) == len(records) * len(STEPS)
    assert len(numbers) <= len(set(numbers)) + KILLS  # at most the one at hand comes twice for each kill
