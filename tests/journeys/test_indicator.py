"""An officer without programming writes an indicator in the browser, previews, back-tests and submits it; a wrong one is refused."""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.days import Ahead, day
from tests.journeys.moves import begin, sees_nothing, state, take
from tests.lenses.small_lake import small_lake

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WRITTEN = "AND(CMP(事-企业-查验批次[查验方式=彻底查验], 下限), CMP(事-企业-查获率, <1%))"
WRONG = "AND(CMP(事-企业-查验数量, 3), CMP(事-企业-查获率, <1%))"
NEW = {
    "title": "屡查不获企业",
    "formula": WRITTEN,
    "period": "quarter",
    "parameters": ["下限|3|2020-01-01"],
    "level": "yellow",
    "line_code": "CLR-EXAM",
    "owner": "风险防控分局",
    "legal_basis": "海关法第二十八条；本关布控绩效通报",
    "meaning": "布控屡次落空，或者查验流于形式。",
}
SPAN = {"test_from": Ahead(-300), "test_until": Ahead(0)}
SAID = "查验批次（查验方式为彻底查验）不低于参数“下限”，并且查获率低于1%"


def facts():
    """Ten enterprises in two houses of the district, examined again and again; at four of them nothing is ever found."""
    heads, exams = [], []
    for who in range(10):
        for n in range(6):
            at, entry = timezone.now() - timedelta(days=40 * n + 5), f"2201202610000{who:02d}{n:03d}"
            unit = "2201" if who % 2 else "2202"
            head = {
                "entry_id": entry,
                "unit_code": unit,
                "ie": "import",
                "trade_mode": "0110",
                "value_cny": Decimal(100),
            }
            heads.append({**head, "declared_at": at, "consignee_id": f"91310000MA1FL{who:05d}"})
            for again in range(3):
                exam = {
                    "exam_id": f"{entry}-{again}",
                    "entry_id": entry,
                    "mode": "A",
                    "officer1": "g1",
                    "officer2": "g2",
                }
                found = who > 3 and again == 0
                exams.append(
                    {**exam, "started_at": at + timedelta(hours=again + 1), "finding": found, "handling": "11"}
                )
    return {"declarations": heads, "examinations": exams}


@pytest.fixture(scope="module")
def lake(console, tmp_path_factory):
    """The facts in the console's own lake."""
    made = small_lake(tmp_path_factory.mktemp("facts"), **facts())
    made.rename(console.home / "lake")


def written_back(seat, path, heading):
    """Wait until the worker has written the result, and read that block of the page."""
    for _ in range(120):
        seat.go(path)
        block = seat.page.locator("section", has=seat.page.get_by_role("heading", name=heading, exact=True))
        if block.count():
            return block.first.inner_text()
        time.sleep(0.5)
    raise AssertionError(f"no {heading} at {path}: {seat.page.inner_text('main')}")


@pytest.fixture(scope="module")
def refused(seats):
    """What the page says to a wrong formula, and what it keeps of what was typed."""
    seat = seats("risk")
    seat.go("/indicator/open/")
    form = seat.page.locator("main form", has=seat.page.locator('[name="formula"]'))
    seat.fill(form, {**NEW, "formula": WRONG, "parameters": []})
    form.locator("button[type=submit]").click()
    seat.page.wait_for_selector('[role="alert"]')
    seat.picture("indicator-refused")
    return seat.page.inner_text('[role="alert"]'), seat.page.input_value('[name="formula"]')


@pytest.fixture(scope="module")
def path(lake, refused, seats):
    """Written, previewed, back-tested and submitted by the risk analyst."""
    made = begin(seats("risk"), "indicator", **NEW)
    seats("risk").picture("indicator-written")
    return made


@pytest.fixture(scope="module")
def previewed(path, seats):
    take(seats, path, [("risk", "preview", SPAN)])
    told = written_back(seats("risk"), path, "试算")
    seats("risk").picture("indicator-previewed")
    return told


@pytest.fixture(scope="module")
def tested(path, previewed, seats):
    take(seats, path, [("risk", "ask_back_test", SPAN)])
    told = written_back(seats("risk"), path, "回测")
    seats("risk").picture("indicator-tested")
    take(seats, path, [("risk", "submit", {"reading": "每月一件左右，科室可以承受。"})])
    return told


def test_a_wrong_formula_is_refused_with_a_sentence_that_says_what_to_change(refused):
    said, kept = refused
    assert "公式第9个字符处：没有名为“查验数量”的企业特征，请改用查验率、查验批次" in said
    assert kept == WRONG


def test_what_was_written_is_said_back_as_a_sentence(path, seats):
    assert seats("risk").go(path) == 200
    assert SAID in seats("risk").page.inner_text("main")


def test_the_preview_measures_the_whole_period_and_comes_back(previewed):
    assert "上海海关" in previewed
    assert "命中的对象数" in previewed
    assert state_of(previewed, "命中的对象数") == "4"


def state_of(text, name):
    """The value beside a name in a block of the page."""
    lines = [line.strip() for line in text.replace("\t", "\n").splitlines() if line.strip()]
    return lines[lines.index(name) + 1]


def test_the_back_test_counts_and_the_indicator_is_submitted(tested, path, seats):
    assert state_of(tested, "命中的对象数") == "4"
    assert state(seats("function"), path) == "待准试运行"
    assert "与回测一致" in seats("function").page.inner_text("main")


def test_it_is_tried_and_approved_by_others(tested, path, seats):
    take(seats, path, [("function", "begin_trial", {"opinion": "同意试运行。"})])
    take(seats, path, [("risk", "propose", {"trial_said": "试运行未见异常，建议批准。"})])
    take(seats, path, [("leader", "approve", {"opinion": "同意。"})])
    take(seats, path, [("function", "put_in_force", {"in_force_from": day(), "shared": True})])
    assert state(seats("risk"), path) == "生效"
    seats("leader").go(path)
    seats("leader").picture("indicator-in-force")


def test_the_words_and_the_catalogue_are_there_to_read(tested, seats):
    for address, title in (("/indicator/words/", "指标用语"), ("/catalogue/", "指标目录")):
        assert seats("risk").go(address) == 200
        assert title in seats("risk").page.inner_text("h1")
        seats("risk").picture(f"indicator-{address.strip('/').split('/')[-1]}")


def test_another_district_gets_404(tested, path, seats):
    sees_nothing(seats("stranger"), [path])


def test_headquarters_decides_the_budget_of_false_alarms(console, lake, seats):
    assert console.run("office", "detect").returncode == 0
    seat = seats("leader_hq")
    seat.go("/catalogue/")
    form = seat.page.locator("main form", has=seat.page.locator('[name="amount"]'))
    seat.fill(form, {"amount": "30", "since": day(), "source": "署风发〔2026〕1号"})
    form.locator("button").click()
    seat.page.wait_for_selector("text=署风发〔2026〕1号")
    assert "价格洼地" in seat.page.inner_text("table")
    seat.picture("indicator-budget")
