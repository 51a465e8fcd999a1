"""What does not fit on site is reported when the job is submitted: about an officer as a lead, about two as an alert."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.alert.actions import open_from_finding as open_alert
from guanjian.loops.fieldwork import actions as jobs
from guanjian.loops.lead.actions import open_from_finding as open_lead
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit

SOURCE = "外勤作业"


def report_deviations(job: Record, actor: Actor, facts: Facts) -> None:
    """Place, speed, clock, lateness, one officer alone, a photo used twice: each opens a lead or an alert, once."""
    unit = Unit.objects.get(pk=job.unit_code)
    for finding in jobs.deviations(job):
        opens = open_lead if finding.subject_type.names_a_person else open_alert
        opens(finding, unit, SYSTEM, source=SOURCE)


CHAIN: dict[str, list[FollowUp]] = {"fieldwork.submit": [report_deviations]}
