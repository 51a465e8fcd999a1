"""A conversion's own rules: at once and for good, each demand to a unit, verified in use by another."""

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.loops.answer.models import Answer
from guanjian.loops.convert.actions import open_by_hand
from guanjian.loops.convert.models import Convert
from guanjian.loops.rectify.models import Rectify
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import day
from tests.loops.enforcement import DEMANDS
from tests.loops.moves import go, refused
from tests.signed_in import browser

FINDING = {
    "title": "审价流于形式",
    "source": "audit",
    "document": "督审〔2026〕1号",
    "finding": "抽查三十票均未见审价记录。",
}
DECIDED = (("analyse", "function"), ("decide", "function"))


def found():
    return open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {**FINDING, "about_unit": "2201"})


def test_the_unit_concerned_is_within_reach(office):
    with pytest.raises(BadInput, match="5301"):
        open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {**FINDING, "about_unit": "5301"})


def test_it_is_mended_at_once_and_made_to_last(office):
    conversion = go(found(), ("analyse", "function"))
    refused(conversion, "decide", "function", "当下改", demands=DEMANDS[1:])
    refused(conversion, "decide", "function", "长久立", demands=DEMANDS[:1])
    today = [{**DEMANDS[0], "by": day()}, DEMANDS[1]]
    refused(conversion, "decide", "function", "补审在途单证", demands=today)
    with pytest.raises(BadInput, match="5301"):
        go(conversion, ("decide", "function", {"demands": [DEMANDS[0], {**DEMANDS[1], "unit": "5301"}]}))


def test_typed_rows_name_the_kind_in_chinese(office):
    typed = f"整改任务|2201|补审在途单证|{day(20)}\n制度|2200|修订审价规程|{day(20)}"
    conversion = go(found(), ("analyse", "function"), ("decide", "function", {"demands": typed}))
    assert [row["into"] for row in conversion.demands] == ["task", "rule"]


def test_who_proposed_does_not_approve(office):
    conversion = go(found(), *DECIDED)
    Convert.objects.update(hands={**conversion.hands, "decide": "leader"})
    refused(conversion, "approve", "leader", "另一人")


def test_a_task_is_rectified_the_rest_confirmed_by_its_unit_and_only_then_verified(chain):
    conversion = go(found(), *DECIDED, ("approve", "leader"))
    task, demand = Rectify.objects.get(), Answer.objects.get()
    assert (task.origin, task.source, task.unit_code) == (conversion.key, "audit", "2201")
    assert (demand.kind, demand.unit_code, demand.asked) == ("conversion", "2200", "修订审价规程")
    demand = go(demand, ("acknowledge", "function"))
    refused(demand, "confirm_made", "function", "启用日期", in_use_since="2020-01-01")
    go(demand, ("confirm_made", "function"), ("accept", "leader_hq"))
    assert Convert.objects.get().state == "converting"
    go(task, ("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
    conversion = Convert.objects.get()
    assert conversion.state == "in_use"
    assert go(conversion, ("verify", "oversight")).state == "closed"


def test_what_does_not_work_is_converted_anew(office):
    conversion = go(found(), *DECIDED, ("approve", "leader"))
    Convert.objects.update(state="in_use")
    conversion = Convert.objects.get()
    Convert.objects.update(hands={**conversion.hands, "decide": "oversight"})
    refused(conversion, "verify", "oversight", "另一人")
    assert go(conversion, ("fail", "oversight_two")).state == "analysed"


def test_the_form_says_how_rows_are_typed_and_the_history_shows_them(office):
    conversion = go(found(), ("analyse", "function"))
    page = browser("function").get(f"/convert/{conversion.pk}/").content.decode()
    assert "转化为 | 责任单位代码 | 要求 | 期限" in page
    go(conversion, ("decide", "function"))
    assert "制度 | 2200 | 修订审价规程" in browser("leader").get(f"/convert/{conversion.pk}/").content.decode()
