"""Which systems are there, and with which keys? One administrator registers, another opens and issues; each is in the ledger."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.kernel.words import Text
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from guanjian.outside.models import Reader, Scope, Subscription, System, SystemKey

PREFIX = "gjx_"
LONGEST_DAYS = 366
CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}")
NO_SUCH = Text("没有这个系统。", "There is no such system.")
ONLY = {
    Post.SYS_ADMIN: Text("由系统管理员登记。", "The system administrator registers it."),
    Post.SEC_ADMIN: Text("由安全管理员批准。", "The security administrator opens it."),
}
TWO = Text("登记人不能自己批准：须由另一人办理。", "Who registered it does not open it: another person must.")


def must_be(actor: Actor, post: Post) -> None:
    """`NotAllowed` for everybody who is not this administrator."""
    if not actor.holds(post):
        raise NotAllowed(ONLY[post])


def digest_of(key: str) -> str:
    """What is kept of a key: it has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def register(actor: Actor, facts: dict[str, Any]) -> System:
    """A new system as it is applied for; it can do nothing before it is opened."""
    must_be(actor, Post.SYS_ADMIN)
    code, unit = facts["code"], Unit.objects.filter(pk=facts["unit"]).first()
    if not CODE.fullmatch(code):
        raise BadInput(
            "系统代码为2至5位大写字母或数字，以字母开头。", "The code is 2 to 5 capitals or digits, a letter first."
        )
    if unit is None:
        raise BadInput("没有这个单位代码。", "There is no unit of this code.")
    asked = {
        "scopes": facts["scopes"],
        "lines": [line[:16] for line in facts["lines"]],
        "reads_as": facts["reads_as"] or Reader.FUNCTION,
    }
    names = {"name_zh": facts["name_zh"][:60], "name_en": facts["name_en"][:80]}
    try:
        with transaction.atomic():
            made = System.objects.create(code=code, unit=unit, registered_by=actor.person_id, **names, **asked)
    except IntegrityError:
        raise BadInput("这个系统代码已经登记。", "This code is registered already.") from None
    note("system.registered", made.person_id, actor, {**names, **asked, "unit": unit.code})
    return made


@transaction.atomic
def open_system(pk: int, actor: Actor, until: date) -> System:
    """Another administrator lets it in, until a day."""
    must_be(actor, Post.SEC_ADMIN)
    system, today = _held(pk), timezone.localdate()
    if system.registered_by == actor.person_id:
        raise NotAllowed(TWO)
    if system.ended_at or system.opened_by:
        raise NotAllowed("已经批准或已停用。", "It is open already, or ended.")
    if not today < until <= today + timedelta(days=3 * LONGEST_DAYS):
        raise BadInput("有效期止日须在明天起的三年内。", "It ends on a day within the next three years.")
    system.opened_by, system.since, system.until = actor.person_id, today, until
    system.save()
    note("system.opened", system.person_id, actor, {"until": until.isoformat(), "scopes": system.scopes})
    return system


@transaction.atomic
def end_system(pk: int, actor: Actor) -> None:
    """Either administrator shuts it out at once and for good: its keys end, nothing more is told."""
    if not actor.holds(Post.SYS_ADMIN, Post.SEC_ADMIN):
        raise NotAllowed(ONLY[Post.SEC_ADMIN])
    system, now = _held(pk), timezone.now()
    system.ended_at = system.ended_at or now
    system.save()
    system.keys.filter(ends_at__gt=now).update(ends_at=now)
    Subscription.objects.filter(system=system, stopped_at=None).update(
        stopped_at=now, stopped_because="系统已停用 | ended"
    )
    note("system.ended", system.person_id, actor, {})


@transaction.atomic
def issue_key(pk: int, actor: Actor, days: int) -> str:
    """A new key, shown this once; an older one runs on until it ends or is ended."""
    must_be(actor, Post.SEC_ADMIN)
    system, now = _held(pk), timezone.now()
    if not is_open(system):
        raise NotAllowed("系统尚未批准或已停用。", "The system is not open.")
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"有效期应为1至{LONGEST_DAYS}天。", f"A key lasts 1 to {LONGEST_DAYS} days.")
    key, ends = PREFIX + secrets.token_urlsafe(32), now + timedelta(days=days)
    made = {"digest": digest_of(key), "issued_by": actor.person_id, "created_at": now, "ends_at": ends}
    SystemKey.objects.create(system=system, **made)
    note("system.key_issued", system.person_id, actor, {"days": days})
    return key


@transaction.atomic
def end_keys(pk: int, actor: Actor) -> int:
    """All its running keys end; how many."""
    must_be(actor, Post.SEC_ADMIN)
    system = _held(pk)
    ended = system.keys.filter(ends_at__gt=timezone.now()).update(ends_at=timezone.now())
    note("system.keys_ended", system.person_id, actor, {"count": ended})
    return ended


def is_open(system: System, day: date | None = None) -> bool:
    """True from the day that it was opened until its last day, while nobody ended it."""
    day = day or timezone.localdate()
    return not system.ended_at and bool(system.opened_by) and system.since <= day <= system.until


def system_of(key: str) -> System | None:
    """Whose key it is, while both run."""
    found = SystemKey.objects.filter(digest=digest_of(key), ends_at__gt=timezone.now()).select_related("system__unit")
    row = found.first()
    if row is None or not is_open(row.system):
        return None
    stale = Q(used_at=None) | Q(used_at__lt=timezone.now() - timedelta(minutes=1))
    SystemKey.objects.filter(stale, pk=row.pk).update(used_at=timezone.now())
    return row.system


def may(system: System, scope: Scope) -> None:
    """`NotAllowed` for what this system was not granted."""
    if scope not in system.scopes:
        raise NotAllowed(Text("本系统未获准“{scope}”。", "This system may not “{scope}”.").filled(scope=scope.label))


def all_systems() -> Sequence[System]:
    """Every system ever registered, the newest first."""
    return System.objects.select_related("unit").order_by("-pk")


def _held(pk: int) -> System:
    system = System.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=pk).first()
    if system is None:
        raise NotFound(NO_SUCH)
    return system
