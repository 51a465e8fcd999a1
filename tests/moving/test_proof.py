"""A record that is changed without a step is reported; one that is stepped is not."""

import pytest

from guanjian.ledger.breaches import Field
from guanjian.ledger.verify import verify
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import advance
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.loops.samples import given
from tests.loops.world import MODELS, record_before, record_of, said, somebody_for, taken

STEPS = [(model, step, source) for model, step, source in taken() if step.name in ("sign", "submit", "assign", "plan")]


@pytest.fixture
def _settled(db):
    cast.settle()
    register_records()
    with unlocked(cast.give_keys(*cast.KEYED, "someone")):
        yield


def breaches():
    found = verify()
    assert found.records == sum(model.objects.count() for model in MODELS)
    return [(breach.field, breach.subject) for breach in found.breaches]


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize(("model", "step", "source"), STEPS, ids=[said(values) for values in STEPS])
def test_steps_leave_nothing_to_report(model, step, source):
    advance(record_before(model, step, source), step.name, somebody_for(step), given(record_of(model), step.name))
    assert breaches() == []


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize("model", MODELS, ids=[model.FLOW.name for model in MODELS])
def test_any_field_changed_without_a_step_is_reported(model):
    record = record_of(model)
    changes = {"title": "改", "state": "closed", "level": "red", "district_code": "5300", "facts": {"x": "y"}}
    for name, value in changes.items():
        was = getattr(model.objects.get(pk=record.pk), name)
        model.objects.filter(pk=record.pk).update(**{name: value})
        assert breaches() == [(Field.CHANGED, record.key)], name
        model.objects.filter(pk=record.pk).update(**{name: was})
    assert breaches() == []


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize("model", MODELS, ids=[model.FLOW.name for model in MODELS])
def test_a_record_that_disappears_is_reported(model):
    record = record_of(model)
    record.delete()
    assert [field for field, _ in breaches()] == [Field.NO_RECORD]


@pytest.mark.usefixtures("_settled")
def test_a_record_written_past_moving_is_reported():
    copy = record_of(MODELS[2])
    copy.pk, copy._state.adding = None, True
    copy.save(force_insert=True)
    assert breaches() == [(Field.NO_ENTRY, copy.key)]
