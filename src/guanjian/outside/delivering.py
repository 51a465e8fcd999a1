"""How does a delivery get there? In order for each record, at least once, each failure waited out longer, never two senders at once.

A sender takes the address for `LEASE` and prolongs it with every delivery. When it dies, the lease runs out and the next one goes
on with what is not marked as delivered; `fence` keeps a sender that stood still from marking what is another's by now.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM
from guanjian.outside.addresses import Unreachable, post
from guanjian.outside.models import BAR, Delivery, Stand, Subscription
from guanjian.outside.registry import is_open
from guanjian.outside.signing import headers, secret_of
from guanjian.outside.stopping import tell_administrators
from guanjian.outside.telling import body_of, is_seen

LEASE = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
PATIENCE = timedelta(hours=24)  # after so long without success an address is stopped, or one delivery given up
NOTHING_WENT_THROUGH = f"连续24小时未送达，已自动停发{BAR}nothing was delivered for 24 hours: stopped by itself"
NOT_OPEN = f"系统未获准或已到期{BAR}the system is not open"
IN_A_ROW = 5  # failures after which a sender leaves the address alone until the next sweep
SECONDS_AT_A_TIME = 30  # then another job has its turn


def send_all(pk: int) -> dict[str, int]:
    """Send what is due for this address, one after another; nothing when another sender is at it."""
    counts: Counter[str] = Counter()
    failed, ends = 0, time.monotonic() + SECONDS_AT_A_TIME
    while failed < IN_A_ROW and time.monotonic() < ends and (held := _take(pk)):
        delivery = due(held).first()
        if delivery is None:
            _leave(held)
            break
        became = _send(held, delivery)
        counts[became] += 1
        failed = failed + 1 if became == "failed" else 0
        _leave(held)
    return dict(counts)


def due(subscription: Subscription, now: datetime | None = None) -> QuerySet[Delivery]:
    """What may be sent now: of each record the oldest that waits, when its pause is over."""
    waiting = Delivery.objects.filter(subscription=subscription, stand=Stand.WAITING)
    earlier = waiting.filter(record=OuterRef("record"), pk__lt=OuterRef("pk"))
    return waiting.filter(~Exists(earlier), next_try_at__lte=now or timezone.now()).order_by("pk")


def left_behind() -> list[int]:
    """The running addresses for which something is due and nobody is at it."""
    now = timezone.now()
    waiting = Delivery.objects.filter(subscription=OuterRef("pk"), stand=Stand.WAITING, next_try_at__lte=now)
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    found = Subscription.objects.filter(free, Exists(waiting), opened_at__isnull=False, stopped_at=None)
    return list(found.values_list("pk", flat=True))


def _take(pk: int) -> Subscription | None:
    """The address, held for a lease, or None when another holds it or it is told nothing now."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    running = Subscription.objects.filter(free, pk=pk, opened_at__isnull=False, stopped_at=None)
    if not running.update(lease_until=now + LEASE, fence=F("fence") + 1):
        return None
    return Subscription.objects.select_related("system__unit").get(pk=pk)


def _held(subscription: Subscription) -> QuerySet[Subscription]:
    return Subscription.objects.filter(pk=subscription.pk, fence=subscription.fence)


def _leave(subscription: Subscription) -> None:
    _held(subscription).update(lease_until=None)


def _send(held: Subscription, delivery: Delivery) -> str:
    """Send one and write down what became of it."""
    delivery.subscription = held
    if not is_open(held.system):
        _stop(held, NOT_OPEN)
        return "failed"
    if not is_seen(delivery):
        return _done(held, delivery, Stand.WITHHELD, "")
    body, now = body_of(delivery), timezone.now()
    signed = headers(secret_of(held.secret, held.pk), delivery.number, int(time.time()), body)
    try:
        status, said = post(held.address, body, signed)
    except (BadInput, Unreachable) as problem:
        return _failed(held, delivery, f"{problem.text.zh}{BAR}{problem.text.en}", now)
    if 200 <= status < 300:
        return _done(held, delivery, Stand.DELIVERED, str(status))
    return _failed(held, delivery, f"{status} {said}", now)


@transaction.atomic
def _done(held: Subscription, delivery: Delivery, stand: Stand, answer: str) -> str:
    now = timezone.now()
    if stand == Stand.DELIVERED:
        _held(held).update(went_well_at=now)
    made = {"stand": stand, "done_at": now, "answer": answer, "attempts": delivery.attempts + 1}
    if _held(held).select_for_update().exists():
        Delivery.objects.filter(pk=delivery.pk).update(**made)
    return stand.value


@transaction.atomic
def _failed(held: Subscription, delivery: Delivery, said: str, now: datetime) -> str:
    """Wait longer; after a day either this delivery is given up, because others went through, or the address is stopped."""
    first = delivery.first_tried_at or now
    pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts, 12), LONGEST_PAUSE)
    made = {
        "attempts": delivery.attempts + 1,
        "first_tried_at": first,
        "next_try_at": now + pause,
        "answer": said[:200],
    }
    if now - first >= PATIENCE:
        if held.went_well_at and held.went_well_at > first:
            made |= {"stand": Stand.GIVEN_UP, "done_at": now}
        else:
            _stop(held, NOTHING_WENT_THROUGH)
    if _held(held).select_for_update().exists():
        Delivery.objects.filter(pk=delivery.pk).update(**made)
    return "failed"


@transaction.atomic
def _stop(held: Subscription, because: str) -> None:
    """Stop the address; the administrators are told why, and the ledger says when."""
    if _held(held).filter(stopped_at=None).update(stopped_at=timezone.now(), stopped_because=because):
        note("webhook.stopped", f"webhook/{held.pk}", SYSTEM, {"because": because})
        tell_administrators(held)
