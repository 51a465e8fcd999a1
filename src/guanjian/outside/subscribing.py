"""Where is a system told, and of what? One administrator registers the address, another opens it and gets the signing key, once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.outside.addresses import checked
from guanjian.outside.announcing import replay
from guanjian.outside.models import Delivery, Scope, Stand, Subscription, System
from guanjian.outside.registry import NO_SUCH, TWO, is_open, may, must_be
from guanjian.outside.signing import kept, new_secret
from guanjian.outside.tasks import send
from guanjian.outside.telling import loops, steps_of

MOST = 20  # addresses of one system


def known_events() -> list[str]:
    """What may be asked for: a whole loop, or one of its events; never a loop that lies in a compartment."""
    open_ones = {name: model for name, model in loops().items() if not issubclass(model, Sealed)}
    return [event for name, model in open_ones.items() for event in (name, *(f"{name}.{s}" for s in steps_of(model)))]


@transaction.atomic
def subscribe(pk: int, actor: Actor, address: str, events: Sequence[str]) -> Subscription:
    """An address as it is applied for; nothing is sent there before it is opened."""
    must_be(actor, Post.SYS_ADMIN)
    system = System.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if system is None:
        raise NotFound(NO_SUCH)
    may(system, Scope.HEAR)
    if not events or (unknown := sorted(set(events) - set(known_events()))):
        said = "、".join(unknown[:5]) if events else "—"
        raise BadInput(f"不能订阅的事件：{said}。", f"Events that nobody is told of: {said}.")
    if len(address) > 400 or system.subscriptions.filter(stopped_at=None).count() >= MOST:
        raise BadInput("地址过长，或地址过多。", "The address is too long, or there are too many.")
    checked(address)
    wanted = sorted(set(events))
    made = Subscription.objects.create(system=system, address=address, events=wanted, registered_by=actor.person_id)
    note(
        "webhook.registered", f"webhook/{made.pk}", actor, {"system": system.code, "address": address, "events": wanted}
    )
    return made


@transaction.atomic
def open_address(pk: int, actor: Actor) -> str:
    """Another administrator opens it; the signing key is shown this once. Done again, the key before it ends."""
    must_be(actor, Post.SEC_ADMIN)
    one = held(pk)
    if one.registered_by == actor.person_id:
        raise NotAllowed(TWO)
    if not is_open(one.system) or (one.stopped_at and one.system.ended_at):
        raise NotAllowed("系统尚未批准或已停用。", "The system is not open.")
    secret = new_secret()
    one.secret, one.opened_by, one.opened_at = kept(secret, one.pk), actor.person_id, timezone.now()
    one.stopped_at, one.stopped_because = None, ""
    one.save()
    Delivery.objects.filter(subscription=one, stand=Stand.WAITING).update(
        first_tried_at=None, attempts=0, next_try_at=timezone.now()
    )
    note("webhook.opened", f"webhook/{pk}", actor, {"system": one.system.code})
    send.enqueue(pk)
    return secret


@transaction.atomic
def stop_address(pk: int, actor: Actor) -> None:
    """Either administrator stops it; what waits stays, until it is opened again."""
    if not actor.holds(Post.SYS_ADMIN, Post.SEC_ADMIN):
        must_be(actor, Post.SYS_ADMIN)
    one = held(pk)
    one.stopped_at, one.stopped_because = timezone.now(), "管理员停用 | stopped by an administrator"
    one.save()
    note("webhook.stopped", f"webhook/{pk}", actor, {})


@transaction.atomic
def replay_delivery(pk: int, actor: Actor) -> None:
    """Tell one event once more."""
    must_be(actor, Post.SYS_ADMIN)
    delivery = Delivery.objects.filter(pk=pk).first()
    if delivery is None:
        raise NotFound("没有这一条。", "There is no such delivery.")
    replay(delivery)
    note("webhook.replayed", f"webhook/{delivery.subscription_id}", actor, {"number": delivery.number})


def held(pk: int) -> Subscription:
    """The address of this number, to be changed."""
    found = Subscription.objects.select_for_update(of=("self",)).select_related("system").filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个地址。", "There is no such address.")
    return found
