"""The noun “targeting”: the score of one declaration. It is asked of the scoring process, never computed here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from guanjian.api.shapes import Problem
from guanjian.kernel.errors import NotAllowed
from guanjian.moving.placing import unit_for
from guanjian.moving.verbs import note
from guanjian.org.posts import Post
from guanjian.targeting.asking import ask

router = Router(tags=["targeting"])
POSTS = (Post.RISK, Post.FRONTLINE)
EVENT = "targeting.score_read"


class Declaration(Schema):
    """One declaration in the words of the contract, with its main item; `more` holds columns of the source's own."""

    entry_id: str
    declared_at: datetime
    unit_code: str
    consignee_id: str = ""
    agent_id: str = ""
    overseas_party: str = ""
    hs_code: str = ""
    origin_country: str = ""
    departure_country: str = ""
    trade_mode: str = ""
    duty_nature: str = ""
    transport_mode: str = ""
    value_cny: float | None = None
    net_kg: float | None = None
    quantity: float | None = None
    tax_rate: float | None = None
    tax_cny: float | None = None
    more: dict[str, str] = {}


class Why(Schema):
    """One reason in words, with the figure that it comes from and its part in the log odds."""

    feature: str
    value: float | None
    weight: float
    zh: str
    en: str


class Score(Schema):
    """A reason to look, never a verdict: the chance of a violation and what would be evaded then."""

    entry_id: str
    probability: float
    at_stake_cny: float
    expected_cny: float
    model_version: str
    reasons: list[Why]
    cpu_ms: float


@router.post("/score", response={200: Score, 503: Problem}, operation_id="targeting_score", summary="选查评分 · Score")
def score(request: HttpRequest, declaration: Declaration) -> dict[str, Any]:
    """For risk analysts and front-line officers, in their territory; that it was asked is in the ledger."""
    if not request.actor.holds(*POSTS):
        raise NotAllowed("只有风险分析员和现场关员可以评分。", "Only risk analysts and front-line officers may score.")
    unit = unit_for(request.actor, declaration.unit_code, POSTS)
    given = declaration.model_dump(mode="json", exclude={"more"})
    answer = ask(settings.GUANJIAN_TARGET_SOCKET, declaration.more | given)
    facts = {"model": answer["model_version"], "probability": repr(answer["probability"])}
    note(EVENT, f"entry/{declaration.entry_id}", request.actor, facts, unit.district_code or "0000")
    return answer
