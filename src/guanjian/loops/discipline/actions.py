"""Opening a discipline matter: by a unit's report, by an anonymous report, from an inquiry or a notice."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotFound, Unreadable
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text
from guanjian.loops.discipline import mailbox
from guanjian.loops.discipline.models import REPORTER, Discipline
from guanjian.loops.discipline.needs import Source
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.compartment import HEADQUARTERS, compartment_of
from guanjian.org.models import Appointment, Unit
from guanjian.org.posts import Label

NO_UNIT = Text("没有单位“{code}”，请填写单位代码。", "There is no unit “{code}”: give its code.")
NO_LETTERS = Text("没有这个回执码对应的举报，请核对。", "No report has this receipt code; please check it.")
CLOSED = Text("该举报已办结，不能再补充。", "The report is closed; nothing can be added.")
ANONYMOUS = "匿名举报"


def open_matter(source: Source, unit: Unit, facts: Facts, actor: Actor = SYSTEM, **more: Any) -> Discipline:
    """The matter (title, told, officer_id) in the compartment above the unit; headquarters' where nobody there has a key."""
    officer = facts.get("officer_id", "")
    fields = {
        "title": facts["title"][:190],
        "told": facts["told"],
        "source": source.value,
        "subject_unit": unit.code,
        "level": Level.ORANGE.value,
        "subject_type": Subject.OFFICER.value if officer else "",
        "subject_id": officer,
        "label": Label.INTEGRITY.value,
        **more,
    }
    above = compartment_of(unit)
    try:
        return start(Discipline, actor, Unit.objects.get(pk=above), compartment=above, **fields)
    except Unreadable:
        return start(Discipline, actor, Unit.objects.get(pk=HEADQUARTERS), compartment=HEADQUARTERS, **fields)


def open_by_report(actor: Actor, unit: Unit, facts: Facts) -> Discipline:
    """A unit reports what happened in it or below; who reports does not see what becomes of it."""
    if code := facts["unit"]:
        unit = Unit.objects.filter(pk=code).first()
        if unit is None:
            raise BadInput(NO_UNIT.filled(code=code))
    return open_matter(Source.REPORT, unit, facts, actor)


def unit_of(officer_id: str, otherwise: str) -> Unit:
    """Where the officer is in office now."""
    held = Appointment.objects.filter(person__username=officer_id, until=None).order_by("pk").first()
    return held.unit if held else Unit.objects.get(pk=otherwise)


def receive(told: str, unit_code: str) -> str:
    """Take an anonymous report; returns the receipt code, which is kept nowhere. Nothing is asked or kept of who it is."""
    unit = Unit.objects.filter(pk=unit_code.strip()).first() or Unit.objects.get(pk=HEADQUARTERS)
    code = mailbox.new_code()
    first = {"by": REPORTER, "on": timezone.localdate().isoformat(), "text": told}
    box = mailbox.box_of(code)
    kept = {"receipt": mailbox.receipt_of(code), "letter_box": box, "letters": [mailbox.put(box, first)]}
    open_matter(Source.HOTLINE, unit, {"title": ANONYMOUS, "told": told}, mailbox=[first], **kept)
    return code


def found(code: str) -> Discipline:
    """The matter of this receipt code, closed: only its letters open, and only with the code."""
    matter = Discipline.objects.filter(receipt=mailbox.receipt_of(code)).first() if code.strip() else None
    if matter is None:
        raise NotFound(NO_LETTERS)
    return matter


def say_more(code: str, message: str) -> Discipline:
    """The reporter adds something."""
    matter = found(code)
    if matter.is_closed:
        raise BadInput(CLOSED)
    return advance(matter, "say_more", SYSTEM, {"message": message, "said_on": timezone.localdate().isoformat()})
