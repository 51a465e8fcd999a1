"""In whose territory does a matter lie that one unit opens for another?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from guanjian.kernel.errors import BadInput
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import Label, UnitLevel

HEADQUARTERS = "0000"


@dataclass(frozen=True)
class _Place:
    unit_code: str
    house_code: str
    district_code: str
    label: str = Label.LIMITED
    compartment: str = ""


def unit_for(actor: Actor, code: str, posts: Collection[str]) -> Unit:
    """The unit of this code, if one of these posts of the actor reaches it; `BadInput` with a sentence otherwise."""
    unit = Unit.objects.filter(pk=code).first()
    if unit is None:
        raise BadInput(f"没有单位“{code}”，请填写单位代码。", f"There is no unit “{code}”: give its code.")
    place = _Place(unit.code, unit.house_code, unit.district_code)
    if not any(actor.covers(post, place) for post in posts):
        raise BadInput(f"单位“{code}”不在您的辖区内。", f"Unit “{code}” is not in your territory.")
    return unit


def must_lie_within(record: Record, codes: Iterable[str]) -> None:
    """`BadInput` that names the codes that are no units, or lie outside the district of this record (HQ: the country)."""
    wanted, known = set(codes), Unit.objects.all()
    if record.district_code != HEADQUARTERS:
        known = known.filter(district_code=record.district_code)
    if missing := wanted - set(known.filter(pk__in=wanted).values_list("code", flat=True)):
        said = "、".join(sorted(missing))
        raise BadInput(f"没有这些单位，或不在本辖区内：{said}。", f"No such units in this territory: {said}.")


def must_lie_under(record: Record, codes: Iterable[str]) -> None:
    """`BadInput` that names the codes that are no units, or lie outside the territory of the record's own unit."""
    own, wanted = Unit.objects.get(pk=record.unit_code), set(codes)
    within = {
        UnitLevel.HQ: {},
        UnitLevel.DISTRICT: {"district_code": own.district_code},
        UnitLevel.HOUSE: {"house_code": own.house_code},
        UnitLevel.SECTION: {"code": own.code},
    }[UnitLevel(own.level)]
    if missing := wanted - set(Unit.objects.filter(pk__in=wanted, **within).values_list("code", flat=True)):
        said = "、".join(sorted(missing))
        raise BadInput(f"没有这些单位，或不在本单位辖区内：{said}。", f"No such units under this one: {said}.")
