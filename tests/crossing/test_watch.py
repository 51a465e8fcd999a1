"""The watch between customs and police: each breach once, to the right side, and nothing that is in time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.crossing.watch import OWED, overdue
from guanjian.ledger.models import Entry
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.oversight.needs import direction_of
from guanjian.org.models import Unit
from tests import cast
from tests.lenses.small_lake import small_lake
from tests.lenses.test_fined import case as lake_case
from tests.lenses.test_fined import fine
from tests.loops.world import record_of

WAITS = [(model, state, basis) for model, owed in OWED.items() for state, basis in owed.items()]
SOON = timedelta(days=3650)


@pytest.fixture
def office(db):
    cast.settle()


def waiting(model, state, **changes):
    record = record_of(model)
    model.objects.filter(pk=record.pk).update(state=str(state), due_at=timezone.now() + timedelta(hours=1), **changes)
    return model.objects.get(pk=record.pk)


@pytest.mark.parametrize(("model", "state", "basis"), WAITS, ids=[f"{m.FLOW.name}-{s}" for m, s, _ in WAITS])
def test_each_wait_that_is_owed_opens_one_notice_when_it_is_over(office, model, state, basis):
    record = waiting(model, state)
    assert overdue() == 0
    later = timezone.now() + timedelta(hours=2)
    assert (overdue(later), overdue(later), overdue(later + SOON)) == (1, 0, 0)
    told = Oversight.objects.get()
    police = direction_of(basis) == "to_police"
    assert (told.basis, told.origin, told.unit_code) == (str(basis), record.key, "22P0" if police else "2201")
    assert told.issuer_unit == ("2201" if police else "22P0")
    assert Entry.objects.filter(subject=told.key).count() == 1


@pytest.mark.parametrize("model", [Clue, Case])
def test_a_wait_that_is_owed_to_nobody_opens_nothing(office, model):
    others = [state for state in model.FLOW.states if state not in OWED[model] and state not in model.FLOW.ends]
    for state in others:
        waiting(model, state)
    assert (len(others) > 3, overdue(timezone.now() + SOON)) == (True, 0)


def test_a_second_time_in_the_same_wait_is_another_breach(office):
    waiting(Clue, "transferred")
    later = timezone.now() + timedelta(hours=2)
    assert overdue(later) == 1
    Clue.objects.update(entered_at=later)
    assert overdue(later) == 1


def test_an_advice_has_its_own_day_for_the_answer(office):
    today = timezone.localdate()
    waiting(Case, "fed_back", facts={"feed_back": {"answer_by": today.isoformat()}})
    assert overdue() == 0
    Case.objects.update(facts={"feed_back": {"answer_by": (today - timedelta(days=1)).isoformat()}})
    assert overdue() == 1
    assert Oversight.objects.get().basis == "advice_ignored"


def test_a_district_without_a_bureau_holds_up_nobody(office):
    waiting(Clue, "transferred", district_code="9900")
    waiting(Clue, "transferred")
    assert overdue(timezone.now() + timedelta(hours=2)) == 1


def test_a_fine_for_a_crime_in_the_lake_calls_customs_to_account_once(office, tmp_path):
    rows = [lake_case(1, 300_000), lake_case(2, 1000), lake_case(3, 300_000, unit_code="9999")]
    path = small_lake(tmp_path, cases=rows, penalties=[fine(1, 5000), fine(2, 5000), fine(3, 5000)])
    assert (overdue(lake=path), overdue(lake=path)) == (1, 0)
    told = Oversight.objects.get()
    assert (told.basis, told.unit_code, told.issuer_unit, told.level) == ("fined", "2201", "22P0", "red")
    assert f"{Decimal(300_000):,.2f}" in told.said


def test_a_fine_by_the_bureau_is_the_districts(office, tmp_path):
    assert Unit.objects.get(pk="22P0").kind == "police"
    path = small_lake(tmp_path, cases=[lake_case(1, 300_000, unit_code="22P0")], penalties=[fine(1, 5000)])
    assert overdue(lake=path) == 1
    assert Oversight.objects.get().unit_code == "2200"


def test_without_a_lake_the_clocks_are_watched_all_the_same(office, tmp_path):
    waiting(Clue, "transferred")
    assert overdue(timezone.now() + timedelta(hours=2), tmp_path / "none") == 1
