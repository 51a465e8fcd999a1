"""外挂系统: two administrators let a platform in; it posts a finding with its key; the front line finds it among its alerts."""

import json
import re
import urllib.request

import pytest

from tests.days import date_in
from tests.outside.conftest import application, row

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/office/systems/"


def press(seat, action, **given):
    """Fill one form of the page and send it."""
    form = seat.page.locator(f'form[action$="/{action}/"]' if action else "form.card")
    seat.fill(form, given)
    with seat.page.expect_navigation():
        form.locator("button").first.click()
    assert seat.page.locator('[role="alert"]').count() == 0, seat.page.inner_text("main")


@pytest.fixture(scope="module")
def where(seats):
    """The platform as it was registered by one administrator and opened by the other."""
    admin, security = seats("admin"), seats("security")
    assert admin.go(LIST) == 200
    press(admin, "", **{**application(), "lines": ["duty"]})
    path = re.search(r"/office/systems/\d+/", admin.page.url)[0]
    security.go(path)
    press(security, "open", until=date_in(90).isoformat())
    return path


@pytest.fixture(scope="module")
def key(seats, where):
    security = seats("security")
    security.go(where)
    press(security, "key", days="30")
    return re.search(r"gjx_[\w-]+", security.page.inner_text("main"))[0]


def test_a_platform_posts_and_the_front_line_finds_it(seats, console, key):
    body = json.dumps({"findings": [row(77), row(78, unit_code="5301")]}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{console.address}/api/outside/findings", body, headers)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        rows = json.load(answer)["rows"]
    assert [one["became"] for one in rows] == ["opened", "refused"]
    front = seats("front")
    front.go("/alert/?tab=open&q=3122960077")
    front.page.get_by_text("价格偏低").first.click()
    front.page.wait_for_load_state()
    told = front.page.inner_text("main")
    assert "EXT-FKPT-JG01" in told
    assert "风控平台报送" in told
    front.picture("system-alert")


def test_both_administrators_see_what_is_theirs(seats, where):
    admin, security = seats("admin"), seats("security")
    admin.go(where)
    press(admin, "address", address="https://8.8.8.8/hook", events=["alert", "clue.close"])
    admin.picture("system-admin")
    security.go(where)
    press(security, "open-address")
    assert "whsec_" in security.page.inner_text("main")
    security.picture("system-security")
    security.go(LIST)
    security.picture("systems")
    assert "风控平台" in security.page.inner_text("main")


def test_in_english_too(seats, where):
    admin = seats("admin")
    admin.page.context.add_cookies([{"name": "language", "value": "en", "url": admin.page.url}])
    admin.go(where)
    told = admin.page.inner_text("main")
    admin.picture("system-admin-en")
    assert not re.search(r"[\u4e00-\u9fff]", told), told
