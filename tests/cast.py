"""One small country and one fixed cast for every test: the front line, the police, oversight, and the stranger."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from guanjian.kernel.envelopes.wrap import public_of
from guanjian.org import keyring
from guanjian.org.actor import Actor, Holding
from guanjian.org.models import Appointment, KeyPair, Person, Unit
from guanjian.org.posts import Post, UnitLevel

if TYPE_CHECKING:
    from django.test import Client

UNITS = {  # code: (level, kind, parent, district, house)
    "0000": ("hq", "customs", None, "0000", ""),
    "00P0": ("hq", "police", "0000", "0000", ""),
    "2200": ("district", "customs", "0000", "2200", ""),
    "22P0": ("district", "police", "2200", "2200", ""),
    "2201": ("house", "customs", "2200", "2200", "2201"),
    "2201-01": ("section", "customs", "2201", "2200", "2201"),
    "2202": ("house", "customs", "2200", "2200", "2202"),
    "5300": ("district", "customs", "0000", "5300", ""),
    "53P0": ("district", "police", "5300", "5300", ""),
    "5301": ("house", "customs", "5300", "5300", "5301"),
}
CAST = {  # name: (post, unit)
    "front": (Post.FRONTLINE, "2201"),
    "colleague": (Post.FRONTLINE, "2201"),
    "chief": (Post.SECTION_CHIEF, "2201"),
    "house_head": (Post.HOUSE_LEADER, "2201"),
    "risk": (Post.RISK, "2200"),
    "function": (Post.FUNCTION, "2200"),
    "function_two": (Post.FUNCTION, "2200"),
    "leader": (Post.LEADER, "2200"),
    "police": (Post.POLICE, "22P0"),
    "legal": (Post.POLICE_LEGAL, "22P0"),
    "police_head": (Post.POLICE_LEADER, "22P0"),
    "oversight": (Post.OVERSIGHT, "2200"),
    "oversight_two": (Post.OVERSIGHT, "2200"),
    "oversight_hq": (Post.OVERSIGHT, "0000"),
    "leader_hq": (Post.LEADER, "0000"),
    "function_hq": (Post.FUNCTION, "0000"),
    "custodian": (Post.CUSTODIAN, "0000"),
    "custodian_two": (Post.CUSTODIAN, "0000"),
    "custodian_three": (Post.CUSTODIAN, "0000"),
    "admin": (Post.SYS_ADMIN, "0000"),
    "security": (Post.SEC_ADMIN, "0000"),
    "audit": (Post.AUD_ADMIN, "0000"),
    "stranger": (Post.FRONTLINE, "5301"),
    "stranger_function": (Post.FUNCTION, "5300"),
    "stranger_oversight": (Post.OVERSIGHT, "5300"),
    "stranger_police": (Post.POLICE, "53P0"),
}


def holding(post: Post, unit: str) -> Holding:
    """The post in this unit of the small country."""
    level, _, _, district, house = UNITS[unit]
    return Holding(post, unit, UnitLevel(level), district, house)


def actor(name: str, *extra: tuple[Post, str]) -> Actor:
    """One of the cast, with further posts when the test gives some."""
    return Actor(name, name, tuple(holding(post, unit) for post, unit in (CAST[name], *extra)))


def settle() -> None:
    """Put the units into the office."""
    columns = ("level", "kind", "parent_id", "district_code", "house_code")
    rows = [
        Unit(code=code, name_zh=code, name_en=code, **dict(zip(columns, values, strict=True)))
        for code, values in UNITS.items()
    ]
    Unit.objects.bulk_create(rows, ignore_conflicts=True)


def person(name: str) -> Person:
    """One of the cast as somebody who can sign in."""
    post, unit = CAST[name]
    found, new = Person.objects.get_or_create(username=name, defaults={"name_zh": f"某{name}", "name_en": name})
    if new:
        Appointment.objects.create(person=found, post=post, unit_id=unit, since=date(2020, 1, 1))
    return found


KEYED = ("front", *(name for name, (post, _) in CAST.items() if post in (Post.OVERSIGHT, Post.CUSTODIAN)))


def private_key(name: str) -> bytes:
    """The private key of a person of the tests: always the same."""
    return hashlib.sha256(f"key of {name}".encode()).digest()


def give_keys(*names: str) -> dict[str, bytes]:
    """Have these people (of the cast, or `someone` of oversight in 2200) in office with a key pair; their private keys."""
    posts = {name: CAST.get(name, (Post.OVERSIGHT, "2200")) for name in names}
    known = {one.username: one for one in Person.objects.filter(username__in=names)}
    new = [Person(username=name, name_zh=f"某{name}", name_en=name) for name in names if name not in known]
    known |= {one.username: one for one in Person.objects.bulk_create(new)}
    since = date(2020, 1, 1)
    held = [
        Appointment(person=one, post=posts[one.username][0], unit_id=posts[one.username][1], since=since) for one in new
    ]
    Appointment.objects.bulk_create(held)
    public = {name: keyring.text(public_of(private_key(name))) for name in names}
    now = timezone.now()
    KeyPair.objects.bulk_create(
        [KeyPair(person=known[name], public=public[name], lock="", made_at=now) for name in names]
    )
    return {name: private_key(name) for name in names}


def client(name: str) -> Client:
    """A browser in which one of the cast is signed in, with the second factor set up."""
    from allauth.mfa.models import Authenticator  # only where the console is installed
    from django.test import Client

    found, browser = person(name), Client()
    Authenticator.objects.get_or_create(user=found, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "-"}})
    browser.force_login(found)
    return browser
