"""An outside system posts findings and receives their outcomes with its own key, each row once, and a refusal has its sentence."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.outside import learning, registry
from guanjian.outside.models import Posted
from tests import cast
from tests.loops.samples import given
from tests.outside.conftest import let_in, row

DOOR, BACK = "/api/outside/findings", "/api/outside/outcomes"
CLOSING = (
    ("front", "sign", {}),
    ("front", "verify", {}),
    ("chief", "confirm", {"amount_cny": "12345.60"}),
    ("chief", "dispose", {}),
    ("front", "feed_back", {}),
    ("function", "review", {}),
    ("oversight", "close", {}),
)


def send(key, *rows):
    answer = Client().post(
        DOOR, {"findings": list(rows)}, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()["rows"]


def learn(key, after=""):
    return Client().get(BACK, {"after": after}, headers={"Authorization": f"Bearer {key}"}).json()


def closed(alert):
    """The alert confirmed and closed by those whose turn it is, some time ago."""
    for who, step, changes in CLOSING:
        alert = advance(alert, step, cast.actor(who), given(alert, step, **changes))
    Alert._base_manager.filter(pk=alert.pk).update(closed_at=timezone.now() - timedelta(minutes=1))
    return alert


def test_a_finding_becomes_an_alert_in_its_unit_under_a_code_of_its_own(key, system):
    [answer] = send(key, row())
    assert answer == {"id": "FK-1", "became": "opened", "why": None}
    alert = Alert.objects.get()
    assert (alert.code, alert.unit_code, alert.level, alert.state) == ("EXT-FKPT-JG01", "2201", "orange", "pushed")
    assert (alert.author_id, alert.dataset) == ("system/FKPT", "system/FKPT")
    assert alert.evidence["detector_zh"] == "价格偏低（风控平台报送）"
    assert Alert.objects.visible_to(cast.actor("front")).count() == 1
    assert Entry.objects.get(event="alert.start").actor == "system/FKPT"
    assert json.loads(Entry.objects.get(event="system.posted").body)["facts"] == {"opened": 1}


def test_the_same_row_opens_once_however_often_it_is_sent(key):
    assert [one["became"] for one in send(key, row(), row())] == ["opened", "known"]
    assert [one["became"] for one in send(key, row(), row(2))] == ["known", "opened"]
    changed = send(key, row(explanation="换了一种说法的说明"))[0]
    assert (changed["became"], "新编号" in changed["why"]["error"]) == ("refused", True)
    assert "use a new one" in changed["why"]["error_en"]
    assert send(key, row(id="FK-again"))[0]["became"] == "known"  # the same lead under another number: the same alert
    assert (Alert.objects.count(), Posted.objects.count()) == (2, 3)


REFUSED = {
    "a person": {"subject_type": "officer"},
    "a person and an enterprise": {"subject_type": "pair"},
    "no unit": {"unit_code": "9999"},
    "another district": {"unit_code": "5301"},
    "headquarters": {"unit_code": "0000"},
    "no number": {"id": ""},
    "a foreign code": {"code": "VAL-01"},
    "a level that is none": {"level": "purple"},
    "no explanation": {"explanation": ""},
    "a score below zero": {"score": -1},
    "a score that is a text": {"score": "4.5"},
    "a score that is a yes": {"score": True},
    "a share above one": {"p_value": 1.5},
    "an unknown field": {"label": "integrity"},
    "a compartment": {"compartment": "2200"},
    "nested evidence": {"evidence": {"a": {"b": 1}}},
    "an amount with a fraction": {"evidence": {"amount": 1.5}},
    "another detector's name": {"evidence": {"detector_zh": "INT-01"}},
    "too much evidence": {"evidence": {"a": "x" * 20_000}},
    "a sign that no database keeps": {"subject_id": "a\u0000b"},
    "a number that is no text": {"subject_id": 12},
    "a long number": {"subject_id": "x" * 81},
    "a strange period": {"period": "last week"},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=list(REFUSED))
def test_a_wrong_row_is_refused_alone_with_a_sentence_in_both_languages(key, wrong):
    answers = send(key, row(1), row(2, **wrong), row(3))
    assert [one["became"] for one in answers] == ["opened", "refused", "opened"]
    assert answers[1]["why"]["error"].endswith("。")
    assert answers[1]["why"]["error_en"].endswith(".")
    assert Alert.objects.count() == 2


@pytest.mark.parametrize("junk", [None, 3, "text", ["row"]])
def test_what_is_no_object_is_refused_too(key, junk):
    assert [one["became"] for one in send(key, junk, row())] == ["refused", "opened"]


def test_a_refused_number_may_be_sent_again_when_it_is_right(key):
    assert send(key, row(level="purple"))[0]["became"] == "refused"
    assert send(key, row())[0]["became"] == "opened"


def test_only_the_lines_that_it_was_given(office):
    narrow = let_in("ZS", lines=["duty"])
    key = registry.issue_key(narrow.pk, cast.actor("security"), 1)
    assert [one["became"] for one in send(key, row(), row(2, line_code="audit"), row(3, line_code=""))] == [
        *("opened", "refused", "refused")
    ]


def test_outcomes_come_back_under_its_own_number_and_to_nobody_else(key, system):
    send(key, row(), row(2))
    other = let_in("QT")
    other_key = registry.issue_key(other.pk, cast.actor("security"), 1)
    send(other_key, row(7))
    assert learn(key) == {"items": [], "next": ""}
    closed(Alert.objects.get(subject_id="3122960001"))
    told = learn(key)
    [item] = told["items"]
    assert {name: item[name] for name in ("id", "verdict", "amount_cny")} == {
        "id": "FK-1",
        "verdict": "confirmed",
        "amount_cny": "12345.60",
    }
    assert set(item) == {"id", "verdict", "amount_cny", "decided_at"}
    assert learn(key, told["next"]) == {"items": [], "next": told["next"]}
    assert learn(other_key)["items"] == []


def test_pages_of_outcomes_leave_none_out(key, system, monkeypatch):
    monkeypatch.setattr(learning, "PAGE", 2)
    send(key, *[row(n) for n in range(1, 6)])
    decided = timezone.now() - timedelta(hours=1)
    Alert._base_manager.update(state="closed", verdict="refuted", closed_at=decided)  # all in the same second
    met, mark = [], ""
    while page := learn(key, mark)["items"]:
        met += [item["id"] for item in page]
        mark = learn(key, mark)["next"]
    assert met == [f"FK-{n}" for n in range(1, 6)]
    assert Client().get(BACK, {"after": "junk"}, headers={"Authorization": f"Bearer {key}"}).status_code == 400


@pytest.mark.parametrize(("scopes", "may"), [(["post"], (200, 403)), (["read"], (403, 200)), (["hear"], (403, 403))])
def test_each_scope_opens_its_own_door_only(office, scopes, may):
    system = let_in("ZS", scopes=scopes)
    headers = {"Authorization": f"Bearer {registry.issue_key(system.pk, cast.actor('security'), 1)}"}
    posted = Client().post(DOOR, {"findings": [row()]}, content_type="application/json", headers=headers)
    assert (posted.status_code, Client().get(BACK, headers=headers).status_code) == may


@pytest.mark.parametrize("rows", [[], [row(n % 90) for n in range(201)]], ids=["none", "too many"])
def test_a_request_has_one_to_two_hundred_rows(key, rows):
    headers = {"Authorization": f"Bearer {key}"}
    answer = Client().post(DOOR, {"findings": rows}, content_type="application/json", headers=headers)
    assert (answer.status_code, Alert.objects.count()) == (400, 0)


def test_a_person_does_not_come_in_by_the_system_s_door(office):
    from guanjian.crossing import tokens

    headers = {"Authorization": f"Bearer {tokens.issue(cast.person('function'), '对接', 1, SYSTEM)}"}
    assert Client().get(BACK, headers=headers).status_code == 401
    assert Client().get(BACK).status_code == 401
