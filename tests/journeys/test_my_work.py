"""The day of an officer in the browser: what to do first, several at once, a word to a colleague, a file, a view, a deputy."""

from datetime import datetime, timedelta

import pytest

from guanjian.kernel.workdays import CHINA

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PDF = b"%PDF-1.7\n1 0 obj\n% a contract\n"
TEXT = "请核对十月份合同副本"


@pytest.fixture(scope="module")
def start(seats):
    """The front line's first page, before anything is done."""
    front = seats("front")
    front.go("/")
    front.picture("my-work-home")
    return {"start": front.page.inner_text(".start"), "rows": front.page.locator("table[data-keys] tbody tr").count()}


@pytest.fixture(scope="module")
def bulk(start, console, seats):
    """Both alerts are ticked in the queue and signed for together."""
    front = seats("front")
    front.go("/alert/")
    for number in (console.staged["alert"], console.staged["other_alert"]):
        front.page.check(f'input[name="pk"][value="{number}"]')
    front.page.select_option('form#bulk select[name="step"]', "sign")
    with front.page.expect_navigation():
        front.page.click("form#bulk button")
    front.picture("my-work-bulk")
    with front.page.expect_navigation():
        front.page.click("main form[method=post] button.button")
    front.picture("my-work-bulk-done")
    return front.page.inner_text("main")


@pytest.fixture(scope="module")
def talk(bulk, console, seats):
    """A comment that asks the chief to look, and a file."""
    front, address = seats("front"), f"/alert/{console.staged['alert']}/"
    front.go(address)
    front.page.fill("#talk-text", f"@chief {TEXT}")
    with front.page.expect_navigation():
        front.page.click('form[action$="/beside/comment/"] button')
    front.page.set_input_files("#talk-file", {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": PDF})
    with front.page.expect_navigation():
        front.page.click('form[action$="/beside/attachment/"] button')
    front.picture("my-work-talk")
    return {"address": address, "file": front.page.get_attribute(".files a", "href")}


@pytest.fixture(scope="module")
def view(talk, seats):
    """A filter of the queue is kept by a name."""
    front = seats("front")
    front.go("/alert/?tab=open&overdue=1")
    front.page.click("details.ask summary")
    front.page.fill('.keep input[name="name"]', "逾期未办")
    with front.page.expect_navigation():
        front.page.click(".keep button")
    front.picture("my-work-view")
    return front.page.inner_text(".kept")


@pytest.fixture(scope="module")
def deputy(talk, seats):
    """The section chief goes on leave, and a colleague stands in from today."""
    chief, today = seats("chief"), datetime.now(CHINA).date()
    chief.go("/leave/")
    form = chief.page.locator("main form", has=chief.page.locator('[name="deputy"]'))
    given = {"deputy": "colleague", "since": today.isoformat(), "until": (today + timedelta(days=3)).isoformat()}
    chief.fill(form, given)
    with chief.page.expect_navigation():
        form.locator("button").click()
    chief.picture("my-work-leave")
    return chief.page.inner_text("main")


def test_a_newcomer_reads_first_what_he_must_do_first(start):
    assert "先办这一件" in start["start"]
    assert "签收" in start["start"]
    assert start["rows"] >= 1


def test_two_alerts_are_signed_for_at_once(bulk, console, seats):
    assert "已办理: 2" in bulk
    for number in (console.staged["alert"], console.staged["other_alert"]):
        seats("front").go(f"/alert/{number}/")
        assert "批量" not in seats("front").page.inner_text("#timeline")
        assert "签收" in seats("front").page.inner_text("#timeline")


def test_the_colleague_is_told_reads_the_comment_and_gets_the_very_file(talk, seats):
    chief = seats("chief")
    chief.go("/")
    assert chief.page.inner_text(".bell .count").startswith("1")
    chief.page.click(".bell")
    chief.page.wait_for_url("**/messages/")
    chief.picture("my-work-messages")
    with chief.page.expect_navigation():
        chief.page.click(".told a")
    assert TEXT in chief.page.inner_text("#talk")
    with chief.page.expect_download() as saved:
        chief.page.click(".files a")
    assert saved.value.suggested_filename == "合同.pdf"
    assert saved.value.path().read_bytes() == PDF
    chief.go("/")
    assert chief.page.locator(".bell .count").count() == 0


@pytest.mark.parametrize("name", ["stranger", "stranger_function"])
def test_another_district_finds_neither_record_nor_file_nor_message(talk, seats, name):
    other = seats(name)
    assert [other.go(talk["address"]), other.go(talk["file"])] == [404, 404]
    other.go("/messages/")
    assert other.page.locator(".told li").count() == 0


def test_the_view_is_one_click_away_afterwards(view, seats):
    assert "逾期未办" in view
    front = seats("front")
    front.go("/alert/")
    with front.page.expect_navigation():
        front.page.click(".kept a")
    assert "overdue=1" in front.page.url


def test_the_deputy_sees_for_whom_he_stands_in(deputy, seats):
    assert "某colleague 代 某chief" in " ".join(deputy.split())
    colleague = seats("colleague")
    colleague.go("/")
    colleague.picture("my-work-deputy")
    assert "代 某chief" in " ".join(colleague.page.inner_text(".page-head").split())


def test_english_speaks_english(start, seats):
    house_head = seats("house_head")
    house_head.go("/")
    with house_head.page.expect_navigation():
        house_head.page.click('button[name="language"]')
    house_head.picture("my-work-home-en")
    assert "My work" in house_head.page.inner_text("main h1")
