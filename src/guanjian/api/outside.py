"""The noun “outside”: what another system does with its own key, and all that it does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import WithJsonSchema

from guanjian.api.shapes import Problem, schema
from guanjian.api.signed_in import SystemKey
from guanjian.outside import learning, posting
from guanjian.outside.reading import FIELDS

router = Router(tags=["outside"], auth=SystemKey())
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
MEASURED = {
    "score": {"type": "number", "minimum": 0, "description": "强度 · How strong"},
    "p_value": SHARE | {"description": "p 值 · p-value"},
    "q_value": SHARE | {"description": "多重检验后的 q 值 · q-value after correction"},
    "evidence": {
        "type": "object",
        "additionalProperties": True,
        "description": "证据：文字、整数、是否；rows 为单证编号 · Evidence: texts, whole numbers, yes/no; rows: papers",
    },
}


def _row() -> dict[str, Any]:
    """The shape of one finding as OpenAPI tells it; it is read row by row, so that one wrong row refuses itself alone."""
    told = schema(FIELDS)
    shape = {"properties": told["properties"] | MEASURED, "required": [*told["required"], "score"]}
    return {"title": "PostedFinding", "type": "object", "additionalProperties": False} | shape


class Findings(Schema):
    """One to two hundred findings."""

    findings: Annotated[
        list[Any], WithJsonSchema({"type": "array", "items": _row(), "minItems": 1, "maxItems": posting.MOST})
    ]


class Answered(Schema):
    """What became of one row; `why` where it was refused."""

    id: str
    became: Literal["opened", "known", "refused"]
    why: Problem | None = None


class Taken(Schema):
    """The answer to each row, in their order."""

    rows: list[Answered]


class Outcome(Schema):
    """How a finding of yours ended, under your own number."""

    id: str
    verdict: Literal["confirmed", "refuted", "undetermined"]
    amount_cny: str | None
    decided_at: datetime


class Outcomes(Schema):
    """A page of outcomes; ask again with `after` = `next`. The same `next` comes back when there is nothing new."""

    items: list[Outcome]
    next: str


@router.post("/findings", response=Taken, operation_id="outside_post", summary="报送线索 · Post findings")
def post_findings(request: HttpRequest, given: Findings):
    """Each row is opened as an alert once by your own number, known already, or refused with the sentence that says why."""
    return {"rows": [_told(row) for row in posting.post(request.system, given.findings)]}


def _told(row: posting.Row) -> dict[str, Any]:
    why = {"error": row.why.zh, "error_en": row.why.en} if row.why else None
    return {"id": row.id, "became": row.became.value, "why": why}


@router.get(
    "/outcomes", response=Outcomes, operation_id="outside_outcomes", summary="处置结果 · Outcomes of your findings"
)
def own_outcomes(request: HttpRequest, after: str = ""):
    """Confirmed, refuted or undetermined, with the amount; only of what you posted yourself."""
    items, mark = learning.outcomes(request.system, after)
    return {"items": items, "next": mark}
