"""Every clock is watched: what stands overdue is urged by itself, and the urging is lifted when the matter moves on."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from django.utils import timezone

from guanjian.loops.oversight.models import Oversight
from guanjian.loops.urge.actions import lift, open_for, open_urgings, wait_of
from guanjian.loops.urge.models import Urge
from guanjian.moving.record import Record
from guanjian.org.posts import Label

APART = (Urge, Oversight)  # what calls others to account is not urged by the same clock
AT_A_TIME = 2000  # a first turn over years of neglect does not open everything at once


def loops() -> list[type[Record]]:
    """Every loop whose waits are urged."""
    return [model for model in apps.get_models() if issubclass(model, Record) and model not in APART]


def urge(now: datetime | None = None) -> int:
    """Open one urging to each wait that is overdue now, compartments left out; how many were new."""
    now, opened = now or timezone.now(), 0
    for model in loops():
        late = model.objects.filter(due_at__lte=now, closed_at=None).exclude(label=Label.INTEGRITY)
        for record in late.order_by("due_at")[:AT_A_TIME]:
            opened += open_for(record) is not None
    return opened


def lift_all() -> int:
    """Lift the urgings whose matter is no longer in the wait that was urged; how many."""
    by_name = {model.FLOW.name: model for model in loops()}
    lifted = 0
    for one in open_urgings().iterator():
        loop, _, number = one.origin.partition("/")
        matter = by_name[loop].objects.filter(pk=int(number)).first() if loop in by_name else None
        if matter is not None and wait_of(matter) != one.wait.partition("#")[0]:
            lift(one)
            lifted += 1
    return lifted
