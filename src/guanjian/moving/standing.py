"""Who must stand aside from a record? Whoever is tied to a party, or serves or served in a unit that it is about."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.recusal import why_aside


def why_aside_from(record: Record, person_id: str) -> Text | None:
    """The reason, by the grounds that the loop asks for, in any of the record's units, or None."""
    asked = person_id, record.flow.aside, record.parties()
    reasons = (why_aside(*asked, unit_code, record.began()) for unit_code in sorted(record.places()))
    return next((reason for reason in reasons if reason), None)
