"""Issuing, ending and recognising the keys of other systems; each issue and end is noted in the ledger."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.org.models import Person, Token

PREFIX = "gj_"
LONGEST_DAYS = 366


def digest_of(key: str) -> str:
    """What is kept of a key: it has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def issue(person: Person, purpose: str, days: int, actor: Actor) -> str:
    """A new key, shown this once."""
    if not 1 <= days <= LONGEST_DAYS:
        raise BadInput(f"有效期应为1至{LONGEST_DAYS}天。", f"A key lasts 1 to {LONGEST_DAYS} days.")
    key, now = PREFIX + secrets.token_urlsafe(32), timezone.now()
    ends = now + timedelta(days=days)
    Token.objects.create(person=person, purpose=purpose, digest=digest_of(key), created_at=now, ends_at=ends)
    note("token.issued", f"person/{person.username}", actor, {"purpose": purpose, "days": days})
    return key


@transaction.atomic
def end(person: Person, purpose: str, actor: Actor) -> int:
    """End the person's running keys of this purpose; returns how many."""
    running = Token.objects.filter(person=person, purpose=purpose, ends_at__gt=timezone.now())
    ended = running.update(ends_at=timezone.now())
    note("token.ended", f"person/{person.username}", actor, {"purpose": purpose, "count": ended})
    return ended


def bearer_of(key: str) -> Person | None:
    """Whose key it is, while it runs and he may sign in."""
    found = Token.objects.filter(digest=digest_of(key), ends_at__gt=timezone.now(), person__is_active=True)
    token = found.select_related("person").first()
    return token.person if token else None
