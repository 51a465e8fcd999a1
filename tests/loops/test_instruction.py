"""An instruction's own rules: two signatures, ten minutes, as ordered, counted; and intelligence with its source kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.instruction.actions import open_by_hand, results
from guanjian.loops.instruction.models import Instruction
from guanjian.loops.intelligence.models import Intelligence
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import date_in
from tests.loops.findings import finding
from tests.loops.moves import go, refused
from tests.loops.world import record_of
from tests.signed_in import browser

ISSUED = (("submit", "risk"), ("countersign", "function"), ("approve", "leader"))
IN_FORCE = (*ISSUED, ("sign", "front"))
ENDED = (("lift", "risk"),)


def drafted():
    return open_by_hand(actor("risk"), Unit.objects.get(pk="2200"), {"title": "低报价格布控", "unit_code": "2201"})


def test_it_lies_where_it_is_signed_for_and_only_within_ones_territory(office):
    assert (drafted().unit_code, drafted().house_code) == ("2201", "2201")
    for code, says in (("5301", "辖区"), ("9999", "没有单位")):
        with pytest.raises(BadInput, match=says):
            open_by_hand(actor("risk"), Unit.objects.get(pk="2200"), {"title": "越区", "unit_code": code})


def test_nothing_is_issued_without_a_countersignature_and_a_change_voids_it(office):
    order = go(drafted(), ("submit", "risk"))
    refused(order, "approve", "leader", "须先经“职能会签”")
    order = go(
        order, ("countersign", "function"), ("send_back", "leader"), ("submit", "risk", {"demand": "改为开箱彻查"})
    )
    refused(order, "approve", "leader", "须先经“职能会签”")
    assert go(order, ("countersign", "function"), ("approve", "leader")).state == "issued"


def test_what_was_sent_back_and_comes_again_word_for_word_is_signed_again(office):
    back = (("submit", "risk"), ("countersign", "function"), ("send_back", "leader"))
    order = go(drafted(), *back, *back, ("submit", "risk"))
    refused(order, "approve", "leader", "须先经“职能会签”")
    assert go(order, ("countersign", "function"), ("approve", "leader")).state == "issued"


def test_dates_are_in_order_and_an_immediate_one_is_in_force_today(office):
    order, today = drafted(), timezone.localdate()
    refused(order, "submit", "risk", "不得早于今天", valid_from=(today - timedelta(days=1)).isoformat())
    refused(order, "submit", "risk", "不得早于生效", valid_to=(today - timedelta(days=1)).isoformat())
    later = (today + timedelta(days=2)).isoformat()
    refused(order, "submit", "risk", "即决式", valid_from=later)
    order = go(order, ("submit", "risk", {"kind": "scheduled", "valid_from": later}), *IN_FORCE[1:])
    refused(order, "hit", "front", "未到生效日期")


def test_it_is_signed_for_within_ten_minutes_or_with_a_reason(office):
    order = go(drafted(), *ISSUED)
    assert order.due_at - order.entered_at == timedelta(minutes=10)
    assert go(order, ("sign", "front", {"late_why": ""})).on_time
    late = go(drafted(), *ISSUED)
    past = timezone.now() - timedelta(minutes=11)
    Instruction.objects.filter(pk=late.pk).update(issued_at=past, due_at=past + timedelta(minutes=10))
    refused(late, "sign", "front", "10分钟", late_why="")
    assert not go(late, ("sign", "front", {"late_why": "系统故障"})).on_time


def test_it_is_examined_by_two_as_ordered_or_the_reason_is_told(office):
    order = go(drafted(), *IN_FORCE, ("hit", "front"))
    refused(order, "examine", "front", "两人以上", examiners=["甲"])
    refused(order, "examine", "front", "低于布控要求", mode_used="C", downgraded_why="")
    refused(order, "examine", "front", "正常放行", handling="11")
    order = go(order, ("examine", "front", {"mode_used": "C", "downgraded_why": "场地限制，已报批"}))
    assert (order.hits, order.examined, order.finds) == (1, 1, 1)


def test_one_that_stays_in_force_counts_on_and_ends_by_its_day_or_by_hand(office):
    order = go(drafted(), *IN_FORCE, ("hit", "front"), ("examine", "front"), ("keep", "risk"), ("hit", "risk"))
    order = go(order, ("examine", "front", {"found": "nothing", "handling": "11"}))
    assert (order.hits, order.examined, order.finds) == (2, 2, 1)
    refused(order, "expire", "risk", "未到截止日期")
    Instruction.objects.update(valid_to=date_in(-1))
    assert go(Instruction.objects.get(), ("expire", "risk")).ended_how == "expired"


def test_rates_say_what_volume_they_would_need(office):
    order = go(drafted(), *IN_FORCE, ("hit", "front"), ("examine", "front"), *ENDED)
    [result] = results()
    assert (result.hit.part, result.hit.whole, result.found.whole) == (1, 1, 1)
    page = browser("front").get("/instruction/results/").content.decode()
    assert f"约需{result.found.needed}件" in page
    assert "本业务量下不可测：1/1" in browser("function").get(f"/instruction/{order.pk}/").content.decode()
    assert browser("admin").get("/instruction/results/").status_code == 404
    refused(order, "evaluate", "risk", "职能部门")
    assert go(order, ("evaluate", "function")).worth == "keep"


def test_a_confirmed_alert_drafts_one_about_its_subject(chain):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    measures = {"measures": ["instructed"], "opinion": "布控该企业"}
    go(alert, ("sign", "front"), ("verify", "front"), ("confirm", "front"), ("dispose", "front", measures))
    order = Instruction.objects.get()
    assert (order.state, order.origin, order.subject_id, order.demand) == ("drafted", alert.key, "E0001", "布控该企业")


def test_advice_of_a_case_drafts_one_about_its_goods(chain):
    case = record_of(Case, hs_code="8413910090", enterprises=["E0001"])
    Case.objects.update(state="decided")
    go(case, ("feed_back", "police", {"advice": ["valuation", "instruction"], "advice_text": "对同类商品布控"}))
    order = Instruction.objects.get()
    assert (order.subject_type, order.subject_id, order.demand) == ("hs_code", "8413910090", "对同类商品布控")


@pytest.mark.parametrize(("handling", "clues"), [("4", 1), ("1", 0)])
def test_a_find_handed_to_the_police_opens_a_clue(chain, handling, clues):
    go(drafted(), *IN_FORCE, ("hit", "front"), ("examine", "front", {"handling": handling}))
    assert Clue.objects.filter(source="instruction").count() == clues


def requested():
    return record_of(Intelligence, question="该企业近期是否更换货代？")


def test_the_source_is_told_to_the_police_alone_on_no_page_no_api_and_not_in_the_ledger(office):
    refused(requested(), "provide", "police", "不得写出来源", product="线人七号称近期更换货代，请关注。")
    told = go(requested(), ("provide", "police"))
    for who in ("risk", "function", "leader", "oversight"):
        answer = browser(who).get(f"/intelligence/{told.pk}/").content.decode()
        assert "线人七号" not in answer
        assert "来源受保护" in answer
        assert "线人七号" not in browser(who).get(f"/api/intelligence/{told.pk}").content.decode()
    assert "线人七号" in browser("police").get(f"/intelligence/{told.pk}/").content.decode()
    assert browser("police").get(f"/api/intelligence/{told.pk}").json()["facts"]["provide"]["source"] == "线人七号"
    bodies = [entry.body for entry in Entry.objects.filter(subject=told.key)]
    assert not [body for body in bodies if "线人七号" in body or "\\u7ebf\\u4eba" in body]


def test_intelligence_is_used_in_an_instruction_whose_result_comes_back(chain):
    product = go(requested(), ("provide", "police"), ("instruct", "risk"))
    order = Instruction.objects.get()
    assert (order.unit_code, order.subject_type, order.origin) == ("2201", "entry", product.key)
    go(order, *IN_FORCE, ("hit", "front"), ("examine", "front"), *ENDED, ("evaluate", "function"))
    product = Intelligence.objects.get()
    assert product.facts["learn"] == {"hits": "1", "finds": "1"}
    assert go(product, ("value", "risk", {"value": "find"})).state == "closed"


def test_the_police_insist_once_and_then_the_refusal_stands(office):
    product = go(
        requested(), ("provide", "police"), ("decline", "risk"), ("insist", "police_head"), ("decline", "risk")
    )
    refused(product, "insist", "police_head", "已坚持过一次")
    assert go(product, ("accept", "police_head")).value == "none"
