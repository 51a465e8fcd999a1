"""分类管理: a house with its classes in force, a neighbour whose classing was dropped, a rotation that opened by itself."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from guanjian.crossing import classes, rotation
from guanjian.crossing.examples.place import Place, day
from guanjian.loops.classing.actions import open_by_hand
from guanjian.loops.classing.models import Classing
from guanjian.loops.classing.needs import Grade
from guanjian.org import serving

WHO = "frontline.2"  # has served for five years by the register: longer than a class A post allows
YEARS_AGO = date(2021, 5, 1)


def play(place: Place) -> None:
    """Two are opened and measured by what the lake tells; one is adopted, and what it asks for follows."""
    function = place.actor("function")
    own, other = (
        open_by_hand(function, place.unit(place.district), {"unit_code": code})
        for code in (place.house, place.neighbour)
    )
    classes.turn(settings.GUANJIAN_LAKE)
    own, other = (Classing.objects.get(pk=one.pk) for one in (own, other))
    place.take(other, ("function", "drop", {"reason": "模拟：该海关机构调整，调整后再分类。"}))
    proposal = {
        "unit_class": own.measured_class or Grade.B.value,
        "posts": [{**row, "grade": Grade.A.value} for row in own.posts],
        "in_force_from": day(0),
        "reason": "模拟：按测算结果从严确定，一线岗位均列A类。",
        "why_lower": "",
    }
    place.take(own, ("function", "propose", proposal), ("leader", "adopt", {"decision": "模拟：同意，今日起执行。"}))
    person = place.person(WHO).username
    serving.follow(person, ("", ""), (place.house, "frontline"), YEARS_AGO, None)
    today = date.fromisoformat(day(0))
    for one in rotation.places(today):
        if one.person_id == person:
            rotation.rotate(one, today)
