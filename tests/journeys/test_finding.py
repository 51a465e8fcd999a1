"""A person at the keyboard: `/`, two characters, J, Enter; a composite query without scripts; the rows as a file."""

import csv
import io

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_two_characters_and_the_keyboard_lead_to_the_record(console, seats):
    front = seats("front")
    front.go("/")
    front.page.locator("body").click(position={"x": 5, "y": 5})
    front.page.keyboard.press("/")
    front.page.keyboard.type("单价")
    front.page.keyboard.press("Enter")
    front.page.wait_for_url("**/search/?q=*")
    assert front.page.locator("main mark").first.inner_text() == "单价"
    assert front.page.locator("main tbody tr").count() == 2
    front.picture("search-zh")
    front.page.keyboard.press("/")
    assert front.page.evaluate("document.activeElement.name") == "q"
    front.page.locator("h1").click()
    front.page.keyboard.press("j")
    front.page.keyboard.press("Enter")
    front.page.wait_for_url("**/alert/*/")


def test_the_stranger_and_a_sealed_word_find_nothing(console, seats):
    stranger = seats("stranger")
    stranger.go("/search/?q=单价")
    assert "没有找到" in stranger.page.inner_text("main")
    stranger.picture("search-nothing-zh")
    oversight = seats("oversight")
    oversight.go("/search/?q=INT-01")
    assert "没有找到" in oversight.page.inner_text("main")


def test_a_question_is_put_together_told_back_and_taken_away_without_scripts(console, seats):
    front = seats("front", java_script_enabled=False)
    front.go("/alert/?tab=open")
    front.page.get_by_role("link", name="组合查询").click()
    page = front.page
    page.select_option("[name=f0]", "title")
    page.fill("[name=v0]", "E0001")
    page.select_option("[name=f1]", "level")
    page.select_option("[name=o1]", "is")
    page.get_by_role("button", name="查询", exact=True).click()
    assert "请给出要比较的值" in page.inner_text("[role=alert]")
    page.select_option("[name=v1]", "orange")
    page.select_option("[name=o0]", "hasnt")
    page.get_by_role("button", name="查询", exact=True).click()
    assert "不包含“E0001” 并且 “级别”等于“橙色”" in page.inner_text(".ask-said")
    front.picture("query-zh")
    with page.expect_download() as waited:
        page.get_by_role("button", name="导出CSV").click()
    rows = list(csv.reader(io.StringIO(waited.value.path().read_text("utf-8-sig"))))
    assert (rows[0][0], len(rows) - 1) == ("编号", page.locator("main .table tbody tr").count())
    with page.expect_download() as waited:
        page.get_by_role("button", name="导出Excel").click()
    assert waited.value.path().read_bytes().startswith(b"PK")


def test_all_of_it_is_there_in_english(console, seats):
    leader = seats("leader_hq")
    leader.go("/search/?q=单价")
    leader.page.get_by_role("button", name="English").click()
    leader.page.wait_for_selector("html[lang=en]")
    assert "Search" in leader.page.inner_text("h1")
    leader.picture("search-en")
    leader.go("/query/?f0=title&o0=has&v0=E000&f1=level&o1=is&v1=orange&g1=2")
    assert "“Title” contains “E000” or “Level” is “Orange”" in leader.page.inner_text(".ask-said")
    leader.picture("query-en")
