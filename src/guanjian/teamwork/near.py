"""Whom would one ask to look at this record? Who took part, and who holds a post there that has its next step."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from guanjian.moving.access import holders
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.org.models import Appointment

MOST = 12


def near(record: Record, wrote: Collection[str], without: str) -> list[str]:
    """At most a dozen people to choose from, the participants first; of a sealed record those on its list."""
    if isinstance(record, Sealed):
        return sorted(holders(record) - {without})
    part = sorted({*record.hands.values(), *wrote})
    today = timezone.localdate()
    posts = {post for step in record.flow.awaited(record.state) for post in step.by}
    units = {record.unit_code, record.house_code, record.district_code, f"{record.district_code[:2]}P0"}
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, person__is_active=True)
    here = held.filter(post__in=posts, unit_id__in=units).order_by("-unit_id", "person__username")
    found = [*part, *here.values_list("person__username", flat=True)[:MOST]]
    return [one for one in dict.fromkeys(found) if one not in (without, "system")][:MOST]
