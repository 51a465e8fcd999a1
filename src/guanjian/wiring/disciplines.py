"""What opens a discipline matter, and what comes back to the inquiry that handed it over."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.discipline.actions import open_matter, unit_of
from guanjian.loops.discipline.needs import Sanction, Source
from guanjian.loops.inquiry.actions import About, open_for
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import Trigger
from guanjian.loops.oversight.needs import Measure
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.wiring.keys import number_in

ABOUT_A_CASE = "违纪违法案件管理转来：举报反映海关工作人员"


def hand_to_discipline(inquiry: Record, actor: Actor, facts: Facts) -> None:
    """Each officer that an inquiry hands over becomes a matter of its own, in the compartment above that officer's unit."""
    for officer in dict.fromkeys(facts["officers"]):
        told = {"title": inquiry.title, "told": facts["suspicion"], "officer_id": officer}
        open_matter(Source.INQUIRY, unit_of(officer, inquiry.subject_unit), told, origin=inquiry.key)


def notice_to_discipline(notice: Record, actor: Actor, facts: Facts) -> None:
    """A verdict that says so hands the breach to discipline inspection; nobody is named yet."""
    if Measure.INTEGRITY in facts["measures"]:
        told = {"title": notice.title, "told": facts["found"]}
        open_matter(Source.OVERSIGHT, Unit.objects.get(pk=notice.unit_code), told, origin=notice.key)


def refer_to_inquiry(matter: Record, actor: Actor, facts: Facts) -> None:
    """A report about a case sets off the first trigger of the double inquiry."""
    about = About(facts["case_key"], facts["case_key"], matter.subject_unit)
    open_for(about, {Trigger.STAFF_NAMED: [ABOUT_A_CASE, matter.told]})


def tell_inquiry(matter: Record, actor: Actor, facts: Facts) -> None:
    """What came of an officer's matter is told to the inquiry, which closes only when it knows of all."""
    inquiry = Inquiry.objects.filter(pk=number_in(matter.origin, "inquiry")).first()
    if inquiry is not None and inquiry.state in ("handed", "handling"):
        result = f"政务处分：{Sanction(matter.sanction).label.zh}" if matter.sanction else matter.lighter
        advance(inquiry, "note_result", SYSTEM, {"handled_key": matter.key, "handled_result": result})


CHAIN: dict[str, list[FollowUp]] = {
    "inquiry.hand_over": [hand_to_discipline],
    "oversight.uphold": [notice_to_discipline],
    "discipline.refer": [refer_to_inquiry],
    "discipline.approve_end": [tell_inquiry],
    "discipline.exempt": [tell_inquiry],
    "discipline.execute": [tell_inquiry],
    "discipline.execute_dismissal": [tell_inquiry],
}
