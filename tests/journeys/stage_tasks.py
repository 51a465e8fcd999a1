"""What began weeks ago: a task that missed its day three times. `python -m tests.journeys.stage_tasks` prints its number and that of
the proposal of accountability as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from guanjian.cli import open_office

TITLE = "夜班双人查验整改"


@contextmanager
def days_ago(days: int) -> Iterator[date]:
    """Within the block it is so many days ago."""
    from django.utils import timezone

    from tests.walk.clock import Clock, stopped

    clock = Clock(timezone.now() - timedelta(days=days))
    with stopped(clock):
        yield timezone.localdate(clock.at)


def thrice_late() -> dict[str, int]:
    """Assigned 40 days ago, promised, urged, called in, and late again."""
    from guanjian.crossing import urging
    from guanjian.loops.task.actions import open_by_hand
    from guanjian.loops.urge.models import Urge
    from guanjian.org.models import Unit
    from tests.cast import actor
    from tests.loops.moves import go

    asked = {"title": TITLE, "requirement": "夜班人工查验一律双人实施。", "standard": "双人率百分之百", "unit": "2201",
             "post": "section_chief", "assisting": [], "source": "plan", "kind": "special", "level": "yellow"}  # fmt: skip
    with days_ago(40) as then:
        finish_by = (then + timedelta(days=8)).isoformat()
        task = open_by_hand(actor("function"), Unit.objects.get(pk="2200"), {**asked, "finish_by": finish_by})
        go(task, ("promise", "chief", {"due_on": finish_by}))
    for days, step, who in ((30, "answer", "chief"), (20, "interview", "leader")):
        with days_ago(days) as then:
            urging.urge()
            urge = Urge.objects.get(origin=task.key, state="issued")
            go(urge, (step, who, {"finish_by": (then + timedelta(days=5)).isoformat()}))
    urging.urge()
    return {"task": task.pk, "urge": Urge.objects.get(origin=task.key, kind="accountability").pk}


if __name__ == "__main__":
    open_office()
    print(json.dumps(thrice_late()))
