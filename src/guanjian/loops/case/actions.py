"""Opening a case from a clue that was filed."""

from __future__ import annotations

from guanjian.kernel.errors import BadInput
from guanjian.loops.case.models import Case
from guanjian.moving.record import Record
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def bureau_of(district_code: str) -> Unit:
    """The anti-smuggling bureau that works this district's cases."""
    found = Unit.objects.filter(kind="police", district_code=district_code).order_by("code").first()
    if found is None:
        raise BadInput(
            f"关区 {district_code} 没有缉私局，请安全管理员先登记。",
            f"District {district_code} has no anti-smuggling bureau: ask the administrator to register it.",
        )
    return found


def open_from_clue(clue: Record, actor: Actor) -> Case:
    """The case of a filed clue. It lies where the clue lay, so that what it teaches comes back to that front line."""
    return start(
        Case,
        actor,
        Unit.objects.get(pk=clue.unit_code),
        title=clue.title,
        level=clue.level,
        subject_type=clue.subject_type,
        subject_id=clue.subject_id,
        origin=clue.key,
        kind=clue.filed_as,
        filing_no=clue.filing_no,
        bureau=bureau_of(clue.district_code).code,
        modus=clue.modus,
        enterprises=clue.enterprises,
        hs_code=clue.hs_code,
    )
