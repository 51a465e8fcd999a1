"""One small country and one fixed cast for every test: the front line, the police, oversight, and the stranger."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from guanjian.org.actor import Actor, Holding
from guanjian.org.models import Appointment, Person, Unit
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


def client(name: str) -> Client:
    """A browser in which one of the cast is signed in, with the second factor set up."""
    from allauth.mfa.models import Authenticator  # only where the console is installed
    from django.test import Client

    found, browser = person(name), Client()
    Authenticator.objects.get_or_create(user=found, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "-"}})
    browser.force_login(found)
    return browser
