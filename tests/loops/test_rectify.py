"""A rectification's own rules: no back-dating, evidence first, another's review, recurrence raised."""

from datetime import timedelta

from django.utils import timezone

from guanjian.loops.alert.models import Alert
from guanjian.loops.rectify.actions import open_once_for, open_problem
from guanjian.loops.rectify.models import Rectify
from guanjian.org.models import Unit
from tests.cast import actor
from tests.loops.moves import go, refused
from tests.loops.world import record_of
from tests.signed_in import browser

PROBLEM = {
    "title": "价格",
    "problem": "未审价",
    "source": "own",
    "level": "yellow",
    "node_code": "N-7",
    "gap_code": "",
}


def opened():
    return open_problem(actor("chief"), Unit.objects.get(pk="2201"), PROBLEM)


def test_a_plan_ends_in_the_future_and_an_extension_later_still(office):
    task, today = opened(), timezone.localdate()
    refused(task, "plan", "chief", "今天之后", finish_by=today.isoformat())
    task = go(task, ("plan", "chief"))
    assert timezone.localdate(task.due_at - timedelta(seconds=1)) == task.finish_by
    refused(task, "extend", "function", "晚于原期限", finish_by=task.finish_by.isoformat())
    extended = go(task, ("extend", "function"))
    assert extended.finish_by > task.finish_by
    assert extended.due_at > task.due_at


def test_close_out_comes_after_evidence_and_by_another(office):
    task = go(opened(), ("plan", "chief"))
    refused(task, "apply", "chief", "不能进行")
    task = go(task, ("give_evidence", "front"), ("apply", "chief"))
    Rectify.objects.update(hands={**task.hands, "apply": "function"})
    refused(task, "close_out", "function", "另一人")


def test_what_came_back_at_the_look_back_begins_anew(office):
    task = go(opened(), ("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
    refused(task, "look_back", "function", "另一人")
    assert go(task, ("reopen", "oversight")).state == "opened"


def test_the_same_node_is_a_recurrence_and_the_page_says_so(office):
    first, second = opened(), opened()
    page = browser("front").get(f"/rectify/{second.pk}/").content.decode()
    assert (second.recurrence_of, second.level) == ([first.key], "orange")
    assert "52周内第2次发生，级别由黄色升为橙色" in page


def test_the_record_that_asks_twice_gets_the_same_task(office):
    alert = record_of(Alert)
    assert open_once_for(alert, actor("front"), PROBLEM) == open_once_for(alert, actor("front"), PROBLEM)
