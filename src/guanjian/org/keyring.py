"""The key pairs of people: made at a sign-in, opened by the password alone, locked anew when the password changes."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from guanjian.kernel.envelopes.box import WrongKey
from guanjian.kernel.envelopes.lock import locked, unlocked
from guanjian.kernel.envelopes.wrap import new_private, public_of
from guanjian.kernel.words import Names
from guanjian.org.models import KeyPair, Person

DEMONSTRATED = 4  # the cost of a lock that keeps nobody out


class Became(Names):
    """What a sign-in did to the key pair."""

    OPENED = "opened", "已解锁", "Opened"
    MADE = "made", "新建密钥", "Made"
    REPLACED = "replaced", "更换密钥", "Replaced"


@dataclass(frozen=True)
class Opened:
    """An open private key, and how it came to be open."""

    private: bytes
    became: Became


def text(raw: bytes) -> str:
    """Bytes as they are stored."""
    return base64.b64encode(raw).decode()


def raw(stored: str) -> bytes:
    """Stored bytes; what is no base64 opens nothing."""
    try:
        return base64.b64decode(stored, validate=True)
    except ValueError:
        raise WrongKey("no base64") from None


@transaction.atomic
def sign_in(person: Person, password: str) -> Opened:
    """The private key of this person, whose password was just proved.

    A pair that the password does not open belongs to a password that somebody else has reset: it ends, and with it
    every access, because whoever resets passwords must not inherit what they open.
    """
    pair = KeyPair.objects.select_for_update().filter(person=person, ended_at=None).first()
    if pair is None:
        return Opened(_made(person, password), Became.MADE)
    try:
        return Opened(_open(pair, password), Became.OPENED)
    except WrongKey:
        pair.ended_at = timezone.now()
        pair.save(update_fields=["ended_at"])
        return Opened(_made(person, password), Became.REPLACED)


def relock(person: Person, private: bytes, password: str) -> bool:
    """Put the same private key under another password; False when it is not this person's present key."""
    pair = KeyPair.objects.filter(person=person, ended_at=None).first()
    if pair is None or pair.public != text(public_of(private)):
        return False
    pair.lock = _lock(person, private, password)
    pair.save(update_fields=["lock"])
    return True


def open_with(person: Person, password: str) -> bytes | None:
    """The private key under this password, or None."""
    pair = KeyPair.objects.filter(person=person, ended_at=None).first()
    try:
        return _open(pair, password) if pair else None
    except WrongKey:
        return None


def demonstrate(person: Person) -> bytes:
    """The key of a role of the demonstration, which has no password: it protects nothing, and exists nowhere else."""
    if not settings.GUANJIAN_DEMO:
        raise PermissionError("only in the demonstration")
    password = f"demonstration {person.username} {settings.SECRET_KEY}"
    return open_with(person, password) or _made(person, password, DEMONSTRATED)


def pairs_of(usernames: Iterable[str]) -> dict[str, KeyPair]:
    """The present key pair of each of these people who has one."""
    rows = KeyPair.objects.filter(person__username__in=list(usernames), ended_at=None, person__is_active=True)
    return {pair.person.username: pair for pair in rows.select_related("person")}


def _made(person: Person, password: str, cost: int | None = None) -> bytes:
    private = new_private()
    lock = _lock(person, private, password, cost)
    KeyPair.objects.create(person=person, public=text(public_of(private)), lock=lock, made_at=timezone.now())
    return private


def _lock(person: Person, private: bytes, password: str, cost: int | None = None) -> str:
    bound = person.username.encode()
    return text(locked(private, password, bound, cost or settings.GUANJIAN_SCRYPT, settings.GUANJIAN_CIPHER))


def _open(pair: KeyPair, password: str) -> bytes:
    return unlocked(raw(pair.lock), password, pair.person.username.encode())
