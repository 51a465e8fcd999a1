"""The API: the same rights and the same steps as the console; what is not yours is not there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guanjian.crossing import tokens
from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.lead.actions import open_from_finding as open_lead
from guanjian.loops.lead.models import Lead
from guanjian.loops.rectify.models import Rectify
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Token, Unit
from tests import cast
from tests.loops.families import READERS, of_all
from tests.loops.findings import finding, finding_about_a_person
from tests.loops.samples import given
from tests.loops.world import MODELS, record_of, said

NOUNS = {
    **of_all("NOUNS"),
    "alert": "alerts",
    "clue": "clues",
    "case": "cases",
    "rectify": "rectifications",
    "lead": "leads",
    "oversight": "oversight",
    "urge": "urgings",
}
STRANGERS = ("stranger", "stranger_function", "stranger_oversight", "stranger_police", "admin")
every_noun = pytest.mark.parametrize("model", MODELS, ids=[said((model,)) for model in MODELS])


def address(model, *parts) -> str:
    return "/".join(["/api", NOUNS[model.FLOW.name], *map(str, parts)])


def post(client, where, **body):
    return client.post(where, body, content_type="application/json")


@pytest.fixture
def alert(office):
    from guanjian.loops.alert.actions import open_from_finding

    return open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)


@every_noun
def test_a_reader_lists_and_reads(signed_in, model):
    record, client = record_of(model), None
    client = signed_in(READERS[model.FLOW.name])
    listed = client.get(address(model)).json()
    assert [item["key"] for item in listed["items"]] == [record.key]
    one = client.get(address(model, record.pk)).json()
    told = (record.state, record.state_label.zh, model.objects.get().version)
    assert (one["state"], one["state_zh"], one["version"]) == told
    assert "salt" not in one
    assert "salt" not in one["columns"]


@every_noun
@pytest.mark.parametrize("who", STRANGERS)
def test_for_a_stranger_nothing_is_there(signed_in, model, who):
    record, client = record_of(model), signed_in(who)
    version = model.objects.get().version
    assert client.get(address(model)).json() == {"items": [], "next": ""}
    step = model.FLOW.steps[0]
    tried = [
        client.get(address(model, record.pk)),
        client.get(address(model, record.pk, "steps")),
        post(client, address(model, record.pk, "steps", step.name), version=1, facts=given(record, step.name)),
    ]
    absent = client.get(address(model, 999))
    assert [(answer.status_code, answer.json()) for answer in tried] == [(404, absent.json())] * 3
    assert model.objects.get().version == version


def test_a_step_is_taken_with_the_version_that_was_seen(signed_in, alert):
    client = signed_in("front")
    [offered] = client.get(f"/api/alerts/{alert.pk}/steps").json()
    assert (offered["name"], offered["title_zh"], offered["target"]) == ("sign", "签收", "signed")
    taken = post(client, f"/api/alerts/{alert.pk}/steps/sign", version=1, facts={})
    assert (taken.status_code, taken.json()["state"], taken.json()["version"]) == (200, "signed", 2)
    again = post(client, f"/api/alerts/{alert.pk}/steps/verify", version=1, facts=given(alert, "verify"))
    assert (again.status_code, "刚刚已有人办理" in again.json()["error"]) == (409, True)
    assert "quicker" in again.json()["error_en"]


def test_a_step_without_version_or_facts_is_refused_with_a_sentence(signed_in, alert):
    client = signed_in("front")
    unversioned = post(client, f"/api/alerts/{alert.pk}/steps/sign", facts={})
    assert (unversioned.status_code, "version" in unversioned.json()["error"]) == (400, True)
    post(client, f"/api/alerts/{alert.pk}/steps/sign", version=1)
    bare = post(client, f"/api/alerts/{alert.pk}/steps/verify", version=2, facts={})
    assert (bare.status_code, bare.json()) == (
        400,
        {"error": "请填写“核查情况”。", "error_en": "Please give “What was checked and found”."},
    )


def test_another_hand_is_refused_through_the_api_too(signed_in, alert):
    client = signed_in("leader")
    refused = post(client, f"/api/alerts/{alert.pk}/steps/sign", version=1, facts={})
    assert (refused.status_code, Entry.objects.filter(event="alert.sign").count()) == (403, 0)


def test_the_facts_of_a_step_are_told_as_a_schema(signed_in, alert):
    client = signed_in("front")
    post(client, f"/api/alerts/{alert.pk}/steps/sign", version=1)
    [verify] = client.get(f"/api/alerts/{alert.pk}/steps").json()
    assert verify["facts"]["required"] == ["checked", "proof"]
    assert verify["facts"]["properties"]["proof"]["type"] == "array"


def test_a_list_is_narrowed_and_paged(signed_in, office):
    from guanjian.loops.alert.actions import open_from_finding

    unit = Unit.objects.get(pk="2201")
    for n in range(30):
        open_from_finding(finding(subject_id=f"E{n:04}"), unit, SYSTEM)
    client = signed_in("front")
    first = client.get("/api/alerts").json()
    second = client.get("/api/alerts", {"after": first["next"]}).json()
    keys = {item["key"] for page in (first, second) for item in page["items"]}
    assert (len(first["items"]), len(keys), second["next"]) == (25, 30, "")
    assert len(client.get("/api/alerts", {"q": "E0007"}).json()["items"]) == 1
    assert client.get("/api/alerts", {"state": "signed"}).json()["items"] == []
    assert client.get("/api/alerts", {"tab": "all"}).status_code == 400


def test_a_problem_is_opened_by_hand_where_the_flow_says_so(signed_in):
    facts = {"title": "封志管理", "problem": "封志号未核对", "source": "own", "gap_code": "", "level": "blue"}
    opened = post(signed_in("chief"), "/api/rectifications", facts=facts)
    assert (opened.status_code, opened.json()["unit_code"], Rectify.objects.count()) == (201, "2201", 1)
    assert post(signed_in("police"), "/api/rectifications", facts=facts).status_code == 403
    assert post(signed_in("chief"), "/api/alerts", facts=facts).status_code == 405


def test_reading_a_lead_is_noted_and_the_person_is_not_told(signed_in):
    lead = open_lead(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    assert signed_in("oversight").get(f"/api/leads/{lead.pk}").status_code == 200
    assert [entry.actor for entry in Entry.objects.filter(event="lead.read")] == ["oversight"]
    for who in ("front", "chief", "leader", "admin", "oversight_hq"):
        assert signed_in(who).get(f"/api/leads/{lead.pk}").status_code == 404


def test_a_lead_that_is_sealed_leaves_the_reach_of_who_sealed_it(signed_in):
    lead = open_lead(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    Lead.objects.update(state="refuted")
    answer = post(signed_in("oversight"), f"/api/leads/{lead.pk}/steps/seal", version=1, facts=given(lead, "seal"))
    assert (answer.status_code, Lead.objects.get().sealed) == (204, True)


def test_nobody_enters_without_a_session_or_a_key(office, client):
    assert client.get("/api/alerts").status_code == 401
    assert client.get("/api/alerts", headers={"Authorization": "Bearer gj_wrong"}).status_code == 401


def test_a_session_needs_the_token_against_forgery(signed_in, alert):
    client = signed_in("front", enforce_csrf_checks=True)
    refused = post(client, f"/api/alerts/{alert.pk}/steps/sign", version=1)
    assert (refused.status_code, refused.json()["error"]) == (403, "缺少防伪令牌，请从控制台页面发起。")
    assert client.get("/api/alerts").status_code == 200


def test_a_key_acts_as_its_person_without_cookies(alert):
    key = tokens.issue(cast.person("front"), "对接风控平台", 30, SYSTEM)
    client, headers = Client(enforce_csrf_checks=True), {"Authorization": f"Bearer {key}"}
    taken = client.post(
        f"/api/alerts/{alert.pk}/steps/sign", {"version": 1}, content_type="application/json", headers=headers
    )
    assert (taken.status_code, taken.json()["state"]) == (200, "signed")
    assert Entry.objects.get(event="alert.sign").actor == "front"
    assert client.cookies == {}
    assert client.get("/alert/", headers=headers).status_code == 302  # a key opens the API, not the console


def test_a_key_that_ended_opens_nothing(alert):
    person = cast.person("front")
    key = tokens.issue(person, "对接", 30, SYSTEM)
    headers = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/alerts", headers=headers).status_code == 200
    assert tokens.end(person, "对接", SYSTEM) == 1
    assert Client().get("/api/alerts", headers=headers).status_code == 401
    other = tokens.issue(person, "对接", 1, SYSTEM)
    Token.objects.filter(digest=tokens.digest_of(other)).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert tokens.bearer_of(other) is None
    assert [entry.event for entry in Entry.objects.filter(subject="person/front")] == [
        *("token.issued", "token.ended", "token.issued")
    ]


def test_only_the_hash_of_a_key_is_kept_and_no_key_lasts_for_ever(office):
    key = tokens.issue(cast.person("front"), "对接", 1, SYSTEM)
    kept = [str(value) for value in Token.objects.values().get().values()]
    assert not [value for value in kept if key in value]
    assert not [entry for entry in Entry.objects.all() if key in entry.body]
    with pytest.raises(BadInput):
        tokens.issue(cast.person("front"), "对接", 4000, SYSTEM)


def test_a_person_who_may_not_sign_in_any_more_has_no_key(office):
    person = cast.person("front")
    key = tokens.issue(person, "对接", 1, SYSTEM)
    person.is_active = False
    person.save()
    assert tokens.bearer_of(key) is None


def test_openapi_tells_every_address(signed_in):
    paths = signed_in("front").get("/api/openapi.json").json()["paths"]
    for noun in NOUNS.values():
        assert {f"/api/{noun}", f"/api/{noun}/{{pk}}", f"/api/{noun}/{{pk}}/steps"} <= set(paths)
    assert set(paths["/api/alerts"]) == {"get"}
    assert set(paths["/api/rectifications"]) == {"get", "post"}


def test_the_api_refuses_by_itself_without_the_console_before_it(office, settings, client):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".Acting")]
    answer = client.get("/api/alerts")
    assert (answer.status_code, set(answer.json())) == (401, {"error", "error_en"})


def test_a_body_that_is_no_json_is_refused_with_a_sentence(signed_in, alert):
    answer = signed_in("front").post(f"/api/alerts/{alert.pk}/steps/sign", "version=1", content_type="application/json")
    assert (answer.status_code, answer.json()["error"]) == (400, "请求正文不是 JSON。")


def test_kinds_of_facts_have_their_format(signed_in, office):
    task = record_of(Rectify)
    [plan] = signed_in("chief").get(f"/api/rectifications/{task.pk}/steps").json()
    assert plan["facts"]["properties"]["finish_by"] == {
        "type": "string",
        "title": "整改期限",
        "description": "Finish by",
        "format": "date",
    }
