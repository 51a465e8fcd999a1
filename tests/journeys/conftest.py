"""The console as an office runs it: its own home, server and worker as processes, and people in browser sessions."""

from __future__ import annotations

import base64
import hmac
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.days import as_of_now
from tests.journeys.stage import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "pictures"
HALF_MINUTE, SLOW = 30, 5
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def one_time_code(secret: str, now: float | None = None) -> str:
    """The six digits of RFC 6238 for this half minute."""
    counter = struct.pack(">Q", int((now or time.time()) // 30))
    mac = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Console:
    """A running console and what was set up in it."""

    home: Path
    address: str
    staged: dict
    environment: dict = field(repr=False)
    used: dict[str, int] = field(default_factory=dict)  # the half minute of each person's last code: it is taken once

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """A command of the product on this console's home."""
        call = [sys.executable, "-m", "guanjian.cli", *words]
        return subprocess.run(call, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address + "/account/signin/", timeout=2)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the console did not come up")


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    """A console with the cast, one alert and one lead; a worker seals its ledger."""
    home, port = tmp_path_factory.mktemp("office"), free_port()
    environment = {**os.environ, "GUANJIAN_HOME": str(home), "GUANJIAN_INSECURE": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "guanjian.settings"
    made = Console(home, f"http://127.0.0.1:{port}", {}, environment)
    prepared = made.run("office", "prepare")
    assert prepared.returncode == 0, prepared.stderr
    stage = [sys.executable, "-m", "tests.journeys.stage"]
    made.staged = json.loads(subprocess.run(stage, env=environment, cwd=ROOT, capture_output=True, check=True).stdout)
    log = (home / "server.log").open("w")
    running = [
        subprocess.Popen([sys.executable, "-m", "guanjian.cli", *words], env=environment, stdout=log, stderr=log)
        for words in (["serve", "--port", str(port)], ["work"])
    ]
    try:
        _wait(made.address)
        yield made
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        log.close()


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium."""
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as player:
        running = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@dataclass
class Seat:
    """One person at a browser of their own."""

    name: str
    console: Console
    page: object
    scripts: bool = True

    def go(self, path: str) -> int:
        """Open an address; returns the HTTP status."""
        return self.page.goto(self.console.address + path).status

    def picture(self, name: str) -> None:
        """Keep what is seen, at the two widths that every page is drawn for."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width, height in ((1366, 900), (390, 844)):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": 1366, "height": 900})

    def step(self, path: str, step: str, **given) -> None:
        """Take one step on the record at this address, through its form, and see that it was taken."""
        assert self.go(path) == 200, f"{self.name} at {path}"
        form = self.page.locator(f'form[action$="/{step}/"]')
        assert form.count() == 1, f"{self.name} has no form for {step} at {path}: {self.page.inner_text('.panel')}"
        offer = form.locator("xpath=ancestor::details")
        if offer.count() and offer.get_attribute("open") is None:
            offer.locator("summary").click()
        self.fill(form, given)
        confirm = form.locator('input[name="confirm"]')
        if confirm.count():
            confirm.check()
        self._press(form)
        problem = self.page.locator('[role="alert"]')
        assert problem.count() == 0, f"{step} refused: {problem.first.inner_text()}"

    def fill(self, form, given: dict) -> None:
        """Fill the fields of a form."""
        for name, value in as_of_now(given).items():
            _fill(form, name, value)

    def _press(self, form) -> None:
        """Send the form and wait for the answer: the part that was exchanged, or without scripts the whole page."""
        wrong = form.evaluate("f => [...f.elements].filter(e => !e.checkValidity()).map(e => e.name)")
        assert wrong == [], f"the browser does not send {wrong}"
        button, version = form.locator("button[type=submit]"), form.locator('input[name="version"]').input_value()
        if not self.scripts:
            with self.page.expect_navigation():
                button.click()
            return
        button.click()
        self.page.wait_for_function(
            "seen => { const v = document.querySelector('form input[name=version]');"
            " return document.querySelector('[role=alert]') || document.querySelector('.notice')"
            " || !v || v.value !== seen }",
            arg=version,
        )


def _fill(form, name: str, value) -> None:
    """Fill one field as a person would, whatever its kind."""
    fields = form.locator(f'[name="{name}"]')
    assert fields.count(), f"no field {name}"
    kind = fields.first.evaluate("e => e.tagName + ':' + (e.type || '')")
    if kind in ("INPUT:checkbox", "INPUT:radio"):
        for one in [value] if isinstance(value, (str, bool)) else value:
            chosen = fields.first if isinstance(one, bool) else form.locator(f'[name="{name}"][value="{one}"]')
            chosen.set_checked(one is not False)
    elif kind.startswith("SELECT"):
        fields.first.select_option(value)
    else:
        fields.first.fill("\n".join(value) if isinstance(value, (list, tuple)) else value)


@pytest.fixture(scope="module")
def seats(console, browser):
    """`seats("front")`: that person signed in with password and second factor, in a session of their own."""
    taken: dict[str, Seat] = {}

    def seat(name: str, **options) -> Seat:
        key = name + repr(options)
        if key not in taken:
            page = browser.new_context(locale="zh-CN", **options).new_page()
            taken[key] = Seat(name, console, page, options.get("java_script_enabled", True))
            _sign_in(taken[key])
        return taken[key]

    return seat


def _sign_in(seat: Seat) -> None:
    seat.go("/account/signin/")
    seat.page.fill('[name="login"]', seat.name)
    seat.page.fill('[name="password"]', PASSWORD)
    seat.page.locator("form", has=seat.page.locator('[name="password"]')).locator("button").click()
    seat.page.wait_for_selector('[name="code"]')
    half, at = divmod(time.time(), HALF_MINUTE)
    if HALF_MINUTE - at < SLOW or seat.console.used.get(seat.name) == half:
        time.sleep(HALF_MINUTE - at)  # a code that runs out on its way is refused, and so is one that was used
    seat.console.used[seat.name] = time.time() // HALF_MINUTE
    seat.page.fill('[name="code"]', one_time_code(seat.console.staged["secrets"][seat.name]))
    seat.page.locator("form", has=seat.page.locator('[name="code"]')).locator("button").click()
    seat.page.wait_for_url(seat.console.address + "/")
