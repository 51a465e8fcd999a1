"""The case information base (办案信息库): what fed-back cases teach, found by enterprise, goods, modus and channel."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from guanjian.loops.case.flow import S
from guanjian.loops.case.models import Case
from guanjian.moving.touching import touching
from guanjian.org.actor import Actor

TAUGHT = (S.FED_BACK, S.CLOSED)
MOST, BESIDE = 50, 10
HEADING = 6  # digits of an HS code within which goods count as the same when a declaration is looked at


@dataclass(frozen=True)
class Sought:
    """What the base is searched for; empty fields do not narrow."""

    enterprise: str = ""
    hs_code: str = ""
    modus: str = ""
    channel: str = ""
    text: str = ""


def taught(actor: Actor) -> QuerySet[Case]:
    """The fed-back cases that this person may read: territory, label and feedback scope are in `visible_to`."""
    return Case.objects.visible_to(actor).filter(state__in=TAUGHT).exclude(lesson="")


def search(actor: Actor, sought: Sought) -> list[Case]:
    """The newest that match everything that was given."""
    found = taught(actor)
    if sought.enterprise:
        found = touching(found, "enterprise", sought.enterprise)
    if sought.hs_code:
        found = found.filter(hs_code__startswith=sought.hs_code)
    if sought.modus:
        found = found.alias(ways=Cast("modus", TextField())).filter(ways__contains=json.dumps(sought.modus))
    if sought.channel:
        found = found.filter(channel=sought.channel)
    if sought.text:
        words = (
            Q(title__icontains=sought.text) | Q(lesson__icontains=sought.text) | Q(advice_text__icontains=sought.text)
        )
        found = found.filter(words)
    return list(found.order_by("-pk")[:MOST])


def lessons_about(actor: Actor, enterprises: Collection[str], hs_codes: Collection[str]) -> list[Case]:
    """What cases have taught about these enterprises and goods of the same heading, for whoever has them on the table."""
    headings = {code[:HEADING] for code in hs_codes if code}
    by_name = touching(taught(actor), "enterprise", *enterprises).values("pk")
    by_goods = touching(taught(actor), "hs_code", *headings).values("pk")
    return list(taught(actor).filter(Q(pk__in=by_name) | Q(pk__in=by_goods)).order_by("-pk")[:BESIDE])
