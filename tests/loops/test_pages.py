"""The loops in the console: what the desks show, the rates, the questions to me; and 404 for the stranger."""

import re

import pytest
from django.urls import resolve

from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.actions import open_from_finding as open_lead
from guanjian.loops.lead.models import Lead
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.pages import names
from guanjian.pages.desk import DESKS
from guanjian.pages.opening import open_by_hand
from tests.cast import actor, holding
from tests.loops.families import READERS
from tests.loops.findings import finding, finding_about_a_person
from tests.loops.samples import given
from tests.loops.world import MODELS, record_before, record_of, said, somebody_for, taken
from tests.signed_in import browser


@pytest.fixture
def asked(office):
    lead = open_lead(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    for name in ("sign", "verify", "ask"):
        changes = {"question": "请说明十月与该企业的往来。"} if name == "ask" else {}
        lead = advance(lead, name, actor("oversight"), given(lead, name, **changes))
    return lead


@pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])
def test_a_reader_sees_queue_and_record_and_the_stranger_neither(office, model):
    record, name = record_of(model), model.FLOW.name
    reader, stranger = browser(READERS[name]), browser("stranger")
    assert record.title in reader.get(f"/{name}/?tab=open").content.decode()
    assert record.title in reader.get(f"/{name}/{record.pk}/").content.decode()
    assert stranger.get(f"/{name}/{record.pk}/").status_code == 404
    assert record.title not in stranger.get(f"/{name}/?tab=open").content.decode()


@pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])
def test_a_row_of_the_queue_says_once_where_its_record_lies(office, model):
    record, name = record_of(model), model.FLOW.name
    page = browser(READERS[name]).get(f"/{name}/?tab=open").content.decode()
    head, row = (
        re.search(f"(?s){first}.*?</tr>", page)[0] for first in ("<thead>", f"<tr>(?:(?!</tr>).)*{record.title}")
    )
    assert head.count("<th ") == row.count("<td")
    other = [
        one for one in DESKS[name].columns if one.kind == "unit" and one.value != "unit_code"
    ]  # sent to, taken from
    same = sum(one.of(record) == record.unit_code for one in other)
    assert row.count(f">{names.unit(record.unit_code)}<") == 1 + same


@pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])
def test_the_page_of_a_record_is_drawn_after_every_step(office, model):
    reader = browser(READERS[model.FLOW.name])
    for step, source in [(step, source) for loop, step, source in taken() if loop is model]:
        record = record_before(model, step, source)
        moved = advance(record, step.name, somebody_for(step), given(record, step.name))
        answer = reader.get(f"/{model.FLOW.name}/{moved.pk}/")
        assert answer.status_code == (404 if moved.state == "sealed" else 200), step.name


def test_the_finding_of_an_alert_is_explained_and_called_simulated(office):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM, source="simulated-2026")
    page = browser("front").get(f"/alert/{alert.pk}/").content.decode()
    for said_so in ("申报单价低于同行", "模拟数据", "220120261000000001", "0.004"):
        assert said_so in page


def test_the_rates_are_for_every_reader_and_no_lead_is_in_them(asked, office):
    open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    Alert.objects.update(state="closed", verdict="confirmed")
    for who in ("front", "function", "oversight", "stranger"):
        page = browser(who).get("/alert/signals/").content.decode()
        assert "100%（21%–100%）" in page
        assert "INT-01" not in page
    assert browser("police").get("/alert/signals/").status_code == 404
    assert browser("admin").get("/alert/signals/").status_code == 404


def test_the_person_asked_sees_the_question_and_nothing_else(asked):
    front = browser("front")
    page = front.get("/lead/mine/").content.decode()
    assert "请说明十月与该企业的往来。" in page
    assert not [word for word in ("E0001", "INT-01", asked.explanation, asked.title) if word in page]
    assert [entry.actor for entry in Entry.objects.filter(event="lead.question_read")] == ["concerned"]
    assert front.get(f"/lead/{asked.pk}/").status_code == 404
    answered = front.post(f"/lead/mine/{asked.pk}/", {"reply": "只有正常业务往来。"})
    kept = Lead.objects.visible_to(actor("oversight")).get().facts["reply"]["reply"]
    assert (answered.status_code, kept) == (302, "只有正常业务往来。")
    assert "请说明" not in front.get("/lead/mine/").content.decode()
    assert front.post(f"/lead/mine/{asked.pk}/", {"reply": "再说一次"}).status_code == 404


def test_an_empty_reply_comes_back_with_the_sentence(asked):
    page = browser("front").post(f"/lead/mine/{asked.pk}/", {"reply": ""})
    assert (page.status_code, "请填写“本人说明”" in page.content.decode()) == (400, True)


@pytest.mark.parametrize("who", ["colleague", "chief", "leader", "admin", "oversight", "stranger_oversight"])
def test_nobody_else_answers_for_the_person(asked, who):
    client = browser(who)
    assert "请说明" not in client.get("/lead/mine/").content.decode()
    assert client.post(f"/lead/mine/{asked.pk}/", {"reply": "代答"}).status_code == 404


@pytest.mark.parametrize(
    "who", ["front", "colleague", "chief", "leader", "admin", "oversight_hq", "stranger_oversight"]
)
def test_no_page_of_the_console_tells_of_a_lead(asked, who):
    client = browser(who)
    for address in ("/", "/lead/", f"/lead/{asked.pk}/", "/search/?q=INT-01", "/search/?q=E0001", "/alert/signals/"):
        page = client.get(address).content.decode()
        assert not [word for word in (asked.title, asked.explanation, f'lead/{asked.pk}"') if word in page], address


def test_a_step_of_the_console_is_taken_by_a_plain_form(office):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    client = browser("front")
    assert client.post(f"/alert/{alert.pk}/sign/", {"version": 1}).status_code == 302
    assert client.post(f"/alert/{alert.pk}/sign/", {"version": 1}).status_code in (403, 409)
    assert Alert.objects.get().state == "signed"


@pytest.mark.parametrize("model", [model for model in MODELS if model.FLOW.opening], ids=lambda model: model.FLOW.name)
def test_what_does_not_fit_its_column_is_not_opened(office, model):
    columns = {field.name: field.max_length for field in model._meta.concrete_fields}
    short = {need.name for need in model.FLOW.opening if (columns.get(need.name) or 999) < 300 and need.kind == "line"}
    who = Actor("someone", "someone", (holding(model.FLOW.opens[0], "2200"),))
    resolve("/")  # the desks are registered when the addresses are read
    for name in short:
        with pytest.raises(BadInput, match="不能超过"):
            open_by_hand(DESKS[model.FLOW.name], who, {name: "长" * 300})
