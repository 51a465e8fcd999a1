"""Opening a prompt by itself: a problem that was closed and came back is told at the next level up."""

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
