"""A director sees the week's risks, opens the evidence and plays the spread; an owner treats one until it may be closed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.days import day
from tests.journeys.conftest import ROOT
from tests.journeys.moves import STRANGERS, state, take
from tests.journeys.stage_risks import OF_DISTRICT, SPREADING

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOARD = "/register/board/"
CLAIM = {"factor": "system", "consequence": "3", "view": "送检没有提醒，靠人工记。"}
REVIEW = {"residual": "low", "opinion": "提醒上线后无超期，抽查二十票均按期。"}
EFFECT = {"effect": "连续两周回到正常范围，抽查属实。"}


def judged(console, how):
    """Follow the papers in the console's own office; the numbers of the open risks by lineage."""
    call = [sys.executable, "-m", "tests.journeys.stage_risks", how]
    done = subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def risks(console):
    return judged(console, "spread")


def shown(page):
    """The weeks whose dots are drawn now."""
    return page.locator(".spread [data-week]:not([display])").evaluate_all("all => all.map(g => g.dataset.week)")


def test_a_director_is_one_click_from_the_evidence(seats, risks):
    director = seats("leader_hq")
    assert director.go(BOARD) == 200
    director.picture("risks-board")
    assert "潜伏待观察：" in director.page.inner_text("main")
    director.page.locator(f'.risks a[href="/register/{risks[SPREADING]}/"]').click()
    director.page.wait_for_url(f"**/register/{risks[SPREADING]}/")
    told = director.page.inner_text("main")
    assert "近期实有" in told
    assert "苗头" in told
    assert "四个阶段的可能" in told, "the change rests on figures"
    director.picture("risks-evidence")


def test_the_spread_is_played_to_the_newest_week(seats, risks):
    page = seats("leader_hq").page
    seats("leader_hq").go(f"{BOARD}?risk={risks[SPREADING]}")
    weeks = page.locator(".spread [data-week]").evaluate_all("all => all.map(g => g.dataset.week)")
    dots = [page.locator(f'.spread [data-week="{week}"] circle').count() for week in weeks]
    assert len(weeks) == 3
    assert dots == sorted(set(dots)), "more and more units"
    page.locator("[data-part=play]").click()
    assert shown(page) == weeks[:1]
    page.wait_for_selector("[data-part=play]:not([disabled])")
    assert shown(page) == weeks[-1:]
    assert page.inner_text("[data-part=said]").startswith(weeks[-1])


def test_without_a_script_links_lead_from_week_to_week(seats, risks):
    plain = seats("function_hq", java_script_enabled=False)
    plain.go(f"{BOARD}?risk={risks[SPREADING]}")
    newest = shown(plain.page)
    with plain.page.expect_navigation():
        plain.page.locator(".play [rel=prev]").click()
    assert shown(plain.page) < newest
    assert not plain.page.locator("[data-part=play]").is_visible()


def test_an_owner_treats_a_risk_which_is_closed_once_latent(console, seats, risks):
    path = f"/register/{risks[OF_DISTRICT]}/"
    measures = {"measures": [f"系统到期提醒|查验管理处|{day(20)}"], "review_on": day(40)}
    steps = (("function", "take_on", CLAIM), ("function", "plan", measures), ("leader", "review", REVIEW))
    take(seats, path, steps)
    seats("risk").go(path)
    assert seats("risk").page.locator('form[action$="/close/"]').count() == 0, "still ripe"
    judged(console, "calm")
    take(seats, path, (("risk", "close", EFFECT),))
    assert state(seats("leader"), path) == "销账"
    seats("leader").picture("risks-closed")


def test_another_district_sees_nothing_of_it(seats, risks):
    for stranger in STRANGERS:
        assert seats(stranger).go(f"/register/{risks[OF_DISTRICT]}/") == 404
