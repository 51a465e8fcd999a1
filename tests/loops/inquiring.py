"""A double inquiry as far as a test needs it."""

from datetime import date
from decimal import Decimal

from guanjian.loops.case.models import Case
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Seen, Trigger
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from tests.cast import actor
from tests.loops.behind import whole
from tests.loops.moves import go
from tests.loops.world import record_of

LIST = {"oversight", "oversight_two"}


T = Trigger


LONG = {"acts_from": date(2023, 1, 1), "acts_until": date(2025, 6, 1)}


MAJOR = Seen("criminal", "clearance", ("low_price",), "unit", Decimal(1_000_000), date(2024, 1, 1), date(2025, 6, 1))


EXPOSURE = [
    {"unit": "2202", "post": "release", "act": "release", "releases": "7", "first_on": "2024-01-02", "last_on": "2025-03-04"}
]  # fmt: skip


SAID = {"inside": ["stated"], "inside_said": "证人指认查验岗位人员收受好处"}


def seen(who="oversight"):
    """The only inquiry, as this person reads it."""
    return Inquiry.objects.visible_to(actor(who)).get()


def opened(record):
    return whole(Inquiry, record.pk)


def looked(inquiry, **changes):
    facts = {"look_back_total": "7", "exposure": EXPOSURE, "look_back_note": ""}
    facts |= {"looked_from": "2023-01-01", "looked_until": "2026-01-01"}
    return opened(advance(inquiry, "look_back", SYSTEM, {**facts, **changes}))


def assessed(risk="medium", **fields):
    return go(looked(record_of(Inquiry, **fields)), ("assess", "oversight", {"risk": risk}))


def running(**fields):
    return go(assessed(**fields), ("launch", "oversight_two"))


def concluded(**changes):
    case = go(record_of(Case, bureau="22P0", subject_type="enterprise", subject_id="E9"), ("assign", "police_head"))
    return go(case, ("conclude", "police", changes))
