"""Saved views of a queue: kept by a name, for oneself, and they show what one may see today."""

import pytest

from guanjian.kernel.papers import Level
from guanjian.pages.kept import MOST
from guanjian.pages.models import SavedView
from tests.pages.sample_loop import opened

RED = "?tab=open&level=red"


def keep(browser, name="红色", asked=RED):
    """Press the button that keeps a view."""
    return browser.post("/sample/views/keep/", {"name": name, "asked": asked})


def test_a_view_is_kept_shown_and_opens_the_same_filter(browse):
    opened(title="红色一件", level=Level.RED)
    opened(title="蓝色一件", level=Level.BLUE)
    front = browse("front")
    answer = keep(front)
    assert (answer.status_code, answer.url) == (302, "/sample/" + RED)
    page = front.get(answer.url).content.decode()
    assert 'aria-current="page">红色</a>' in page
    assert "红色一件" in page
    assert "蓝色一件" not in page
    assert ">红色</a>" in front.get("/sample/").content.decode()


def test_a_view_of_one_is_neither_seen_nor_dropped_by_another(browse):
    keep(browse("front"), "只给自己")
    row = SavedView.objects.get()
    assert "只给自己" not in browse("colleague").get("/sample/" + RED).content.decode()
    assert browse("colleague").post(f"/sample/views/{row.pk}/forget/").status_code == 404
    assert browse("front").post(f"/alert/views/{row.pk}/forget/").status_code == 404
    assert browse("front").post(f"/sample/views/{row.pk}/forget/").status_code == 302
    assert not SavedView.objects.exists()


def test_the_same_name_again_replaces_and_what_is_unknown_is_left_out(browse):
    front = browse("front")
    keep(front)
    keep(front, "红色", "tab=closed&level=purple&q=带鱼&after=9.9.9&next=//evil")
    assert SavedView.objects.get().asked == "?tab=closed&q=%E5%B8%A6%E9%B1%BC"


@pytest.mark.parametrize(("name", "asked"), [("", RED), ("长" * 31, RED), ("没有条件", "?tab=open")])
def test_a_view_needs_a_name_and_a_filter(browse, name, asked):
    assert keep(browse("front"), name, asked).status_code == 400
    assert not SavedView.objects.exists()


def test_there_is_a_limit_of_views(browse):
    front = browse("front")
    for n in range(MOST):
        keep(front, f"视图{n}")
    assert keep(front, "多一个").status_code == 400
    assert keep(front, "视图0").status_code == 302
    assert SavedView.objects.count() == MOST


def test_a_stranger_opens_the_same_view_and_sees_none_of_it(browse):
    opened(title="红色一件", level=Level.RED)
    stranger = browse("stranger")
    keep(stranger)
    assert "红色一件" not in stranger.get("/sample/" + RED).content.decode()
