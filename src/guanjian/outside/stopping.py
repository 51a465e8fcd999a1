"""Who learns that an address is told no more? The two administrators, as a message; nobody else may know of it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from guanjian.kernel.words import Text
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Appointment
from guanjian.org.posts import Post
from guanjian.outside.models import Subscription
from guanjian.teamwork.models import Told
from guanjian.teamwork.notices import tell_of
from guanjian.teamwork.seen import Matter

NAME = "webhook"  # how a message names an address
BOTH = (Post.SYS_ADMIN, Post.SEC_ADMIN)
OF = Text("其他系统", "Other systems")
RUNS = Text("已恢复发送", "It is told again")


def tell_administrators(subscription: Subscription) -> None:
    """A message to each who administers systems today."""
    today = timezone.localdate()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, post__in=BOTH)
    tell_of(
        held.values_list("person__username", flat=True), (NAME, subscription.pk), Told.STOPPED, SYSTEM, by_mail=True
    )


def seen(numbers: Collection[int], actor: Actor) -> dict[int, Matter]:
    """These addresses as a message shows them to an administrator."""
    rows = Subscription.objects.filter(pk__in=numbers).select_related("system") if actor.holds(*BOTH) else ()
    return {row.pk: _matter(row) for row in rows}


def _matter(row: Subscription) -> Matter:
    title = Text(f"{row.system.name_zh}：{row.address}", f"{row.system.name_en}: {row.address}")
    return Matter(title, OF, RUNS if row.runs else row.why_stopped, reverse("system", args=[row.system_id]))
