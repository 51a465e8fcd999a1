"""The page of search: what is typed is refused in a sentence or found; nothing is told of what one may not see."""

import re

import pytest
from django.urls import resolve

from guanjian.loops.alert.models import Alert
from guanjian.loops.clue.models import Clue
from guanjian.pages import names
from tests.loops.test_search import one_of
from tests.signed_in import browser


@pytest.fixture
def country(office):
    resolve("/")
    names.forget()
    yield
    names.forget()


def page_of(who, **given):
    answer = browser(who).get("/search/", given)
    return answer.status_code, answer.content.decode()


def main_of(page):
    """What stands in the page itself, without the frame around it."""
    return page[page.index('<main id="main"') :]


def test_what_was_found_is_marked_in_title_and_text(country):
    record = one_of(Alert, "进口价格偏低", explanation="经核查，申报单价低于同行企业水平。")
    status, page = page_of("front", q="单价")
    assert status == 200
    assert "申报<mark>单价</mark>低于同行" in page
    assert f'href="/alert/{record.pk}/"' in page
    assert "进口<mark>价格</mark>偏低" in page_of("front", q="价格")[1]


def test_what_stands_in_a_record_is_never_run_in_the_page(country):
    one_of(Alert, "<script>价格</script>", explanation="<b>单价</b>")
    for words in ("价格", "单价", "<script>"):
        page = main_of(page_of("front", q=words)[1])
        assert "<script>" not in page.replace("</script>", "")
        assert "<b>单价" not in page


def test_the_stranger_is_told_nothing_and_no_number_of_anything(country):
    for n in range(30):
        one_of(Alert, f"孤本{n}")
    empty = main_of(page_of("stranger", q="鲸鱼")[1])
    hidden = main_of(page_of("stranger", q="孤本")[1])
    assert re.sub("孤本|鲸鱼|%[0-9A-F]{2}", "", hidden) == re.sub("孤本|鲸鱼|%[0-9A-F]{2}", "", empty)
    seen = main_of(page_of("front", q="孤本")[1])
    assert "30" not in re.sub(r"<[^>]*>|\d{4}-\d\d-\d\d \d\d:\d\d|alert/\d+|孤本\d+", "", seen)


def test_pages_follow_each_other(country):
    records = [one_of(Alert, f"孤本{n}") for n in range(25)]
    found, address = [], "/search/?q=孤本"
    client = browser("front")
    while address:
        page = main_of(client.get(address).content.decode())
        found += re.findall(r'href="/alert/(\d+)/"', page)
        following = re.search(r'href="(\?[^"]*after=[^"]*)" rel="next"', page)
        address = f"/search/{following[1].replace('&amp;', '&')}" if following else ""
    assert found == [str(record.pk) for record in reversed(records)]


def test_filters_of_the_page_narrow(country):
    alert, clue = one_of(Alert, "孤本"), one_of(Clue, "孤本")
    day = alert.opened_at.astimezone().date().isoformat()
    for given, found in (
        ({}, {alert.key, clue.key}),
        ({"loop": "alert"}, {alert.key}),
        ({"loop": "alert", "state": "pushed", "stage": "open"}, {alert.key}),
        ({"loop": "alert", "state": "closed"}, set()),
        ({"stage": "closed"}, set()),
        ({"unit": "2201"}, {alert.key, clue.key}),
        ({"unit": "2202"}, set()),
        ({"since": day}, {alert.key, clue.key}),
        ({"until": "2020-01-01"}, set()),
        ({"loop": "nothing", "state": "x", "unit": "9999", "stage": "x"}, {alert.key, clue.key}),
    ):
        page = main_of(page_of("function", q="孤本", **given)[1])
        assert set(re.findall(r"(?:alert|clue)/\d+(?=</span>)", page)) == found, given


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"since": "昨天"}, "日期应写作"),
        ({"until": "2026-13-01"}, "日期应写作"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "起始日期晚于截止日期"),
        ({"after": "x"}, "页码有误"),
        ({"after": "7.1"}, "页码有误"),
        ({"after": "1." + "9" * 40}, "页码有误"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(country, given, sentence):
    status, page = page_of("front", q="孤本", **given)
    assert (status, sentence in page) == (400, True)


def test_signs_alone_are_no_word(country):
    assert "没有可查找的字词" in page_of("front", q="，。*")[1]
    assert "没有找到" not in page_of("front", q="")[1]


def test_an_administrator_finds_nothing(country):
    one_of(Alert, "孤本")
    for who in ("admin", "security", "audit", "custodian"):
        assert "alert/" not in main_of(page_of(who, q="孤本")[1])
