"""Handing over while away: dated, told in the ledger at both ends; the deputy acts in his own name, in the other's place."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed, NotFound
from guanjian.kernel.words import Text
from guanjian.moving.verbs import note
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import PERSONAL, Leave, Person

LONGEST = timedelta(days=92)
DAYS = Text(
    "起止日期有误：不早于今天、先起后止、最长{days}天。",
    "These days cannot be: not before today, first the beginning, at most {days} days.",
).filled(days=LONGEST.days)
NOTHING = Text("您没有可以交由他人代办的岗位。", "You hold no post that somebody could stand in for.")
NO_DEPUTY = Text(
    "代办人须在职、不是本人，并与您同一直属海关（或同在总署）任业务岗位。",
    "A deputy is another person in office with a business post in your district (or, with you, at headquarters).",
)
TAKEN = Text(
    "与已有安排重叠：同一时间一人只请一人代办、只代一人，代办期间不得再请假交出。",
    "It overlaps: at one time a person has one deputy, stands in for one, and does not hand over while standing in.",
)
NO_SUCH = Text("没有这一代办安排，或已经结束。", "There is no such arrangement, or it has ended.")


@transaction.atomic
def hand_over(actor: Actor, deputy_id: str, since: date, until: date) -> Leave:
    """Have a colleague stand in on these days."""
    if not timezone.localdate() <= since <= until <= since + LONGEST - timedelta(days=1):
        raise BadInput(DAYS)
    mine = {held.district_code for held in actor.holdings if held.post not in PERSONAL and not held.acting_for}
    if not mine:
        raise NotAllowed(NOTHING)
    person = Person.objects.select_for_update().get(username=actor.person_id)
    deputy = Person.objects.select_for_update().filter(username=deputy_id, is_active=True).exclude(pk=person.pk).first()
    held = deputy.actor().holdings if deputy else ()
    theirs = {one.district_code for one in held if one.post not in PERSONAL and not one.acting_for}
    if not mine & theirs:
        raise BadInput(NO_DEPUTY)
    both = Q(person__in=(person, deputy)) | Q(deputy__in=(person, deputy))
    if _going().filter(both, since__lte=until, until__gte=since).exists():
        raise NotAllowed(TAKEN)
    made = Leave.objects.create(person=person, deputy=deputy, since=since, until=until)
    facts = {"deputy": deputy.username, "since": since.isoformat(), "until": until.isoformat()}
    note("leave.handed_over", f"person/{person.username}", actor, {"leave": made.pk, **facts})
    return made


@transaction.atomic
def take_back(actor: Actor, pk: int) -> None:
    """End it before its day: by whoever handed over, or by the deputy who cannot go on."""
    row = _going().select_for_update().filter(mine(actor), pk=pk).first()
    if row is None:
        raise NotFound(NO_SUCH)
    _end(row, actor, "taken_back")


@transaction.atomic
def end_due() -> int:
    """What ran out is ended in the ledger too; how many."""
    rows = list(_going().select_for_update().filter(until__lt=timezone.localdate()))
    for row in rows:
        _end(row, SYSTEM, "ended")
    return len(rows)


def mine(actor: Actor) -> Q:
    """The arrangements that this person is part of."""
    return Q(person__username=actor.person_id) | Q(deputy__username=actor.person_id)


def arranged(actor: Actor) -> list[Leave]:
    """What is arranged now or to come, of this person's or with him as deputy."""
    rows = _going().filter(mine(actor), until__gte=timezone.localdate())
    return list(rows.select_related("person", "deputy").order_by("since", "pk"))


def _going() -> QuerySet[Leave]:
    return Leave.objects.filter(ended_on=None)


def _end(row: Leave, actor: Actor, what: str) -> None:
    row.ended_on = timezone.localdate()
    row.save(update_fields=["ended_on"])
    note(f"leave.{what}", f"person/{row.person.username}", actor, {"leave": row.pk, "deputy": row.deputy.username})
