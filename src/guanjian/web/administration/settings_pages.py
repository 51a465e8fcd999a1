"""The system administrator: the holiday table, the time limits in force, the background jobs. No business, no accounts."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from guanjian.jobs.models import Job, State
from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.kernel.flow import Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.org import calendar
from guanjian.org.models import Holiday, Parameter
from guanjian.org.posts import Post
from guanjian.pages.desk import DESKS
from guanjian.pages.forms import fields
from guanjian.web.administration.only import noted, only, read

SAVED = Text("已保存，并写入账本。", "Saved, and written to the ledger.")
JOBS_SHOWN = 100


class DayKind(Names):
    """What the rule “Monday to Friday” gets wrong about a day."""

    HOLIDAY = "holiday", "放假", "Day off"
    WORKDAY = "workday", "调休上班", "Worked instead"


class LimitUnit(Names):
    """The unit of a time limit."""

    H = "h", "小时", "Hours"
    CD = "cd", "日", "Calendar days"
    MIN = "min", "分钟", "Minutes"
    WD = "wd", "工作日", "Working days"
    M = "m", "月", "Months"
    Y = "y", "年", "Years"


DAY = (
    Need("day", Text("日期", "Day"), "date"),
    Need("kind", Text("安排", "Arrangement"), "choice", DayKind),
    Need("name", Text("节日名称", "Name")),
)
LIMIT = (
    Need("code", Text("时限代码", "Code of the limit")),
    Need("amount", Text("期限", "Amount"), "number"),
    Need("unit", Text("单位", "Unit"), "choice", LimitUnit),
    Need("since", Text("自何日起施行", "In force since"), "date"),
    Need("source", Text("依据（文号）", "Source (document number)")),
)


@only(Post.SYS_ADMIN)
@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """The days that the working-day arithmetic must know, and adding one."""
    problem = None
    if request.method == "POST":
        try:
            _keep_day(request)
        except GuanjianError as refusal:
            problem = refusal
        else:
            messages.success(request, str(SAVED))
            return HttpResponseRedirect(request.path)
    context = {
        "days": [(day, DayKind(day.kind).label) for day in Holiday.objects.order_by("-day")[:200]],
        "fields": fields(DAY, request.POST, "day"),
        "problem": problem,
    }
    return render(request, "web/administration/holidays.html", context, status=problem.status if problem else 200)


@transaction.atomic
def _keep_day(request: HttpRequest) -> None:
    facts = read(DAY, request.POST)
    day = date.fromisoformat(facts["day"])
    Holiday.objects.update_or_create(
        day=day, defaults={"kind": facts["kind"], "name": facts["name"][:40], "provisional": False}
    )
    noted(request, "holiday", f"holiday/{day}", facts)
    calendar.changed()


@only(Post.SYS_ADMIN)
@require_http_methods(["GET", "POST"])
def parameters(request: HttpRequest) -> HttpResponse:
    """Every time limit of the step tables, what is in force today, and replacing one from a day on."""
    problem = None
    if request.method == "POST":
        try:
            _keep_limit(request)
        except GuanjianError as refusal:
            problem = refusal
        else:
            messages.success(request, str(SAVED))
            return HttpResponseRedirect(request.path)
    today = timezone.localdate()
    context = {
        "limits": [(flow, limit, calendar.in_force(limit, today)) for flow, limit in known_limits()],
        "coming": Parameter.objects.filter(since__gt=today).order_by("since", "code")[:100],
        "fields": fields(LIMIT, request.POST, "limit"),
        "problem": problem,
    }
    return render(request, "web/administration/parameters.html", context, status=problem.status if problem else 200)


def known_limits() -> list[tuple[Text, Limit]]:
    """The limits of all step tables and their rules that have a code, each with its loop."""
    found = [
        (desk.model.FLOW.title, limit)
        for desk in DESKS.values()
        for limit in (*(limit for wait in desk.model.FLOW.waits for limit in _of(wait)), *desk.limits)
    ]
    return [(flow, limit) for flow, limit in found if limit.code]


def _of(wait: Wait) -> list[Limit]:
    return [wait.limit] if isinstance(wait.limit, Limit) else list(wait.limit.values())


def _keep_limit(request: HttpRequest) -> None:
    facts = read(LIMIT, request.POST)
    if facts["code"] not in {limit.code for _, limit in known_limits()}:
        raise BadInput(
            "没有这个时限代码，请从下表中选用。", "There is no such limit; take a code from the table below."
        )
    if not 0 < int(facts["amount"]) <= 3660:
        raise BadInput("期限须在1至3660之间。", "The amount must be from 1 to 3660.")
    if date.fromisoformat(facts["since"]) <= timezone.localdate():
        raise BadInput(
            "施行日期须在今天之后：已经过去的时限不能改写。",
            "It must come into force after today: past limits are not rewritten.",
        )
    value = {"amount": int(facts["amount"]), "unit": facts["unit"]}
    try:
        with transaction.atomic():
            Parameter.objects.create(
                code=facts["code"], value=value, since=facts["since"], source=facts["source"][:200]
            )
            noted(request, "parameter", f"parameter/{facts['code']}", facts)
    except IntegrityError:
        raise BadInput("这一天已有新的期限。", "That day has a new limit already.") from None
    calendar.changed()


@only(Post.SYS_ADMIN)
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """The newest background jobs and how they stand."""
    rows = Job.objects.order_by("-created_at").defer("errors", "result")[:JOBS_SHOWN]
    return render(request, "web/administration/jobs.html", {"jobs": [(job, State(job.state).label) for job in rows]})
