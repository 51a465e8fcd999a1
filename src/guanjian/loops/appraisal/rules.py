"""What forbids a step of an appraisal: nothing frozen before its time, nothing decided while it may be objected to."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA

TO_OBJECT = timedelta(days=15)  # proposed default, to be set by headquarters
AT_MOST = timedelta(days=366)


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def period_is_over(record) -> Text | None:
    """What is counted is frozen when the period is over."""
    if record.period_until and record.period_until < today():
        return None
    return Text("考评期未满，不能冻结。", "The period is not over: nothing is frozen yet.")


def matters_of_the_district(record, facts) -> Text | None:
    """Only what the ledger of this district knows can have been counted."""
    named = facts.get("left_out") or facts.get("named") or []
    if unknown := [key for key in named if not record.in_its_ledger(key)]:
        return Text("本关区账本中没有：{what}。", "The ledger of this district does not know: {what}.").filled(
            what="、".join(unknown)
        )
    return None


def objections_are_over(record) -> Text | None:
    """The district may object for fifteen days after it was told."""
    if record.state == "settled" or (record.told_on and today() > record.told_on + TO_OBJECT):
        return None
    return Text("告知后15日内可提出异议，期满方可审定。", "It may be objected to for 15 days: decided after that.")


def why_not_opened(first: date, last: date) -> Text | None:
    """A period is in order and not longer than a year."""
    if first <= last and last - first <= AT_MOST:
        return None
    return Text("考评期须先后有序，不超过一年。", "The period is in order and at most a year.")
