"""The families of loops with their samples: a family named here once is in every battery."""

from __future__ import annotations

from typing import Any

from tests.loops import (
    enforcement,
    governance,
    integrity,
    leading,
    measuring,
    phone,
    responsibility,
    risks,
    staff,
    watching,
)

FAMILIES = (enforcement, phone, integrity, governance, measuring, risks, leading, staff, responsibility, watching)
READERS = {  # somebody who may read the records of a loop
    "alert": "front",
    "clue": "front",
    "case": "police",
    "rectify": "front",
    "lead": "oversight",
    "oversight": "police_head",
    "urge": "chief",
}
for _family in FAMILIES:
    READERS |= _family.READERS


def of_all(name: str) -> dict[Any, Any]:
    """One table of all families that have it."""
    return {key: value for family in FAMILIES for key, value in getattr(family, name, {}).items()}
