"""Who must stand aside: parties, their relatives and interests within two hops, former posts, one's own unit (海关法 art. 81)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from django.db.models import Q

from guanjian.kernel.words import Text
from guanjian.org.models import Appointment, Posting, Relation

HOPS = 2  # a relation of a relation binds too: the usual way to hide one


class Ground(StrEnum):
    """Why somebody may have to stand aside; each loop names those that it asks for."""

    RELATION = "relation"
    FORMER_POST = "former_post"
    OWN_UNIT = "own_unit"


REASONS = {
    Ground.RELATION: Text(
        "您与本事项的当事人之间有已申报的关系，须回避。",
        "You have a declared relation to a party of this matter; stand aside.",
    ),
    Ground.FORMER_POST: Text(
        "您曾在本事项所涉单位任职，须回避。", "You held a post in the unit concerned when it happened; stand aside."
    ),
    Ground.OWN_UNIT: Text("本事项涉及您所在单位，须回避。", "This matter concerns your own unit; stand aside."),
}


def why_aside(
    person_id: str, grounds: Collection[str], parties: Collection[str], unit_code: str, since: date
) -> Text | None:
    """The reason why this person must stand aside from a matter about `parties` (officers, enterprises) in a unit, or None.

    `since`: when the matter began to happen; a post left before it does not bind. The reason never says which relation.
    """
    tests = {
        Ground.RELATION: lambda: related(person_id, parties),
        Ground.FORMER_POST: lambda: served_in(person_id, unit_code, since),
        Ground.OWN_UNIT: lambda: serves_in(person_id, unit_code),
    }
    return next((REASONS[Ground(ground)] for ground in grounds if tests[Ground(ground)]()), None)


def related(person_id: str, parties: Collection[str], hops: int = HOPS) -> bool:
    """True when a chain of at most `hops` declared relations leads from the person to a party, in either direction."""
    wanted, seen, edge = set(parties), {person_id}, {person_id}
    for _ in range(hops):
        pairs = Relation.objects.filter(Q(one_id__in=edge) | Q(other_id__in=edge)).values_list("one_id", "other_id")
        edge = {end for pair in pairs for end in pair} - seen
        if edge & wanted:
            return True
        seen |= edge
    return False


def served_in(person_id: str, unit_code: str, since: date) -> bool:
    """True when the person held a post in the unit on or after `since`, whatever the post now."""
    held = Posting.objects.filter(person_id=person_id, unit_code=unit_code)
    return held.filter(Q(until=None) | Q(until__gte=since)).exists()


def serves_in(person_id: str, unit_code: str) -> bool:
    """True when the person holds a post in the unit today."""
    return Appointment.objects.filter(person__username=person_id, unit_id=unit_code, until=None).exists()
