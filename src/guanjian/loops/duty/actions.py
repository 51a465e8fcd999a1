"""Drawing up a list of duties for a leader of a unit below."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Subject
from guanjian.loops.duty.flow import FLOW
from guanjian.loops.duty.models import Duty
from guanjian.loops.duty.needs import Kind, Led, Line
from guanjian.loops.duty.rules import why_not_drawn
from guanjian.moving.placing import unit_for
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Appointment, Unit

STATED = {"kind": Kind.STATEMENT.value, "line": Line.INTEGRITY.value, "least": "1"}
DEFAULT = (  # proposed: what every leader owes in a period, to be set by each office
    {"kind": Kind.INSPECT.value, "line": Line.BUSINESS.value, "least": "2"},
    {"kind": Kind.RISK.value, "line": Line.BUSINESS.value, "least": "1"},
    {"kind": Kind.INSPECT.value, "line": Line.INTEGRITY.value, "least": "1"},
    {"kind": Kind.TALK.value, "line": Line.INTEGRITY.value, "least": "1"},
)


def open_list(actor: Actor, unit: Unit, facts: Facts) -> Duty:
    """The list of one person in one post, drawn up by the level above; the statement is always on it."""
    place = unit_for(actor, facts["unit_code"], FLOW.opens)
    if all(held.unit_code == place.code for held in actor.holdings if held.post in FLOW.opens):
        raise NotAllowed("履责清单由上一级单位建立。", "A list of duties is drawn up by the level above.")
    first, last = (date.fromisoformat(facts[name]) for name in ("period_from", "period_until"))
    items = _with_statement(facts["items"] or list(DEFAULT))
    if reason := why_not_drawn(items, first, last):
        raise BadInput(reason)
    holder = _in_office(facts["holder"], facts["post"], place, first)
    if holder.person.username == actor.person_id:
        raise NotAllowed("本人的履责清单须由他人建立。", "Somebody else draws up your own list.")
    return draw_up(actor, holder, items, first, last)


def draw_up(actor: Actor, holder: Appointment, items: list[dict[str, str]], first: date, last: date) -> Duty:
    """One list to a person, post and first day."""
    place, person_id, post = holder.unit, holder.person.username, Led(holder.post)
    sheet = f"{person_id}@{place.code}@{post}@{first}"
    if Duty.objects.filter(sheet=sheet).exists():
        raise BadInput("此人该履责期的清单已经建立。", "There is a list of this person for this period already.")
    return start(
        Duty,
        actor,
        place,
        title=f"{place.name_zh}{post.label.zh}一岗双责清单（{first}至{last}）"[:200],
        level="blue",
        subject_type=Subject.OFFICER.value,
        subject_id=person_id,
        sheet=sheet,
        post=post.value,
        items=items,
        period_from=first,
        period_until=last,
    )


def _with_statement(items: list[dict[str, str]]) -> list[dict[str, str]]:
    return items if any(row["kind"] == Kind.STATEMENT for row in items) else [*items, STATED]


def _in_office(person_id: str, post: str, unit: Unit, day: date) -> Appointment:
    """The appointment of this person to this post in this unit on the first day, or a sentence that it is not so."""
    now = Q(until=None) | Q(until__gte=day)
    found = Appointment.objects.filter(now, person__username=person_id, post=post, unit=unit, since__lte=day).first()
    if found is None:
        raise BadInput("此人在履责期首日不在该单位该岗位任职。", "This person does not hold that post there on the first day.")  # fmt: skip
    return found
