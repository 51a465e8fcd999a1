"""Somebody who is to be examined, as far as a test needs it."""

import pytest

from guanjian.loops.course.actions import open_by_hand as open_course
from guanjian.loops.course.models import Course
from guanjian.loops.training import drawing
from guanjian.loops.training.actions import open_by_hand
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance
from guanjian.org import calendar
from guanjian.org.models import Parameter, Unit
from tests.cast import actor, person
from tests.days import day, today
from tests.loops.moves import go
from tests.loops.staff import DRAFT

__all__ = (
    "_fresh_tables",
    "needed",
)  # the fixtures; the rest is asked for by name


CODE = "EXM-01"


@pytest.fixture(autouse=True)
def _fresh_tables():
    calendar.changed()
    yield
    calendar.changed()


def course(posts=("frontline",), since=1) -> Course:
    facts = {"title": "查验规范", "code": CODE, "about": "查验岗位上岗培训。"}
    drafted = go(open_course(actor("function"), Unit.objects.get(pk="2200"), facts), ("draft", "function", DRAFT))
    approval = {"posts": list(posts), "needed_from": day(since)}
    return go(drafted, ("take_up", "function_two"), ("approve", "function_two", approval))


@pytest.fixture
def needed(chain):
    """The certificate is needed for the front line since today."""
    for name in ("front", "colleague", "chief"):
        person(name)
    made = course()
    Parameter.objects.update(since=today())
    calendar.changed()
    return made


def assigned(who="front") -> Training:
    facts = {"title": "上岗培训", "course": CODE, "officers": [who], "until": day(10)}
    return open_by_hand(actor("function"), Unit.objects.get(pk="2200"), facts)


def sitting(who="front") -> Training:
    return go(assigned(who), ("study", who), ("draw", who))


def answers(training: Training, wrong: int = 0) -> dict:
    """What the person would write who knows it all, but for so many questions."""
    told = [
        {"number": str(n), "answer": drawing.right(drawn, training.version_asked)}
        for n, drawn in enumerate(training.paper, 1)
    ]
    for row in told[:wrong]:
        row["answer"] = "A" if row["answer"] != "A" else "B"
    return {"answers": told}


def sat(who="front", wrong=0) -> Training:
    paper = sitting(who)
    advance(paper, "submit", actor(who), answers(paper, wrong))
    return Training.objects.get(pk=paper.pk)
