"""What the walk is to find, told once: nothing closes on a rectification that came back."""

import pytest

from guanjian import wiring
from guanjian.kernel.errors import NotAllowed
from guanjian.loops.clue.models import Clue
from guanjian.loops.convert.models import Convert
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.rectify.models import Rectify
from guanjian.moving import verbs
from guanjian.moving.record import Record
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests import cast
from tests.loops.moves import go
from tests.loops.world import record_of

PROBLEM = {"title": "价格", "problem": "未审价", "source": "case", "level": "yellow", "gap_code": "", "node_code": ""}
MENDED = (("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
SIGNED = (("ask_effect", "risk"), ("sign_effect", "oversight"))


@pytest.fixture
def office(db, monkeypatch):
    """The small country with every loop connected."""
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))
    cast.settle()


def relied_on(model: type[Record], state: str) -> Rectify:
    """The rectification that a record of this loop waits for in this state."""
    record = record_of(model)
    model.objects.filter(pk=record.pk).update(state=state)
    return open_problem(SYSTEM, Unit.objects.get(pk="2201"), PROBLEM, record.key)


def carried(task: Rectify, *steps: tuple) -> Rectify:
    """Each step upon the row as the follow-ups of the one before left it."""
    for step in steps:
        task = go(Rectify.objects.get(pk=task.pk), step)
    return task


def test_a_clue_does_not_close_on_a_loophole_that_came_back(office):
    task = relied_on(Clue, "plugging")
    task = carried(task, *MENDED, *SIGNED)
    assert Clue.objects.get().state == "plugged"
    carried(task, ("reopen", "function_two"))
    with pytest.raises(NotAllowed):
        go(Clue.objects.get(), ("close", "risk"))
    carried(task, *MENDED, *SIGNED)
    assert go(Clue.objects.get(), ("close", "risk")).state == "closed"


def test_a_conversion_is_not_verified_on_a_task_that_came_back(office):
    task = relied_on(Convert, "converting")
    task = carried(task, *MENDED)
    assert Convert.objects.get().state == "in_use"
    carried(task, ("reopen", "function_two"))
    with pytest.raises(NotAllowed):
        go(Convert.objects.get(), ("verify", "oversight"))
    carried(task, *MENDED)
    assert go(Convert.objects.get(), ("verify", "oversight")).state == "closed"
