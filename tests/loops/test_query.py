"""Composite query: declared fields, groups, told back, refused in sentences; the answer is that of a plain reading."""

from datetime import timedelta
from itertools import product
from urllib.parse import urlencode

import pytest
from django.urls import resolve
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import speaking
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.sealed import Sealed
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.asking import Kind, fields_of
from guanjian.pages.composite import found
from guanjian.pages.conditions import OPS, Op, read
from guanjian.pages.desk import DESKS
from tests.cast import actor, holding
from tests.loops.behind import rewrite
from tests.loops.samples import given
from tests.loops.test_pages import READERS
from tests.loops.test_search import one_of
from tests.loops.world import MODELS, said
from tests.rights.declared import INSIDERS
from tests.signed_in import browser

OPEN = [model for model in MODELS if not issubclass(model, Sealed)]
VALUES = {"text": "价格", "list": "E0001", "number": "5", "day": "2026-11-01", "moment": "2026-11-01", "yes": "1"}


@pytest.fixture
def country(office):
    """The office, with the desks registered and the names of its units read anew."""
    resolve("/")
    names.forget()
    yield
    names.forget()


def line(n, group, field, op, value=""):
    return {f"g{n}": str(group), f"f{n}": field, f"o{n}": op, f"v{n}": value}


def asked(*lines, model=Alert, match="any"):
    pairs = {"match": match}
    for n, one in enumerate(lines):
        pairs |= line(n, *one)
    return read(pairs, fields_of(model))


def answer(who, *lines, model=Alert, match="any"):
    person = who if isinstance(who, Actor) else actor(who)
    desks = [DESKS[model.FLOW.name]] if model else [desk for desk in DESKS.values() if not desk.sealed]
    return [f"{one.loop}/{one.number}" for one in found(person, desks, asked(*lines, model=model, match=match), 500)]


def value_for(field):
    if field.kind == Kind.CHOICE:
        return field.choices[0][0]
    return "2201" if field.kind == Kind.UNIT else VALUES[field.kind]


@pytest.mark.parametrize("model", OPEN, ids=[said((model,)) for model in OPEN])
def test_every_field_of_every_loop_may_be_asked_in_every_way(country, model):
    one_of(model)
    for field in fields_of(model).values():
        for op in OPS[field.kind]:
            lines = [(1, field.name, op, value_for(field))]
            assert answer("leader_hq", *lines, model=model) is not None, (field.name, op)
            assert asked(*lines, model=model).said.zh.count("“") >= 1 or op in (Op.EMPTY, Op.FILLED)


@pytest.mark.parametrize("model", OPEN, ids=[said((model,)) for model in OPEN])
def test_a_record_is_found_by_its_reader_and_not_by_the_stranger(country, model):
    record = one_of(model)
    assert answer(READERS[model.FLOW.name], (1, "title", "has", "孤本"), model=model) == [record.key]
    for stranger in ("stranger", "stranger_function", "stranger_police", "stranger_oversight", "admin"):
        assert answer(stranger, (1, "title", "has", "孤本"), model=model) == [], stranger


def test_nobody_widens_his_view_by_an_or(country):
    every = {one_of(model, f"孤本{unit}", unit).key for model in (Alert, Clue, Rectify) for unit in ("2201", "5300")}
    assert len(every) == 6
    lines = [(1, "title", "has", "孤本"), (2, "title", "hasnt", "孤本")]
    for one in INSIDERS:
        person = Actor(one.name, one.name, (holding(one.post, one.unit),))
        for model in (Alert, Clue, Rectify):
            seen = {row.key for row in model.objects.visible_to(person)}
            for match in ("any", "all"):
                assert set(answer(person, *lines, model=model, match=match)) <= seen


def test_groups_say_what_they_say(country):
    records = {}
    for n, (title, level) in enumerate(product(("价格偏低", "品名不符"), ("red", "blue"))):
        records[title, level] = one_of(Alert, f"{title}{n}", level=level).key
    low, red = (1, "title", "has", "价格"), (1, "level", "is", "red")
    assert set(answer("front", low, red)) == {records["价格偏低", "red"]}
    other = {key for (title, level), key in records.items() if title == "价格偏低" or level == "red"}
    assert set(answer("front", low, (2, "level", "is", "red"))) == set(answer("front", low, red, match="all")) == other
    assert set(answer("front", low, (2, *red[1:]), match="all")) == {records["价格偏低", "red"]}


def test_the_sentence_tells_the_question_back_in_both_languages(country):
    query = asked((1, "title", "has", "价格"), (1, "level", "is", "红色"), (2, "opened", "from", "2026-11-01"))
    assert query.said.zh == "（“标题”包含“价格” 并且 “级别”等于“红色”） 或者 “登记日期”不小于（不早于）“2026-11-01”"
    assert query.said.en == "(“Title” contains “价格” and “Level” is “Red”) or “Opened on” is from “2026-11-01”"
    again = read(dict(query.pairs()), fields_of(Alert))
    assert again == query


def test_fields_of_the_loop_are_asked_in_their_own_types(country):
    case = one_of(Case)
    rewrite(case, fine_cny="4000.50", acts_from="2026-10-01", enterprises=["E0001", "某公司"], collective=True)
    for one in (
        ("c-fine_cny", "is", "4,000.50"),
        ("c-fine_cny", "from", "4000"),
        ("c-fine_cny", "until", "4000.5"),
        ("c-acts_from", "is", "2026-10-01"),
        ("c-enterprises", "has", "某公司"),
        ("c-enterprises", "hasnt", "某"),
        ("c-evaded_cny", "empty", ""),
        ("c-collective", "is", "是"),
        ("unit", "is", "2201"),
        ("unit", "is", "2200"),
    ):
        assert answer("police", (1, *one), model=Case) == [case.key], one
    for one in (
        ("c-fine_cny", "from", "4000.51"),
        ("c-fine_cny", "isnt", "4000.5"),
        ("c-enterprises", "has", "E000"),
        ("c-fine_cny", "empty", ""),
        ("c-collective", "is", "0"),
        ("unit", "isnt", "2200"),
        ("c-acts_from", "until", "2026-09-30"),
    ):
        assert answer("police", (1, *one), model=Case) == [], one


def test_a_fact_without_a_column_is_asked_at_its_step(country):
    clue = one_of(Clue)
    names_of = [name for name, field in fields_of(Clue).items() if field.step and field.kind == Kind.TEXT]
    step, need = names_of[0].removeprefix("f-").split("-")
    rewrite(clue, facts={step: {need: "另述鹦鹉螺"}})
    assert answer("front", (1, names_of[0], "has", "鹦鹉"), model=Clue) == [clue.key]
    assert answer("front", (1, names_of[0], "filled", ""), model=Clue) == [clue.key]
    assert answer("front", (1, names_of[0], "empty", ""), model=Clue) == []


def test_what_only_some_are_told_is_no_field():
    for model in MODELS:
        kept = {name for needs in model.FLOW.protected.values() for name in needs}
        assert not kept & {field.column for field in fields_of(model).values()}, model


def test_days_are_days_of_beijing(country):
    record = one_of(Alert)
    late = timezone.now().replace(year=2026, month=11, day=1, hour=16, minute=30, second=0, microsecond=0)
    rewrite(record, opened_at=late)  # half past midnight of the second in Beijing
    assert answer("front", (1, "opened", "is", "2026-11-02")) == [record.key]
    assert (
        answer("front", (1, "opened", "is", "2026-11-01"))
        == answer("front", (1, "opened", "until", "2026-11-01"))
        == []
    )


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([(1, "nothing", "is", "1")], "没有“nothing”这一项"),
        ([(1, "c-salt", "is", "1")], "没有“c-salt”这一项"),
        ([(1, "title", "from", "1")], "“标题”不能这样比较，可用：包含"),
        ([(1, "title", "has", " ")], "“标题”：请给出要比较的值"),
        ([(1, "level", "is", "紫色")], "“级别”不在可选范围内"),
        ([(1, "unit", "is", "9999")], "“单位”：没有这个单位"),
        ([(1, "opened", "from", "昨天")], "“登记日期”应为日期"),
        ([(1, "opened", "from", "0001-01-01")], "“登记日期”应为日期"),
        ([(1, "c-amount_cny", "from", "很多")], "应为数字"),
        ([(1, "c-amount_cny", "from", "1e400")], "应为数字"),
        ([(9, "title", "has", "价格")], "组别应为1至4"),
        ([(1, "title", "has", "价" * 81)], "不能超过80字"),
        ([(1, "title", "has", "价\x00格")], "须为可显示的文字"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(country, lines, sentence):
    with pytest.raises(BadInput, match=sentence):
        asked(*lines)
    pairs = {"loop": "alert", **line(0, *lines[0])}
    page = browser("function").get("/query/", pairs)
    assert page.status_code == 400
    assert sentence in page.content.decode()


@pytest.mark.parametrize("value", ["' OR 1=1 --", "%", "_", "\\", "{0}", "%s", '"'])
def test_what_is_typed_is_only_ever_a_value(country, value):
    one_of(Alert, "孤本样例")
    assert answer("front", (1, "title", "has", value)) == []
    assert answer("front", (1, "title", "begins", value)) == []


def test_over_all_loops_the_pages_follow_each_other_without_a_gap(country):
    at = timezone.now() - timedelta(days=3)
    records = [one_of(model, f"孤本{n}") for model in (Alert, Clue, Rectify) for n in range(3)]
    for record in records[::2]:
        rewrite(record, opened_at=at)  # many at the same moment
    whole = answer("function", (1, "title", "has", "孤本"), model=None)
    assert sorted(whole) == sorted(record.key for record in records)
    desks, query = [desk for desk in DESKS.values() if not desk.sealed], asked((1, "title", "has", "孤本"), model=None)
    turned, mark = [], ""
    while places := found(actor("function"), desks, query, 2, mark):
        turned += [f"{one.loop}/{one.number}" for one in places]
        mark = places[-1].mark
    assert turned == whole


def test_the_page_explains_finds_and_can_be_handed_on(country):
    record = one_of(Alert, level="red")
    step = record.flow.steps[0]
    advance(record, step.name, actor("front"), given(record, step.name))
    address = "/query/?" + urlencode(
        {"loop": "alert", **line(0, 1, "title", "has", "孤本"), **line(1, 1, "level", "is", "red")}
    )
    page = browser("front").get(address).content.decode()
    for words in (record.title, "“标题”包含“孤本” 并且 “级别”等于“红色”", "本查询的地址", "导出Excel"):
        assert words in page
    with speaking("en"):
        assert "contains" in str(asked((1, "title", "has", "孤本")).said)
    strange = browser("stranger").get(address).content.decode()
    assert "没有符合条件的事项" in strange
    assert f"alert/{record.pk}" not in strange
    assert "导出Excel" not in strange


@pytest.mark.parametrize("address", ["/query/?loop=lead", "/query/?loop=nothing"])
def test_a_sealed_loop_and_no_loop_are_one_answer(country, address):
    assert browser("oversight").get(address).status_code == 404


@pytest.mark.parametrize("who", ["admin", "security", "audit", "custodian"])
def test_who_reads_no_loop_has_no_such_page(country, who):
    assert browser(who).get("/query/").status_code == 404
    assert browser(who).post("/export/alert/?tab=open", {"format": "csv"}).status_code == 404
    assert not Entry.objects.filter(event__endswith=".exported").exists()


@pytest.mark.parametrize("mark", ["x", "1.2", "-1", "9" * 40, "1.alert.x"])
def test_a_wrong_page_mark_is_refused(country, mark):
    one_of(Alert)
    for loop in ("alert", ""):
        page = browser("function").get("/query/", {"loop": loop, "after": mark, **line(0, 1, "title", "has", "孤本")})
        assert page.status_code in (200, 400)
        assert page.status_code == 400 or mark == "9" * 40
