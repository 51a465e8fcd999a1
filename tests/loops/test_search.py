"""Search over every loop: found by who may see it, by nobody else; in step with the records; nothing of what is sealed."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.segments import cut
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.course.models import Course
from guanjian.loops.intelligence.models import Intelligence
from guanjian.loops.lead.models import Lead
from guanjian.moving import findable
from guanjian.moving.findable import keep_findable, told
from guanjian.moving.looking import Sought, look, marked
from guanjian.moving.models import Findable
from guanjian.moving.relaying import astray, relay
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from tests.cast import actor, holding
from tests.days import kept
from tests.loops.samples import given
from tests.loops.test_pages import READERS
from tests.loops.world import ALONE, FIELDS, MODELS, record_before, said, somebody_for, taken
from tests.rights.declared import INSIDERS

MARK = "孤本样例"


def one_of(model, title=MARK, unit="2201", **changes):
    """A record of the loop with this title."""
    fields = kept({**FIELDS.get(model.FLOW.name, {}), **changes})
    names = {field.name for field in model._meta.concrete_fields}
    own = {"finding_key": f"{title}{unit}", "code": "VAL-01"} if "finding_key" in names else {}
    if model.FLOW.name in ALONE:
        own[ALONE[model.FLOW.name]] = f"{title}{unit}"
    return start(
        model, SYSTEM, Unit.objects.get(pk=fields.get("compartment", unit)), **{**own, **fields, "title": title}
    )


def keys(who, words, **more):
    """What this person finds."""
    person = who if isinstance(who, Actor) else actor(who)
    return [f"{hit.loop}/{hit.number}" for hit in look(person, Sought(words, **more), 50)]


@pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])
def test_a_word_of_the_title_is_found_by_a_reader_and_not_by_the_stranger(office, model):
    record = one_of(model)
    found = [] if issubclass(model, Sealed) else [record.key]
    assert keys(READERS[model.FLOW.name], "孤本") == found
    for stranger in ("stranger", "stranger_function", "stranger_police", "stranger_oversight", "admin", "audit"):
        assert keys(stranger, "孤本") == [], stranger


def test_everybody_finds_exactly_what_a_plain_reading_of_his_records_says(office):
    for model in MODELS:
        for unit in ("2201", "2202", "5300", "22P0"):
            one_of(model, f"{MARK}{unit}", unit)
    for one in INSIDERS:
        person = Actor(one.name, one.name, (holding(one.post, one.unit),))
        plain = {
            row.key
            for model in MODELS
            if not issubclass(model, Sealed)
            for row in model.objects.visible_to(person)
            if "孤本" in row.title
        }
        assert sorted(look_all(person)) == sorted(plain), one


def look_all(person):
    """Page by page, as the console reads."""
    found, after = [], (0, 0)
    while hits := look(person, Sought("孤本"), 30, after):
        found += [f"{hit.loop}/{hit.number}" for hit in hits]
        tier, _, number = hits[-1].mark.partition(".")
        after = int(tier), int(number)
    return found


def test_what_is_written_at_a_step_is_found_from_that_step_on(office):
    tried = 0
    for model, step, source in taken():
        needs = [need for need in step.needs if need.kind == "text" and not need.only and not need.choices]
        record = record_before(model, step, source)
        if issubclass(model, Sealed) or not needs:
            continue
        try:
            with transaction.atomic():
                facts = given(record, step.name)
                facts[needs[0].name] = f"{facts[needs[0].name]}另述鹦鹉螺。"
                moved = advance(record, step.name, somebody_for(step), facts)
        except GuanjianError:  # a rule of the loop that wants a particular text
            continue
        tried += 1
        row = Findable.objects.get(loop=model.FLOW.name, number=moved.pk)
        assert "鹦鹉 鹉螺 螺" in row.words, step.name
        assert (row.state, row.closed) == (moved.state, moved.is_closed)
    assert tried > 40
    assert not Findable.objects.filter(loop__in=[m.FLOW.name for m in MODELS if issubclass(m, Sealed)]).exists()


def test_a_step_that_fails_leaves_the_words_as_they_were(office):
    record = one_of(Alert)
    with transaction.atomic():
        record.title = "鹦鹉螺"
        keep_findable(record)
        assert keys("front", "鹦鹉") == [record.key]
        transaction.set_rollback(True)
    assert (keys("front", "鹦鹉"), keys("front", "孤本")) == ([], [record.key])


def test_a_sealed_record_leaves_no_word_anywhere_in_the_index(office):
    lead = one_of(Lead, "鹦鹉螺线索", explanation="鹦鹉螺")
    advance(lead, "sign", actor("oversight"), given(lead, "sign"))
    assert not Findable.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM moving_words WHERE moving_words MATCH '\"鹦鹉\"'")
        assert cursor.fetchone() == (0,)


def test_what_was_refuted_about_a_person_is_found_no_more(office):
    record = one_of(Alert, subject_type="officer", subject_id="g220104")
    assert keys("front", "孤本") == keys("front", "g220104") == [record.key]
    record.verdict = "refuted"
    keep_findable(record)
    assert keys("front", "孤本") == keys("leader_hq", "g220104") == []
    assert not Findable.objects.exists()


def test_what_only_some_posts_are_told_is_not_found_by_any(office):
    record = one_of(Intelligence)
    step = next(step for step in record.flow.steps if any(need.only for need in step.needs))
    hidden = next(need.name for need in step.needs if need.only)
    record.facts = {step.name: {hidden: "线人鹦鹉螺"}}
    setattr(record, hidden, "线人鹦鹉螺")
    keep_findable(record)
    assert "线人鹦鹉螺" not in told(record)
    assert keys("police", "鹦鹉") == keys("leader_hq", "鹦鹉") == []


def test_what_lies_at_rest_in_a_record_is_not_found_either(office):
    course = one_of(Course)
    course.writers = ["鹦鹉螺"]
    course.questions = [{"text": "鹦鹉螺", "right": "鹦鹉螺"}]
    keep_findable(course)
    assert keys("leader_hq", "孤本") == [course.key]
    assert keys("leader_hq", "鹦鹉") == []
    assert "鹦鹉螺" not in str(told(course))


def test_a_case_is_found_by_the_front_line_only_once_it_is_open_to_it(office):
    case = one_of(Case)
    assert (keys("front", "孤本"), keys("police", "孤本")) == ([], [case.key])
    Case.objects.update(scope="open")
    assert keys("front", "孤本") == [case.key]


def test_titles_come_first_then_the_newest(office):
    told_only = one_of(Alert, "别的标题", subject_id="孤本")
    older, newer = one_of(Alert, "孤本一"), one_of(Alert, "孤本二")
    assert keys("front", "孤本") == [newer.key, older.key, told_only.key]
    first = look(actor("front"), Sought("孤本"), 1)
    assert [hit.number for hit in look(actor("front"), Sought("孤本"), 5, (0, int(first[0].mark[2:])))] == [
        older.pk,
        told_only.pk,
    ]


def test_filters_narrow_and_never_widen(office):
    record = one_of(Alert)
    today = timezone.localdate()
    assert keys("front", "孤本", loop="alert", state="pushed", closed=False, place=("house_code", "2201")) == [
        record.key
    ]
    assert keys("front", "孤本", since=today, until=today) == [record.key]
    for wrong in (
        {"loop": "clue"},
        {"state": "closed"},
        {"closed": True},
        {"place": ("house_code", "5301")},
        {"since": today + timedelta(days=1)},
        {"until": today - timedelta(days=1)},
    ):
        assert keys("front", "孤本", **wrong) == [], wrong
    assert keys("stranger", "孤本", place=("house_code", "2201")) == []


@pytest.mark.parametrize(
    "words", ['" OR title : x', "*", "reach : d2200", "d2200", "eopen", "NOT 孤本", "'; DROP", "^孤", "孤本)"]
)
def test_what_is_typed_is_never_read_as_a_command(office, words):
    record = one_of(Alert)
    assert keys("front", words) in ([], [record.key])
    assert keys("stranger", words) == []
    assert "reach" not in words or keys("front", words) == []
    assert words not in ("d2200", "eopen") or keys("front", words) == []


def test_a_number_is_found_by_its_beginning_and_a_record_by_its_key(office):
    record = one_of(Alert, subject_id="220120261000000001")
    assert keys("front", "22012026") == keys("front", record.key) == [record.key]
    assert keys("front", "0120261") == []


def work(who, limit):
    """Instructions of the database, in tens, for this person's search; counted, not timed."""
    count = [0]
    person = actor(who)
    look(person, Sought("孤本"), limit)
    connection.connection.set_progress_handler(lambda: count.__setitem__(0, count[0] + 1) or 0, 10)
    look(person, Sought("孤本"), limit)
    connection.connection.set_progress_handler(None, 0)
    return count[0]


def test_the_work_for_a_stranger_does_not_grow_with_what_is_hidden_from_him(office):
    one_of(Alert, unit="5301")
    relay()
    nothing = work("stranger", 50)
    for number in range(40):
        one_of(Alert, f"孤本{number}", "2202")
    relay()  # as many segments as before: what is asked is how much is read, not how it was written
    assert work("stranger", 50) <= nothing + 3


def test_the_work_for_a_page_does_not_grow_with_how_many_records_bear_the_word(office):
    for number in range(20):
        one_of(Alert, f"孤本{number}")
    relay()
    few = work("leader_hq", 10)
    for number in range(20, 80):
        one_of(Alert, f"孤本{number}")
    relay()
    assert work("leader_hq", 10) <= few + 3


def test_the_rebuild_lays_the_same_and_the_comparison_names_what_differs(office):
    records = [one_of(model) for model in MODELS]
    before = sorted(Findable.objects.values_list("loop", "number", "words", "reach"))
    assert list(astray()) == []
    Findable.objects.filter(loop="alert").update(words="别 的")
    Findable.objects.filter(loop="clue").delete()
    Findable.objects.create(loop="gone", number=7, unit_code="1", district_code="1", opened_on=timezone.localdate())
    wrong = {one.key for one in records if one.flow.name in ("alert", "clue")} | {"gone/7"}
    assert set(astray()) == wrong
    assert relay() == len(before)
    assert sorted(Findable.objects.values_list("loop", "number", "words", "reach")) == before
    assert list(astray()) == []
    assert keys("front", "孤本", loop="alert") == [records[0].key]


def test_every_column_of_words_is_made_of_the_record_alone(office):
    record = one_of(Alert, explanation="申报单价低于同行")
    row = Findable.objects.get()
    assert row.words == cut([record.title, record.key, *findable.told(record)])
    assert "申报 报单 单价 价低 低于 于同 同行 行" in row.words


def test_the_words_asked_for_are_marked_in_a_text():
    assert list(marked("申报（价格）偏低", "价格 偏低")) == [
        ("申报（", False),
        ("价格", True),
        ("）", False),
        ("偏低", True),
        ("", False),
    ]
