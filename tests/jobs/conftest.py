"""Real databases, and real workers on them."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import *  # noqa: F403

GUANJIAN = Path(sys.executable).with_name("guanjian")


@pytest.fixture
def diary(rows, monkeypatch):
    """Where the tasks of the tests write what they did, one line each."""
    path = rows.home / "diary"
    path.touch()
    rows.extra["JOBS_DIARY"] = str(path)
    monkeypatch.setenv("JOBS_DIARY", str(path))
    return lambda: path.read_text().split("\n")[:-1]


@pytest.fixture
def worker(rows, diary):
    """Start a real worker process; all are killed in the end."""
    started = []

    def start(*options):
        command = [GUANJIAN, "work", "--no-seal", *options]
        process = subprocess.Popen(
            command, env=rows.environment, cwd=rows.home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
