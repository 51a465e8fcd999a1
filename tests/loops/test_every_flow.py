"""What holds for every step of every loop, whoever wrote it."""

import pytest

from guanjian.kernel.errors import BadInput, NotAllowed, Stale
from guanjian.ledger.models import Entry
from guanjian.moving import verbs
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.org.posts import Label, Post
from tests.cast import holding
from tests.loops.behind import rewrite, whole
from tests.loops.samples import given, value_for
from tests.loops.world import MODELS, record_before, said, somebody_for, taken

STEPS = list(taken())


def each(steps):
    return pytest.mark.parametrize(("model", "step", "source"), steps, ids=[said(values) for values in steps])


every_step = each(STEPS)
every_step_by_a_person = each([(model, step, source) for model, step, source in STEPS if step.by != (Post.SYSTEM,)])
every_sealed_step = each([(model, step, source) for model, step, source in STEPS if issubclass(model, Sealed)])
every_separated_step = each([(model, step, source) for model, step, source in STEPS if step.apart_from])
every_loop = pytest.mark.parametrize("model", MODELS, ids=[model.FLOW.name for model in MODELS])


def entries(record) -> list[Entry]:
    return list(Entry.objects.filter(subject=record.key).order_by("id"))


@every_loop
def test_every_state_is_reached_from_the_beginning(model):
    flow, seen = model.FLOW, {model.FLOW.begins}
    for _ in flow.states:
        seen |= {step.target for step in flow.steps if step.target and seen & set(step.source)}
    assert seen == set(flow.states)


@every_loop
def test_an_end_is_reached_from_every_state(model):
    flow, ending = model.FLOW, set(model.FLOW.ends)
    for _ in flow.states:
        ending |= {source for step in flow.steps if step.target in ending for source in step.source}
    assert ending == set(flow.states)


@every_loop
def test_every_wait_is_limited_and_no_end_waits(model):
    flow = model.FLOW
    assert sorted(wait.state for wait in flow.waits) == sorted(state for state in flow.states if state not in flow.ends)
    limits = [wait.limit_at(level) for wait in flow.waits for level in ("red", "orange", "yellow", "blue")]
    assert all(limit.amount > 0 and limit.source for limit in limits)
    assert all(limit.code.startswith(f"limit.{flow.name}.") for limit in limits)


@every_loop
def test_steps_and_their_hands_are_named_once_and_truly(model):
    names = [step.name for step in model.FLOW.steps]
    assert len(names) == len(set(names))
    assert {earlier for step in model.FLOW.steps for earlier in step.apart_from} <= set(names)
    assert all(set(step.by).isdisjoint({Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN}) for step in model.FLOW.steps)


@every_step
def test_a_step_moves_the_record_and_leaves_exactly_one_entry(office, model, step, source):
    record = record_before(model, step, source)
    before = Entry.objects.count()
    moved = advance(record, step.name, somebody_for(step), given(record, step.name), record.version)
    assert (moved.state, moved.version) == (str(step.target or source), record.version + 1)
    assert Entry.objects.count() == before + 1
    left = entries(record)[-1]
    assert (left.event, left.record_hash) == (f"{model.FLOW.name}.{step.name}", moved.as_left())
    assert model.objects.get(pk=record.pk).as_left() == left.record_hash
    assert (moved.closed_at is not None) == (moved.due_at is None) == (moved.state in model.FLOW.ends)


@every_step
def test_a_step_is_refused_to_every_other_post(office, model, step, source):
    record = record_before(model, step, source)
    for post in set(Post) - set(step.by) - {Post.SYSTEM}:
        other = Actor("other", "other", (holding(post, "0000"), holding(post, "2200"), holding(post, "2201")))
        with pytest.raises(NotAllowed):
            advance(record, step.name, other, given(record, step.name))
    assert len(entries(record)) == 1


@every_step_by_a_person
def test_a_step_is_refused_outside_the_territory(office, model, step, source):
    record, stranger = record_before(model, step, source), somebody_for(step, district="53")
    with pytest.raises(NotAllowed):
        advance(record, step.name, stranger, given(record, step.name))


@every_step_by_a_person
def test_a_step_in_ones_own_matter_is_refused_but_for_the_right_to_be_heard(office, model, step, source):
    record = record_before(model, step, source)
    rewrite(record, subject_type="officer", subject_id="someone")
    if step.heard:
        assert advance(record, step.name, somebody_for(step), given(record, step.name)).state == step.target
    else:
        with pytest.raises(NotAllowed):
            advance(record, step.name, somebody_for(step), given(record, step.name))


@every_separated_step
def test_a_step_is_refused_to_the_hands_it_is_kept_from(office, model, step, source):
    for earlier in step.apart_from:
        record = record_before(model, step, source)
        rewrite(record, hands={**record.hands, earlier: "someone"})
        with pytest.raises(NotAllowed):
            advance(record, step.name, somebody_for(step), given(record, step.name))


@every_step
def test_a_step_is_refused_without_each_of_its_obligatory_facts(office, model, step, source):
    record = record_before(model, step, source)
    for need in [need for need in step.needs if need.required]:
        facts = given(record, step.name)
        del facts[need.name]
        with pytest.raises(BadInput, match=need.label.zh.split("（")[0]):
            advance(record, step.name, somebody_for(step), facts)
    assert len(entries(record)) == 1


@every_step
def test_only_what_is_asked_is_kept(office, model, step, source):
    record = record_before(model, step, source)
    sneaked = {**given(record, step.name), "salt": "x", "district_code": "5300", "surprise": "x"}
    moved = whole(model, advance(record, step.name, somebody_for(step), sneaked).pk)
    assert set(moved.facts[step.name]) == {need.name for need in step.needs} | set(step.sets)
    assert (moved.district_code, moved.salt) == (record.district_code, record.salt)


@every_step
def test_a_step_is_refused_in_every_other_state(office, model, step, source):
    record = record_before(model, step, source)
    for state in set(model.FLOW.states) - set(step.source):
        model.objects.filter(pk=record.pk).update(state=state.value)
        with pytest.raises(NotAllowed):
            advance(record, step.name, somebody_for(step), given(record, step.name))


@every_step
def test_of_two_who_press_at_once_the_second_reads_why_not(office, model, step, source):
    record = record_before(model, step, source)
    advance(record, step.name, somebody_for(step), given(record, step.name), record.version)
    with pytest.raises(Stale, match="刚刚已有人办理"):
        advance(record, step.name, somebody_for(step, name="another"), given(record, step.name), record.version)
    assert len(entries(record)) == 2


@every_step
def test_a_step_whose_follow_up_fails_leaves_nothing(office, monkeypatch, model, step, source):
    def fail(record, actor, facts):
        raise RuntimeError("follow-up")

    record = record_before(model, step, source)
    monkeypatch.setattr(verbs, "SUBSCRIBERS", {f"{model.FLOW.name}.{step.name}": [fail]})
    with pytest.raises(RuntimeError, match="follow-up"):
        advance(record, step.name, somebody_for(step), given(record, step.name))
    assert model.objects.get(pk=record.pk).as_left() == record.as_left()
    assert len(entries(record)) == 1


@every_step
def test_a_step_without_its_entry_does_not_happen(office, monkeypatch, model, step, source):
    def fail(**given):
        raise OSError("disk full")

    record = record_before(model, step, source)
    monkeypatch.setattr(verbs, "append", fail)
    with pytest.raises(OSError, match="disk full"):
        advance(record, step.name, somebody_for(step), given(record, step.name))
    assert model.objects.get(pk=record.pk).as_left() == record.as_left()


@every_loop
def test_every_need_names_a_choice_list_where_it_asks_for_a_choice(model):
    asked = [need for step in model.FLOW.steps for need in step.needs] + list(model.FLOW.opening)
    assert all(need.choices for need in asked if need.kind == "choice")
    assert all(need.read(value_for(need)) not in (None, "") for need in asked)


@every_sealed_step
def test_the_ledger_of_a_compartment_tells_no_fact(office, model, step, source):
    record = record_before(model, step, source)
    assert record.label == Label.INTEGRITY
    told = given(record, step.name)
    advance(record, step.name, somebody_for(step), told)
    body = entries(record)[-1].body
    values = [str(one) for value in told.values() for one in (value if isinstance(value, list) else [value])]
    assert not [value for value in values if len(value) > 4 and value in body]  # what is shorter a hash may hold


@every_loop
def test_no_column_of_a_loop_hides_what_every_record_can_do(model):
    own = {field.name for field in model._meta.concrete_fields} - {field.name for field in Record._meta.get_fields()}
    assert not [name for name in own if hasattr(Record, name)]
