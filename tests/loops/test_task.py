"""A task has unit, post and date; its parts come first; late ones are urged harder each time; others judge it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjian.crossing import urging
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.task.models import Task
from guanjian.loops.task.needs import OPENING
from guanjian.loops.task.views import DESK
from guanjian.loops.urge.models import Urge
from guanjian.pages.bounded import Arm, waiting
from guanjian.pages.opening import open_by_hand
from guanjian.pages.queue import Asked, Tab, page
from tests.cast import actor
from tests.days import Ahead, as_of_now, date_in, day
from tests.loops.moves import go, refused
from tests.loops.samples import value_for

GIVEN = {
    "title": "夜班双人查验整改",
    "unit": "2201",
    "post": "section_chief",
    "finish_by": Ahead(20),
    "standard": "夜班查验双人率百分之百",
    "assisting": [],
}
PART = {
    "role": "host",
    "unit": "2201-01",
    "post": "frontline",
    "what": "排出双人班表",
    "standard": "班表公布",
    "by": Ahead(8),
}
OTHER = {**PART, "role": "assist", "unit": "2201", "post": "house_leader", "what": "调配人手"}


def asked(**changes):
    return as_of_now({**{need.name: value_for(need) for need in OPENING}, **GIVEN, **changes})


def opened(who="function", **changes):
    facts = asked(**changes)
    return open_by_hand(DESK, actor(who), {need.name: need.read(facts[need.name]) for need in OPENING})


def working(**changes):
    return go(opened(**changes), ("promise", "chief", {"due_on": day(15)}))


def done(task, who):
    return go(task, ("promise", who, {"due_on": day(5)}), ("finish", who), ("evaluate", "house_head"))


@pytest.mark.parametrize("missing", ["unit", "post", "finish_by"])
def test_no_task_without_unit_post_and_date_by_the_form_or_the_api(office, missing):
    with pytest.raises(BadInput):
        opened(**{missing: ""})
    assert Task.objects.count() == 0


@pytest.mark.parametrize("column", ["unit_code", "post", "finish_by"])
def test_no_task_without_unit_post_and_date_in_the_database(office, column):
    opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.update(**{column: None if column == "finish_by" else ""})


@pytest.mark.parametrize("missing", ["unit", "post", "by", "standard"])
def test_no_part_without_unit_post_date_and_standard(office, missing):
    with pytest.raises(BadInput):
        go(working(), ("decompose", "chief", {"parts": [{**PART, missing: ""}]}))


def test_a_task_is_assigned_within_the_territory_and_ahead(office):
    with pytest.raises(BadInput, match="5301"):
        opened(unit="5301")
    with pytest.raises(BadInput, match="5301"):
        opened(assisting=[{"unit": "5301", "post": "risk", "what": "提供数据"}])
    with pytest.raises(BadInput, match="早于今天"):
        opened(finish_by=day(-1))


def test_only_the_post_that_it_names_accepts_it_and_it_is_nobody_elses_turn(office):
    task = opened()
    refused(task, "promise", "front", "科长")
    assert [one.pk for one in page(DESK, actor("chief"), Asked(tab=Tab.MINE))[0]] == [task.pk]
    assert page(DESK, actor("front"), Asked(tab=Tab.MINE))[0] == []


def test_promised_is_a_day_that_was_asked_or_sooner(office):
    task = opened()
    refused(task, "promise", "chief", "提出异议", due_on=day(21))
    refused(task, "promise", "chief", "提出异议", due_on=day(-1))
    task = go(task, ("promise", "chief", {"due_on": day(12)}))
    assert timezone.localdate(task.due_at - timedelta(seconds=1)).isoformat() == day(12)


def test_a_unit_that_assists_has_a_task_of_its_own_to_the_same_date_and_standard(chain):
    task = opened(assisting=[{"unit": "2202", "post": "frontline", "what": "派员支援"}])
    part = Task.objects.get(origin=task.key)
    assert (part.role, part.unit_code, part.post, part.finish_by, part.standard) == (
        *("assist", "2202", "frontline"),
        *(task.finish_by, task.standard),
    )
    task = go(task, ("promise", "chief"))
    refused(task, "finish", "chief", "1项分解")


def test_the_whole_is_done_when_its_parts_are(chain):
    task = go(working(), ("decompose", "chief", {"parts": [PART, OTHER]}))
    first, second = Task.objects.filter(origin=task.key).order_by("pk")
    assert (first.unit_code, first.post, first.role, first.issuer_unit_code) == ("2201-01", "frontline", "host", "2201")
    refused(task, "finish", "chief", "2项分解")
    go(first, ("promise", "front", {"due_on": day(5)}), ("finish", "front"), ("evaluate", "house_head"))
    refused(task, "finish", "chief", "1项分解")
    go(second, ("withdraw", "leader"))
    assert go(task, ("finish", "chief"), ("evaluate", "function")).state == "done"


def test_a_part_is_no_later_than_the_whole_and_not_the_whole_again(office):
    task = working()
    refused(task, "decompose", "chief", "期限须在", parts=[{**PART, "by": day(21)}])
    refused(task, "decompose", "chief", "不是分解", parts=[{**PART, "unit": "2201", "post": "section_chief"}])
    with pytest.raises(BadInput, match="2202"):
        go(task, ("decompose", "chief", {"parts": [{**PART, "unit": "2202"}]}))


def test_withdrawing_the_whole_withdraws_its_parts(chain):
    task = go(working(), ("decompose", "chief", {"parts": [PART, OTHER]}))
    go(task, ("withdraw", "function"))
    assert {one.state for one in Task.objects.all()} == {"withdrawn"}


def test_an_objection_is_reviewed_once_by_another_than_who_assigned_it(office):
    task = go(opened(), ("object", "chief"))
    refused(task, "uphold", "function", "未参与")
    refused(task, "uphold", "house_head", "下达一方")
    task = go(task, ("adjust", "function_two", {"finish_by": day(40)}))
    assert (task.state, task.finish_by.isoformat()) == ("assigned", day(40))
    refused(task, "object", "chief", "已经复核")
    again = go(opened(), ("object", "chief"))
    assert go(again, ("drop", "leader")).state == "withdrawn"


def test_nobody_who_had_a_hand_in_it_evaluates_it_not_even_the_last_but_one(chain):
    task = opened(unit="2200", post="function")
    task = go(
        task, ("promise", "function"), ("report", "function"), ("report", "function_two"), ("finish", "function_two")
    )
    assert set(task.workers) == {"function", "function_two"}
    refused(task, "evaluate", "function", "未参与")
    task = go(task, ("send_back", "leader", {"due_on": day(3)}), ("finish", "function_two"))
    Task.objects.update(hands={})
    refused(task, "evaluate", "function", "未参与")
    assert go(task, ("evaluate", "leader")).state == "done"


def test_who_worked_on_a_part_does_not_evaluate_the_whole(chain):
    task = go(working(), ("decompose", "chief", {"parts": [OTHER]}))
    part = Task.objects.get(origin=task.key)
    go(part, ("promise", "house_head", {"due_on": day(5)}), ("finish", "house_head"), ("evaluate", "function"))
    task = go(Task.objects.get(pk=task.pk), ("finish", "chief"))
    Task.objects.filter(pk=task.pk).update(issuer_unit_code="2201", issuer_house_code="2201")
    refused(task, "evaluate", "house_head", "未参与")


def test_the_unit_that_was_asked_does_not_evaluate_itself(office):
    task = go(working(), ("finish", "chief"))
    refused(task, "evaluate", "house_head", "下达一方")
    assert page(DESK, actor("house_head"), Asked(tab=Tab.MINE))[0] == []
    assert [one.pk for one in page(DESK, actor("leader"), Asked(tab=Tab.MINE))[0]] == [task.pk]


def overdue():
    """The present wait of the task is over; the clock looks."""
    since = timezone.now() - timedelta(hours=9 - Urge.objects.count())  # a wait is known by the second it began
    Task.objects.update(due_at=timezone.now() - timedelta(hours=1), entered_at=since)
    urging.urge()
    return Urge.objects.order_by("-pk").first()


def test_each_red_counts_and_the_day_promised_when_urged_makes_the_next(chain):
    working()
    urge = overdue()
    assert (urge.kind, Task.objects.get().reds) == ("urge", 1)
    go(urge, ("answer", "chief", {"finish_by": day(4)}))
    assert Task.objects.get().ends_on.isoformat() == day(4)
    urge = overdue()
    assert (urge.kind, Task.objects.get().reds) == ("interview", 2)
    go(urge, ("interview", "leader", {"finish_by": day(6)}))
    urge = overdue()
    assert (urge.kind, Task.objects.get().reds) == ("accountability", 3)
    go(urge, ("propose", "oversight"), ("decide", "leader", {"ruling": "pursued"}))
    task = go(Task.objects.get(), ("finish", "chief"))
    refused(task, "evaluate", "function", "最高评为", grade="good")
    assert go(task, ("evaluate", "function", {"grade": "pass"})).grade == "pass"


def test_what_was_late_is_not_excellent(office):
    task = go(working(), ("finish", "chief"))
    Task.objects.update(finish_by=date_in(-2))
    refused(task, "evaluate", "function", "不能评为", grade="excellent")
    Task.objects.update(finish_by=timezone.localdate())
    assert go(task, ("evaluate", "function", {"grade": "excellent"})).grade == "excellent"


def test_an_extension_is_later_and_the_promise_gives_way_to_it(office):
    task = working()
    refused(task, "extend", "function", "晚于原期限", finish_by=day(20))
    task = go(task, ("extend", "function", {"finish_by": day(33)}))
    assert (task.due_on, task.ends_on.isoformat()) == (None, day(33))


def test_progress_is_at_most_the_whole(office):
    task = working()
    refused(task, "report", "chief", "100%", percent="101")
    assert go(task, ("report", "chief", {"percent": "60"})).percent == 60


def test_a_reader_without_reach_learns_only_how_many_parts_there_are(chain):
    task = go(opened(assisting=[{"unit": "2202", "post": "frontline", "what": "派员支援"}]), ("promise", "chief"))
    rows = {row.title.zh: row.value for row in DESK.sections[1].rows(task, actor("chief"))}
    assert [str(line) for line in rows["分解和协办"]] == ["另有1项不在您的可见范围内"]


def test_a_police_task_is_evaluated_by_the_side_that_asked(office):
    task = opened(unit="22P0", post="police")
    task = go(task, ("promise", "police"), ("finish", "police"))
    with pytest.raises(NotAllowed):
        go(task, ("evaluate", "house_head"))
    assert go(task, ("evaluate", "function")).state == "done"


def test_a_bureau_reads_its_district_and_judges_no_task_that_customs_gave_there(office):
    task = go(opened(), ("promise", "chief"), ("finish", "chief"))
    assert Task.objects.visible_to(actor("police_head")).filter(pk=task.pk).exists()
    with pytest.raises(NotAllowed):
        go(task, ("evaluate", "police_head"))
    for who, listed in (("police_head", False), ("function", True)):
        held = actor(who).holdings[0]
        assert waiting(Arm(held, Task.objects.all()), actor(who)).filter(pk=task.pk).exists() == listed
    Task.objects.filter(pk=task.pk).update(issuer_unit_code="22P0", issuer_house_code="", issuer_district_code="2200")
    with pytest.raises(NotAllowed):
        go(task, ("evaluate", "function"))
    assert go(task, ("evaluate", "police_head")).state == "done"
