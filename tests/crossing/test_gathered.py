"""A person is asked once about the months of one breach; a month that comes later opens what is new, and only that."""

import pytest

from guanjian.crossing import detect
from guanjian.kernel.papers import Subject
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.models import Lead
from guanjian.moving.models import Gathered
from guanjian.org.actor import SYSTEM
from tests import cast
from tests.loops.findings import finding, finding_about_a_person

BREACH = {"subject_type": Subject.OFFICER, "subject_id": "front", "p_value": None, "q_value": None}


@pytest.fixture
def office(db):
    cast.settle()
    cast.give_keys("oversight", "oversight_two")


def months(*periods: str, **changes) -> list:
    return [finding_about_a_person(period=period, score=2.0, **{**BREACH, **changes}) for period in periods]


def opened(findings: list) -> tuple[int, int, int]:
    kinds = detect.open_findings(findings, "simulated", SYSTEM)
    return kinds["alert"], kinds["lead"], kinds["known"]


def test_the_months_of_one_breach_are_one_lead_and_the_same_run_again_opens_nothing(office):
    assert opened(months("2026-01", "2026-03", "2026-02")) == (0, 1, 0)
    assert (Lead.objects.count(), Gathered.objects.count()) == (1, 2)
    assert opened(months("2026-01", "2026-02", "2026-03")) == (0, 0, 1)
    assert Lead.objects.count() == 1
    assert Entry.objects.filter(event="lead.found_again").count() == 1


def test_a_later_month_opens_a_lead_of_its_own_and_so_does_one_that_arrives_late(office):
    opened(months("2026-01", "2026-03"))
    assert opened(months("2026-01", "2026-03", "2026-04")) == (0, 1, 0)
    assert opened(months("2026-01", "2026-02", "2026-03", "2026-04")) == (0, 1, 0)
    first = {Lead.mark(finding.key) for finding in months("2026-01", "2026-02", "2026-04")}
    assert {lead.finding_key for lead in Lead._base_manager.all()} == first
    assert opened(months("2026-01", "2026-02", "2026-03", "2026-04")) == (0, 0, 1)


def test_another_person_unit_rule_or_a_statistical_finding_is_not_thrown_in(office):
    others = [
        *months("2026-01", "2026-02"),
        *months("2026-01", "2026-02", subject_id="police"),
        *months("2026-01", "2026-02", unit_code="2201"),
        *months("2026-01", "2026-02", code="EXM-03"),
        *months("2026-01", "2026-02", code="EXM-02", q_value=0.01, p_value=0.001),
    ]
    assert opened(others) == (0, 6, 0)


def test_alerts_stay_one_to_a_finding(office):
    assert opened([finding(period="2026-01", q_value=None), finding(period="2026-02", q_value=None)]) == (2, 0, 0)
    assert Alert.objects.count() == 2
