"""Whose oversight works a matter about somebody of a unit: always that of the next level up."""

from __future__ import annotations

from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel

HEADQUARTERS = "0000"


def compartment_of(unit: Unit) -> str:
    """The district's for a house or section, else headquarters'."""
    inside = unit.level in (UnitLevel.HOUSE, UnitLevel.SECTION)
    return unit.district_code if inside and unit.district_code else HEADQUARTERS
