"""Inspections that open by themselves: as often as the class asks, for the level above, once to a term."""

from datetime import timedelta

import pytest

from guanjian.crossing import inspecting
from guanjian.crossing.tasks import class_units
from guanjian.kernel.workdays import add_months
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.policy import SHIPPED
from guanjian.loops.task.models import Task
from tests.cast import client, person
from tests.crossing.classed import classed_house
from tests.days import date_in, today
from tests.loops.behind import rewrite


@pytest.fixture
def classed(db, monkeypatch):
    return classed_house(monkeypatch)


def months(one: Classing) -> int:
    return SHIPPED.measures[one.unit_class].inspect_months


def test_an_inspection_opens_thirty_days_before_its_term_is_over_and_once(classed):
    due = add_months(classed.since, months(classed))
    assert inspecting.turn(due - timedelta(days=31)) == {"inspections": 0}
    assert [inspecting.turn(due - timedelta(days=30))["inspections"] for _ in "ab"] == [1, 0]
    task = Task.objects.get()
    assert (task.unit_code, task.post, task.issuer_unit_code) == ("2200", "oversight", "2200")
    assert (task.source, task.kind, task.origin, task.finish_by) == ("inspection", "comprehensive", classed.key, due)
    assert f"每{months(classed)}个月" in task.title
    assert str(due) in task.title
    assert classed.key in task.requirement


def test_the_next_term_begins_when_the_last_inspection_ended(classed):
    due = add_months(classed.since, months(classed))
    inspecting.turn(due)
    ended = due + timedelta(days=20)
    Task.objects.update(state="done", finished_on=ended)
    again = add_months(ended, months(classed))
    assert inspecting.turn(again - timedelta(days=31)) == {"inspections": 0}
    assert inspecting.turn(again - timedelta(days=30)) == {"inspections": 1}
    assert Task.objects.order_by("pk").last().finish_by == again


def test_a_withdrawn_inspection_does_not_open_again_in_the_same_term(classed):
    due = add_months(classed.since, months(classed))
    inspecting.turn(due)
    finish_by = Task.objects.get().finish_by
    Task.objects.update(state="withdrawn")
    assert inspecting.turn(due + timedelta(days=1)) == {"inspections": 0}
    assert inspecting.turn(add_months(finish_by, months(classed))) == {"inspections": 1}


def test_a_review_of_the_classes_does_not_begin_the_term_anew(classed):
    rewrite(classed, since=add_months(today(), -5), until=date_in(-1), state="followed")
    later = Classing.objects.get(pk=classed.pk)
    later.pk, later.sheet, later.unit_class, later.since, later.until, later.state = (
        None,
        "next",
        "A",
        today(),
        None,
        "adopted",
    )
    later.save(force_insert=True)
    assert inspecting.turn(today()) == {"inspections": 1}
    assert Task.objects.get().finish_by == date_in(30)  # overdue by the stricter class: a month to do it in


def test_without_a_class_in_force_nothing_is_inspected(classed):
    rewrite(classed, until=date_in(-1))
    assert inspecting.turn(add_months(today(), 60)) == {"inspections": 0}


def test_the_nightly_job_opens_it_and_the_inspector_finds_it(classed):
    rewrite(classed, since=add_months(today(), -months(classed)))
    assert class_units.func()["inspections"] == 1
    task = Task.objects.get()
    person("oversight")
    assert f"/task/{task.pk}/" in client("oversight").get("/").content.decode()
    page = client("oversight").get(f"/task/{task.pk}/").content.decode()
    assert "签收并承诺" in page
    assert classed.key in page
    assert f"/task/{task.pk}/" in client("function").get(f"/classing/{classed.pk}/").content.decode()
