"""Opening a notice: one to a breach, however often the breach is found."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError

from guanjian.kernel.papers import Level
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.oversight.needs import URGENT, Basis, direction_of
from guanjian.moving.verbs import start
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit


@dataclass(frozen=True)
class Breach:
    """What one side failed to do to the other. `about` is the matter's key, `moment` tells one failing from the next."""

    basis: Basis
    about: str
    moment: str
    title: str
    said: str
    issuer: str  # the unit that was owed
    owing: str  # the unit that owed

    @property
    def key(self) -> str:
        """One notice to each."""
        return f"{self.about}|{self.basis}|{self.moment}"


def open_notice(breach: Breach) -> Oversight | None:
    """The notice of this breach, opened by the system for the side that was owed; None when it is there already."""
    if Oversight.objects.filter(breach=breach.key).exists():
        return None
    try:
        return start(Oversight, SYSTEM, Unit.objects.get(pk=breach.owing), **_fields(breach))
    except IntegrityError:
        return None  # another process was quicker: its notice is the one


def _fields(breach: Breach) -> dict:
    return {
        "title": f"{breach.basis.label.zh}：{breach.title}"[:190],
        "level": Level.RED.value if breach.basis in URGENT else Level.ORANGE.value,
        "direction": direction_of(breach.basis).value,
        "basis": breach.basis.value,
        "issuer_unit": breach.issuer,
        "said": breach.said,
        "breach": breach.key,
        "origin": breach.about,
    }
