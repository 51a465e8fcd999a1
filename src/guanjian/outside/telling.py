"""What is told of a moved record, and to whom? Its key, step, state, time and unit, to a system whose own post reaches it now."""

from __future__ import annotations

import json

from django.apps import apps

from guanjian.moving.record import Record
from guanjian.org.posts import Label
from guanjian.outside.models import Delivery, Subscription


def loops() -> dict[str, type[Record]]:
    """Every loop by its name."""
    return {model.FLOW.name: model for model in apps.get_models() if issubclass(model, Record)}


def steps_of(model: type[Record]) -> list[str]:
    """The events of a loop without its name: its beginning and its steps."""
    return ["start", *(step.name for step in model.FLOW.steps)]


def wants(subscription: Subscription, event: str) -> bool:
    """True where the loop, or this very event, was asked for."""
    return event in subscription.events or event.partition(".")[0] in subscription.events


def body_of(delivery: Delivery) -> bytes:
    """All that is told: which record, which step, how it stands, when, where. Nothing of its content."""
    loop, _, step = delivery.event.partition(".")
    data = {"key": delivery.record, "loop": loop, "step": step, "state": delivery.state, "unit": delivery.unit_code}
    said = {"type": delivery.event, "timestamp": delivery.happened_at.isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def is_seen(delivery: Delivery) -> bool:
    """True while the system's own post reaches the record, asked at the moment of sending."""
    loop, _, number = delivery.record.partition("/")
    model = loops().get(loop)
    if model is None:
        return False
    actor = delivery.subscription.system.actor(hears=True)
    return model.objects.visible_to(actor).exclude(label=Label.INTEGRITY).filter(pk=int(number)).exists()
