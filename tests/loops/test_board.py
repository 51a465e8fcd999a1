"""The director's page: risks by owner and stage, the spread week by week without a script, the ledger of false alarms."""

import json
import re
from dataclasses import replace

import pytest

from guanjian.kernel.risks import Judgement
from guanjian.lenses.judged import latent, papers_of
from guanjian.loops.register.alarms import ledger
from guanjian.loops.register.models import Register
from guanjian.loops.register.spread import film
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests.cast import actor
from tests.crossing.papers import paper, risk
from tests.loops.moves import go
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser


@pytest.fixture
def office(office):
    Unit.objects.filter(pk="2201").update(lon=121.5, lat=31.2)
    Unit.objects.filter(pk="2202").update(lon=121.0, lat=31.5)
    Unit.objects.filter(pk="2200").update(lon=121.4, lat=31.3)


def spreading() -> Register:
    """First in one unit, a week later in two."""
    one = record_of(Register)
    for week, stage, units in (("2026-W40", "emerging", "2201"), ("2026-W41", "trending", "2201 2202")):
        row = {"week": week, "stage": stage, "units": units, "observed": "12.0", "expected": "3.5"}
        one = advance(one, "judge", SYSTEM, given(one, "judge", week=week, stage=stage, course=[row]))
    return one


def shown(page: str, week: str) -> bool:
    """The week's dots are drawn at once."""
    return 'display="none"' not in re.search(rf'<g data-week="{week}"[^>]*>', page).group()


def test_a_risk_stands_with_its_owner_and_stage_one_click_from_its_evidence(office):
    one = spreading()
    page = browser("leader").get("/register/board/").content.decode()
    assert f'href="/register/{one.pk}/"' in page
    assert "2026-W41" in page
    evidence = browser("leader").get(f"/register/{one.pk}/").content.decode()
    assert f"/register/board/?risk={one.pk}#spread" in evidence


def test_what_lies_outside_the_territory_is_not_shown_and_without_a_post_there_is_no_page(office):
    one = spreading()
    elsewhere = browser("stranger_function").get("/register/board/").content.decode()
    assert f"/register/{one.pk}/" not in elsewhere
    assert browser("police").get("/register/board/").status_code == 404


def test_the_spread_is_followed_by_links_from_week_to_week(office):
    one, leader = spreading(), browser("leader")
    newest = leader.get(f"/register/board/?risk={one.pk}").content.decode()
    assert (shown(newest, "2026-W40"), shown(newest, "2026-W41")) == (False, True)
    assert f'rel="prev" href="?week=2026-W40&amp;risk={one.pk}#spread"' in newest
    first = leader.get(f"/register/board/?risk={one.pk}&week=2026-W40").content.decode()
    assert (shown(first, "2026-W40"), shown(first, "2026-W41")) == (True, False)
    assert 'rel="next"' in first


def test_a_week_shows_the_units_where_they_lie_in_the_colour_of_their_stage(office):
    played = film([spreading()])
    first, second = played.frames
    assert [len(first.dots), len(second.dots), second.units, second.districts] == [1, 2, 2, 1]
    assert {dot.kind for dot in first.dots} == {"emerging"}
    west, east = sorted(second.dots, key=lambda dot: dot.x)
    assert west.y < east.y  # 2202 lies west and north of 2201
    assert [dot.kind for dot in played.ground] == ["ground"]


def test_of_two_risks_in_one_unit_the_ripest_shows(office):
    one, other = record_of(Register), record_of(Register)
    row = {"week": "2026-W40", "units": "2201", "observed": "1", "expected": "1"}
    one.course, other.course = [{**row, "stage": "general"}], [{**row, "stage": ""}]
    assert [dot.kind for dot in film([one, other]).frames[0].dots] == ["general"]


def test_false_alarms_are_counted_beside_what_was_closed_against_the_budget(office, settings):
    settings.GUANJIAN_ALARMS_A_YEAR = 1.0
    for _ in range(2):
        go(record_of(Register), ("dispute", "function"), ("refute", "risk"))
    done = record_of(Register, stage="latent")
    go(done, ("take_on", "function"), ("plan", "function"), ("review", "function"), ("close", "risk"))
    told = ledger()
    assert (told.closed, told.refuted, told.over, len(told.bars)) == (1, 2, True, 12)
    assert (told.bars[-1].closed, told.bars[-1].refuted) == (1, 2)
    assert "误报超出预算" in browser("leader").get("/register/board/").content.decode()


def test_latent_risks_are_counted_from_the_newest_paper_within_the_territory(office, settings, tmp_path):
    settings.GUANJIAN_LAKE = tmp_path / "lake"
    assert latent(actor("leader"), settings.GUANJIAN_LAKE) is None
    folder = papers_of(settings.GUANJIAN_LAKE)
    folder.mkdir()
    here = risk("R-1", "latent", "2026-W41")
    write(folder, paper("2026-W40"))
    write(folder, paper("2026-W41", here, risk("R-2", "emerging", "2026-W41")))
    assert latent(actor("leader"), settings.GUANJIAN_LAKE) == ("2026-W41", 1)
    assert latent(actor("house_head"), settings.GUANJIAN_LAKE) == ("2026-W41", 1)
    assert latent(actor("leader_hq"), settings.GUANJIAN_LAKE) == ("2026-W41", 1)
    assert latent(actor("admin"), settings.GUANJIAN_LAKE) == ("2026-W41", 0)
    assert "潜伏待观察" in browser("leader").get("/register/board/").content.decode()


def test_where_nothing_can_be_seen_is_said_with_the_volume_needed_within_the_territory(office, settings, tmp_path):
    settings.GUANJIAN_LAKE = tmp_path / "lake"
    leader, address = browser("leader"), "/api/risks/undetectable"
    assert leader.get(address).json() == {"week": "", "items": []}
    papers_of(settings.GUANJIAN_LAKE).mkdir()
    row = {"line_code": "CLR-EXAM", "needed": 34.2, "most": 3.0, "all_units": True, "zh": "", "en": ""}
    title = {"zh": "单人查验占比", "en": "Examined by one"}
    rows = (
        {**row, "indicator_code": "I-EXM-10", "title": title, "not_detectable": ["2201", "2202", "5301"]},
        {**row, "indicator_code": "I-EXM-07", "title": None, "not_detectable": ["5301"]},
    )
    write(papers_of(settings.GUANJIAN_LAKE), replace(paper("2026-W41"), volumes=rows))
    told = leader.get(address).json()
    assert (told["week"], [one["indicator_code"] for one in told["items"]]) == ("2026-W41", ["I-EXM-10"])
    assert (told["items"][0]["units"], told["items"][0]["needed"]) == (["2201", "2202"], 34.2)
    assert "2个单位" in told["items"][0]["zh"]
    assert len(browser("leader_hq").get(address).json()["items"]) == 2
    assert browser("police").get(address).status_code == 403
    page = leader.get("/register/board/").content.decode()
    assert "单人查验占比" in page
    assert "单独不可发现" in page


def test_the_page_says_what_to_do_first_and_to_whom_nothing_falls_what_is_most_pressing(office):
    one = spreading()
    record_of(Register, level="blue", rank=3)
    mine = browser("function").get("/register/board/").content.decode()
    first = mine[mine.index('class="card first"') : mine.index("本周风险")]
    assert "本周先办这一件" in first
    assert f'class="button" href="/register/{one.pk}/">认领<' in first
    others = browser("leader_hq").get("/register/board/").content.decode()
    assert "本周最要紧的一件" in others
    assert "本周先办这一件" not in others


def test_who_was_reached_this_week_is_marked_on_the_map_and_said_by_name(office):
    first, second = film([spreading()]).frames
    assert (first.new, second.new, [dot.new for dot in second.dots].count(True)) == (0, 1, 1)
    assert (first.tall, second.tall) == (50.0, 100.0)
    page = browser("leader").get("/register/board/").content.decode()
    assert f"新到 1（{second.named[0]}）" in page
    assert 'data-of="2026-W40"' in page


def write(folder, this: Judgement) -> None:
    (folder / f"{this.week}.json").write_text(json.dumps(this.as_dict()))
    (folder / f"{this.week}.run.json").write_text("{}")


def test_the_page_is_there_before_there_is_any_risk_and_in_english(office):
    told = browser("leader")
    assert "没有未销账的风险" in told.get("/register/board/").content.decode()
    told.post("/language/", {"language": "en", "next": "/"})
    assert "No open risk in your territory." in told.get("/register/board/").content.decode()
