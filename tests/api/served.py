"""A served office for another system's client: `python -m tests.api.served` sets it up and prints each person's key."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("front", "house_head", "police", "police_head", "function", "oversight")


def set_up() -> None:
    """The tables, the small country, and a key to each person."""
    from guanjian.cli import open_office

    open_office()
    from django.core.management import call_command

    from guanjian.crossing import tokens
    from guanjian.org.actor import SYSTEM
    from tests import cast

    call_command("migrate", verbosity=0, interactive=False)
    cast.settle()
    print(json.dumps({name: tokens.issue(cast.person(name), "对接", 1, SYSTEM) for name in PEOPLE}))


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A console in a process of its own: its address, and the keys."""
    made = {"GUANJIAN_HOME": str(home), "GUANJIAN_INSECURE": "1", "DJANGO_SETTINGS_MODULE": "guanjian.settings"}
    options = {"env": {**os.environ, **made}, "cwd": ROOT}
    staged = subprocess.run([sys.executable, "-m", "tests.api.served"], capture_output=True, check=True, **options)
    port = free_port()
    words = [sys.executable, "-m", "guanjian.cli", "serve", "--no-migrate", "--port", str(port)]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, **options)
        try:
            _wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", json.loads(staged.stdout)
        finally:
            process.terminate()
            process.wait(20)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/api/openapi.json", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            answer.close()  # it answers: nobody is signed in
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the console did not come up")


if __name__ == "__main__":
    set_up()
