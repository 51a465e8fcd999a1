"""Scoring one declaration over the API: whose right it is, what stays behind in the ledger, and what is said without the process."""

import pytest

from guanjian.api import targeting
from guanjian.ledger.models import Entry

BODY = {"entry_id": "E9", "declared_at": "2026-01-05T08:00:00+08:00", "unit_code": "2201", "value_cny": 100.0}
WHY = {"feature": "rate:hs6", "value": 0.1, "weight": 0.4, "zh": "六位", "en": "six"}
ANSWER = {
    "entry_id": "E9",
    "probability": 0.25,
    "at_stake_cny": 40.0,
    "expected_cny": 10.0,
    "model_version": "abc",
    "reasons": [WHY],
    "cpu_ms": 2.0,
}


def post(client, **change):
    return client.post("/api/targeting/score", BODY | change, content_type="application/json")


@pytest.fixture
def asked(monkeypatch):
    """What the scoring process was asked; it always gives the same answer here (its own tests are elsewhere)."""
    questions = []
    monkeypatch.setattr(targeting, "ask", lambda place, declaration: questions.append(declaration) or ANSWER)
    return questions


def test_a_front_line_officer_scores_a_declaration_of_his_own_house(signed_in, asked):
    told = post(signed_in("front"), more={"tax_type": "A"})
    assert told.status_code == 200
    assert told.json() == ANSWER
    assert asked[0]["tax_type"] == "A"
    assert asked[0]["value_cny"] == 100.0


def test_that_it_was_asked_is_in_the_ledger(signed_in, asked):
    post(signed_in("front"))
    entry = Entry.objects.filter(event=targeting.EVENT).get()
    assert entry.subject == "entry/E9"
    assert entry.actor == "front"


@pytest.mark.parametrize(("name", "status"), [("stranger", 400), ("police", 403), ("oversight", 403), ("admin", 403)])
def test_nobody_else_scores_it_and_nothing_is_asked(signed_in, asked, name, status):
    told = post(signed_in(name))
    assert told.status_code == status
    assert set(told.json()) == {"error", "error_en"}
    assert asked == []
    assert not Entry.objects.filter(event=targeting.EVENT).exists()


def test_without_the_scoring_process_the_answer_says_what_to_start(signed_in, settings, tmp_path):
    settings.GUANJIAN_TARGET_SOCKET = tmp_path / "none"
    told = post(signed_in("front"))
    assert told.status_code == 503
    assert "guanjian target serve" in told.json()["error"]


def test_a_declaration_without_an_office_is_malformed(signed_in, asked):
    told = signed_in("front").post("/api/targeting/score", {"entry_id": "E9"}, content_type="application/json")
    assert told.status_code == 400
    assert asked == []
