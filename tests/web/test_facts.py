"""Beside the facts lies what cases have taught about them, and a joint watch shows facts and matters on one page."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guanjian.loops.case.library import Sought, lessons_about, search
from guanjian.loops.case.models import Case
from tests import cast
from tests.cast import actor
from tests.lenses.small_lake import small_lake
from tests.loops.moves import go
from tests.loops.world import record_of
from tests.signed_in import browser

AT = datetime(2026, 5, 4, 2, tzinfo=UTC)
PUMP = "8413910090"
MINE, ELSEWHERE = "220120261000000001", "530120261000000002"


@pytest.fixture
def office(db):
    cast.settle()


@pytest.fixture
def lake(office, tmp_path, settings):
    heads, items, exams = [], [], []
    for name, unit in ((MINE, "2201"), (ELSEWHERE, "5301")):
        head = {"entry_id": name, "unit_code": unit, "ie": "I", "declared_at": AT, "trade_mode": "0110"}
        heads.append({**head, "consignee_id": "E0001", "value_cny": Decimal(900)})
        item = {"entry_id": name, "item_no": 1, "hs_code": PUMP, "goods_name": "泵", "quantity": Decimal(3)}
        items.append({**item, "quantity_unit": "台", "value_cny": Decimal(900)})
        exam = {"exam_id": f"X{unit}", "entry_id": name, "mode": "A", "officer1": "g1", "started_at": AT}
        exams.append({**exam, "finding": True, "handling": "1"})
    units = [
        {"unit_code": code, "name": code, "level": "house", "kind": "customs", "district_code": code[:2] + "00"}
        for code in ("2201", "5301")
    ]
    firm = {"enterprise_id": "E0001", "name": "样例泵业", "role": "consignee", "industry": "C34"}
    tables = {"declarations": heads, "items": items, "examinations": exams, "units": units}
    settings.GUANJIAN_LAKE = small_lake(tmp_path, **tables, enterprises=[firm])


def taught(**changes):
    """A case that was fed back."""
    case = record_of(Case, enterprises=["E0001"], hs_code=PUMP, modus=["low_price"], channel="clearance")
    given = {"lesson": "低报泵类价格四成，以佣金名义另行付汇。", "scope": "open", "advice_text": "核对付汇记录"}
    Case.objects.filter(pk=case.pk).update(state="fed_back", price_basis="undisclosed", **{**given, **changes})
    return Case.objects.get(pk=case.pk)


def found(who, **sought):
    return [case.pk for case in search(actor(who), Sought(**sought))]


@pytest.mark.parametrize(
    ("given", "hit"),
    [
        ({}, True),
        ({"enterprise": "E0001"}, True),
        ({"enterprise": "E000"}, False),
        ({"hs_code": "8413"}, True),
        ({"hs_code": "6109"}, False),
        ({"modus": "low_price"}, True),
        ({"modus": "split"}, False),
        ({"channel": "clearance", "text": "付汇"}, True),
        ({"channel": "post"}, False),
    ],
)
def test_the_base_is_searched_by_enterprise_goods_modus_and_channel(office, given, hit):
    case = taught()
    assert found("front", **given) == ([case.pk] if hit else [])


def test_scope_territory_and_state_decide_who_reads_it(office):
    limited, open_to_all = taught(scope="limited"), taught()
    unfinished = record_of(Case)
    assert found("front") == [open_to_all.pk]
    assert found("function") == [open_to_all.pk, limited.pk]
    assert found("stranger") == found("admin") == []
    assert unfinished.pk not in found("police")


def test_what_is_not_disclosed_says_so(office):
    taught()
    page = browser("front").get("/case/base/").content.decode()
    assert "低报泵类价格四成" in page
    assert "未披露" in page
    assert browser("admin").get("/case/base/").status_code == 404
    assert "没有可查阅" in browser("stranger").get("/case/base/?enterprise=E0001").content.decode()


def test_an_examiner_who_opens_a_declaration_sees_what_cases_taught(lake):
    taught()
    page = browser("front").get(f"/facts/declaration/{MINE}/").content.decode()
    assert "案件教训" in page
    assert "低报价格" in page
    other = taught(enterprises=["E9"], hs_code="6109100010", lesson="与本单无关的棉制品案件。")
    assert other.lesson not in browser("front").get(f"/facts/declaration/{MINE}/").content.decode()


def test_lessons_are_of_the_enterprise_or_of_goods_of_the_same_heading(office):
    by_firm, by_goods = taught(hs_code=""), taught(enterprises=["E9"], hs_code="8413910010")
    taught(enterprises=["E9"], hs_code="8414100000")
    assert [case.pk for case in lessons_about(actor("front"), {"E0001"}, {PUMP})] == [by_goods.pk, by_firm.pk]
    assert lessons_about(actor("stranger"), {"E0001"}, {PUMP}) == []


@pytest.mark.parametrize(("kind", "code"), [("hs_code", "8413"), ("enterprise", "E0001"), ("industry", "C34")])
def test_a_joint_watch_shows_facts_of_the_territory_and_the_matters_about_it(lake, kind, code):
    case = taught()
    page = browser("risk").get(f"/facts/watch/{kind}/{code}/").content.decode()
    assert MINE in page
    assert ELSEWHERE not in page
    assert "¥300.00" in page
    assert (f"/case/{case.pk}/" in page) == (kind != "industry")
    assert "2026-05" in page


def test_what_is_not_watched_is_no_page(lake):
    assert browser("risk").get("/facts/watch/officer/g1/").status_code == 404


def test_the_menu_leads_to_the_base_and_to_the_results(office):
    page = browser("front").get("/").content.decode()
    assert "/case/base/" in page
    assert "/instruction/results/" in page
    assert "/case/base/" not in browser("admin").get("/").content.decode()


def test_a_lesson_comes_from_a_real_feedback(office):
    case = record_of(Case, enterprises=["E0001"])
    Case.objects.update(state="decided")
    case = go(case, ("feed_back", "police", {"scope": "open"}))
    assert found("front") == [case.pk]
