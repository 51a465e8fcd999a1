"""Opening a course, and reading what is in use."""

from __future__ import annotations

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.loops.course.models import Course
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Course:
    """A code belongs to one living course."""
    if living(facts["code"]) is not None:
        raise BadInput(f"课程代码“{facts['code']}”已有课程使用。", f"The code “{facts['code']}” is taken by a course.")
    return start(Course, actor, unit, **facts)


def living(code: str) -> Course | None:
    """The course of this code that is not retired."""
    return Course.objects.filter(code=code).exclude(state="retired").first()


def named_in(text: str) -> list[Course]:
    """The courses in use that a text names, by code or by title in title marks."""
    used = Course.objects.exclude(state="retired").exclude(versions=[]).order_by("pk")
    return [one for one in used if one.code in text or f"《{one.title}》" in text]
