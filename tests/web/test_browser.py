"""The console in a real Chromium: signing in with two factors, a step with and without JavaScript, both widths, both languages."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from tests.web.stage import PASSWORD, SECRET

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PICTURES = Path("build/pictures/web")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed"),
]


def code_of(secret: str) -> str:
    """What an authenticator shows now for this secret."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    """The address of a console that runs for these tests."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.stage", str(home), str(port)], stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}"
    _wait(port, process)
    yield address
    process.terminate()
    process.wait(10)


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "the console did not start"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("the console did not answer within a minute")


@pytest.fixture(scope="module")
def chromium():
    """One browser for all these tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def seat(chromium, console):
    """The cookies of somebody who signed in once with password and code: a code is good for one sign-in only."""
    kept = {}

    def state(name):
        if name not in kept:
            context = chromium.new_context(base_url=console)
            sign_in(context.new_page(), name)
            kept[name] = context.storage_state()
            context.close()
        return kept[name]

    return state


@pytest.fixture
def window(chromium, console, seat):
    """Opens windows; afterwards none of them may have reported an error (such as a breach of the content policy)."""
    opened, errors = [], []

    def opens(who=None, width=1366, height=900, javascript=True, language="zh"):
        context = chromium.new_context(
            base_url=console,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            storage_state=seat(who) if who else None,
        )
        context.add_cookies([{"name": "language", "value": language, "url": console}])
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opens
    for context in opened:
        context.close()
    assert [error for error in errors if "status of 40" not in error] == []


def sign_in(page, name, factor=True):
    """Password, then the code."""
    page.goto("/account/signin/")
    page.fill("#id_login", name)
    page.fill("#id_password", PASSWORD)
    page.click("main button")
    if factor:
        page.fill("#id_code", code_of(SECRET))
        page.click("main button.wide")
        page.wait_for_url("**/")


def test_a_new_officer_sets_up_the_second_factor_and_arrives_at_his_work(window):
    page = window()
    sign_in(page, "colleague", factor=False)
    assert page.url.endswith("/account/factors/app/")
    page.fill("#id_code", code_of(page.inner_text(".secret").strip()))
    page.click("main button.wide")
    assert len(page.locator(".recovery li").all()) == 10
    page.click("text=已保存，继续")
    assert page.inner_text("h1") == "我的待办"
    assert "VAL-01" in page.inner_text("main")


def test_a_step_is_taken_in_place_and_a_stranger_sees_nothing_of_it(window):
    page, other = window("front"), window("stranger")
    page.goto("/alert/1/")
    page.click(".panel-mine button[type=submit]")
    page.wait_for_selector("text=“签收”已办理")
    assert page.url.endswith("/alert/1/")
    assert "核查中" in page.inner_text(".record-meta")
    page.fill("textarea[name=checked]", "短")
    page.evaluate("document.querySelectorAll('#next form').forEach(form => form.noValidate = true)")
    page.click(".panel-mine button[type=submit]")
    page.wait_for_selector(".panel-mine [role=alert]")
    assert page.input_value("textarea[name=checked]") == "短"
    assert other.goto("/alert/1/").status == 404
    assert "312296" not in other.inner_text("body")


def test_a_step_is_taken_without_javascript(window):
    page = window("front", javascript=False)
    page.goto("/alert/2/")
    page.click(".panel-mine button[type=submit]")
    assert page.url.endswith("/alert/2/")
    assert "“签收”已办理" in page.inner_text(".notices")


def test_the_queue_is_walked_with_the_keyboard(window):
    page = window("front")
    page.goto("/alert/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.get_attribute("tr.is-at a", "href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")
    page.goto("/alert/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_wider_than_the_window(window, width, language):
    height = 900 if width > 400 else 844
    PICTURES.mkdir(parents=True, exist_ok=True)
    door, page = (window(who, width, height, language=language) for who in (None, "front"))
    door.goto("/account/signin/")
    door.screenshot(path=PICTURES / f"signin-{language}-{width}.png")
    for name, address in (("home", "/"), ("queue", "/alert/"), ("record", "/alert/3/"), ("search", "/search/?q=VAL")):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, width, language)
        page.screenshot(path=PICTURES / f"{name}-{language}-{width}.png", full_page=True)
