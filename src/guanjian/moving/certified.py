"""May this person act in the post that a step is for? Only while he holds the certificate that the post needs today."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from guanjian.kernel.flow import Step
from guanjian.kernel.words import Text
from guanjian.moving.record import Record
from guanjian.org.actor import SYSTEM, Actor, Holding
from guanjian.org.certificates import why_not_certified


def why_uncertified(record: Record, step: Step, actor: Actor) -> Text | None:
    """The certificate that is missing in every post by which this person could take the step, or None.

    A step that is `open_to_learners` (the assessment itself) needs none, nor does the right to be heard.
    """
    if actor.person_id == SYSTEM.person_id or step.open_to_learners:
        return None
    if step.heard and actor.person_id in record.concerns():
        return None
    day, missing = timezone.localdate(), []
    for held in _acting(record, step, actor):
        reason = why_not_certified(actor.person_id, held.post, held.district_code, day)
        if reason is None:
            return None
        missing.append(reason)
    return missing[0] if missing else None


def _acting(record: Record, step: Step, actor: Actor) -> Iterator[Holding]:
    """The posts by which this person takes the step on this record."""
    for held in actor.holdings:
        here = held.post in step.by and held.reaches(record)
        if here and not (step.above and held.unit_code == record.unit_code):
            yield held
