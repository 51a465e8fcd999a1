"""Opening a prompt by itself: a problem that came back is told at the next level up, what a meeting decided in its unit."""

from __future__ import annotations

from guanjian.loops.prompt.models import Prompt
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_above(problem: Record, actor: Actor, message: str) -> Prompt | None:
    """The draft in the unit over the one where it came back; None at headquarters, which has nobody above it."""
    above = Unit.objects.get(pk=problem.unit_code).parent
    if above is None:
        return None
    title = f"问题复发提示：{problem.title}"[:190]
    return start(Prompt, actor, above, title=title, level=problem.level, message=message, origin=problem.key)


def open_decided(meeting: Record, actor: Actor, kind: str, message: str) -> Prompt:
    """The draft in the unit of the meeting that decided on it."""
    unit = Unit.objects.get(pk=meeting.unit_code)
    given = {"title": message[:190], "level": meeting.level, "kind": kind, "message": message}
    return start(Prompt, actor, unit, origin=meeting.key, **given)
