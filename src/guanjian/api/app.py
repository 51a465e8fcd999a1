"""The API as a whole: its nouns, who may enter, and how an error is told. OpenAPI lies at `openapi.json`."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from guanjian.api import (
    alerts,
    answers,
    appraisals,
    cases,
    classings,
    clues,
    conversions,
    courses,
    disciplines,
    duties,
    fieldwork,
    filings,
    indicators,
    inquiries,
    instructions,
    intelligence,
    leads,
    meetings,
    operations,
    outside,
    oversight,
    postings,
    previews,
    prompts,
    rectifications,
    risks,
    rosters,
    rules,
    targeting,
    tasks,
    trainings,
    urgings,
)
from guanjian.api.description import told
from guanjian.api.signed_in import Key, Session
from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.words import Text

SIGN_IN = Text("请先登录，或提供有效的密钥。", "Sign in first, or bring a valid key.")
FORGED = Text("缺少防伪令牌，请从控制台页面发起。", "The token against forgery is missing.")
NO_JSON = Text("请求正文不是 JSON。", "The body of the request is not JSON.")


class Api(NinjaAPI):
    """The library's API, whose description tells each step of each loop; it is worked out once."""

    @cached_property
    def _told(self) -> dict[str, Any]:
        return told(super().get_openapi_schema())

    def get_openapi_schema(self, **asked: Any) -> dict[str, Any]:
        return self._told


api = Api(
    title="关鉴 Guanjian",
    version="1",
    description="同控制台一样的权限和步骤。 The same rights and the same steps as the console.",
    auth=[Key(), Session()],
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("/alerts", alerts.router)
api.add_router("/clues", clues.router)
api.add_router("/cases", cases.router)
api.add_router("/rectifications", rectifications.router)
api.add_router("/leads", leads.router)
api.add_router("/oversight", oversight.router)
api.add_router("/inquiries", inquiries.router)
api.add_router("/disciplines", disciplines.router)
api.add_router("/urgings", urgings.router)
api.add_router("/instructions", instructions.router)
api.add_router("/intelligence", intelligence.router)
api.add_router("/prompts", prompts.router)
api.add_router("/answers", answers.router)
api.add_router("/conversions", conversions.router)
api.add_router("/operations", operations.router)
api.add_router("/fieldwork", fieldwork.router)
api.add_router("/indicators", indicators.router)
api.add_router("/targeting", targeting.router)
api.add_router("/previews", previews.router)
api.add_router("/filings", filings.router)
api.add_router("/rules", rules.router)
api.add_router("/risks", risks.router)
api.add_router("/duties", duties.router)
api.add_router("/appraisals", appraisals.router)
api.add_router("/outside", outside.router)
api.add_router("/tasks", tasks.router)
api.add_router("/meetings", meetings.router)
api.add_router("/courses", courses.router)
api.add_router("/trainings", trainings.router)
api.add_router("/postings", postings.router)
api.add_router("/classings", classings.router)
api.add_router("/rosters", rosters.router)


def _say(request: HttpRequest, text: Text, status: int) -> HttpResponse:
    return api.create_response(request, {"error": text.zh, "error_en": text.en}, status=status)


@api.exception_handler(GuanjianError)
def refused(request: HttpRequest, problem: GuanjianError) -> HttpResponse:
    """Our own errors: their sentence and their status."""
    return _say(request, problem.text, problem.status)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    """Nobody, or a key that has ended."""
    return _say(request, SIGN_IN, 401)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """The request has not the shape that OpenAPI tells."""
    where = "；".join(".".join(str(part) for part in error["loc"]) for error in problem.errors)
    return _say(request, Text("请求格式有误：{where}", "The request is malformed: {where}").filled(where=where), 400)


@api.exception_handler(HttpError)
def unusable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """The library's own two refusals: a post without the token against forgery, a body that is no JSON."""
    return _say(request, FORGED if problem.status_code == 403 else NO_JSON, problem.status_code)
