"""Where did somebody serve? The register of postings follows what was decided and entered; it never runs ahead of it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from guanjian.org.models import Posting


def served_since(person_id: str, place: tuple[str, str], entered: date) -> date:
    """Since when he has served this (unit, post) without a break: the register may know of days before it was entered here."""
    unit, post = place
    since = entered
    earlier = Posting.objects.filter(person_id=person_id, unit_code=unit, post=post, since__lt=entered)
    for one in earlier.order_by("-since"):
        if one.until is None or one.until >= since - timedelta(days=1):
            since = one.since
    return since


def follow(person_id: str, before: tuple[str, str], now: tuple[str, str], since: date, until: date | None) -> None:
    """From this day he serves (unit, post) `now`; what he served `before` ended the day before, unless he only goes for a time."""
    if until is None and all(before) and before != now:
        ended = since - timedelta(days=1)
        unit, post = before
        earlier = Posting.objects.filter(person_id=person_id, unit_code=unit, post=post)
        if not earlier.filter(Q(until=None) | Q(until__gte=since)).update(until=ended) and not earlier.exists():
            Posting.objects.create(person_id=person_id, unit_code=unit, post=post, since=ended, until=ended)
    unit, post = now
    Posting.objects.get_or_create(
        person_id=person_id, unit_code=unit, post=post, since=since, defaults={"until": until}
    )
