"""When a record moves, one row is written to each address that wants the event: with the step or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Label
from guanjian.outside.models import Delivery, Stand, Subscription
from guanjian.outside.tasks import send
from guanjian.outside.telling import loops, steps_of, wants

FollowUp = Callable[[Record, Actor, Facts], None]


def chain() -> dict[str, list[FollowUp]]:
    """Each event of each loop leads here."""
    events = [f"{name}.{step}" for name, model in loops().items() for step in steps_of(model)]
    return {event: [partial(announce, event)] for event in events}


def announce(event: str, record: Record, actor: Actor, facts: Facts) -> None:
    """In the transaction of the step: what nobody is to know of is not written down for anybody."""
    if record.label == Label.INTEGRITY:
        return
    for one in Subscription.objects.filter(opened_at__isnull=False, stopped_at=None):
        if wants(one, event):
            _tell(one, event, record)


def _tell(subscription: Subscription, event: str, record: Record) -> None:
    now = timezone.now()
    place = {"record": record.key, "state": record.state, "unit_code": record.unit_code}
    Delivery.objects.create(subscription=subscription, event=event, happened_at=now, next_try_at=now, **place)
    send.enqueue(subscription.pk)


def replay(delivery: Delivery) -> None:
    """Have it told once more, under the same number."""
    waiting = {"stand": Stand.WAITING, "attempts": 0, "first_tried_at": None, "next_try_at": timezone.now()}
    Delivery.objects.filter(pk=delivery.pk).exclude(stand=Stand.WAITING).update(done_at=None, **waiting)
    send.enqueue(delivery.subscription_id)
