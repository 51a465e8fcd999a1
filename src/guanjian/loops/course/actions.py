"""Opening a course, and reading what is in use."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.loops.course.models import Course
from guanjian.moving.placing import HEADQUARTERS
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


def with_hours(post: str, district_code: str) -> dict[str, int]:
    """By code: the hours of the courses in use that are for this post in this district; headquarters' are for all."""
    used = {one.code: one for one in _in_use().filter(district_code__in=(HEADQUARTERS, district_code))}
    return {
        code: one.in_use["hours"] for code, one in used.items() if _counts(one) and (not one.posts or post in one.posts)
    }


def hours_of(codes: Iterable[str]) -> dict[str, int]:
    """By code: what these courses count for."""
    return {one.code: one.in_use["hours"] for one in _in_use().filter(code__in=set(codes)) if _counts(one)}


def _in_use() -> QuerySet[Course]:
    return Course.objects.exclude(state="retired").exclude(versions=[]).order_by("code")


def _counts(one: Course) -> bool:
    return bool(one.in_use and one.in_use.get("hours"))


def named_in(text: str) -> list[Course]:
    """The courses in use that a text names, by code or by title in title marks."""
    used = Course.objects.exclude(state="retired").exclude(versions=[]).order_by("pk")
    return [one for one in used if one.code in text or f"《{one.title}》" in text]
