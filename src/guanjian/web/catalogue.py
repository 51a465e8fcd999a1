"""指标目录: every signal, of the code and of officers, with what its alerts turned out to be; and the budget of false alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Subject
from guanjian.kernel.shares import Share
from guanjian.kernel.words import Text
from guanjian.lenses.signals import signals
from guanjian.loops.alert.actions import Rate, decided, rates, since
from guanjian.loops.alert.advice import Advice, advise, by_signal
from guanjian.loops.indicator.actions import listed
from guanjian.loops.indicator.models import Indicator
from guanjian.org.actor import Actor
from guanjian.org.models import Parameter
from guanjian.org.posts import Post, UnitLevel
from guanjian.pages import names
from guanjian.pages.forms import fields
from guanjian.web.administration.only import noted, read
from guanjian.web.errors import NO_PAGE

BUDGET = "budget.false_alarms_a_month"
MONTH_DAYS = 30.4375
NOTHING = "—"
IN_THE_CODE = Text("检测点", "Detector")
BY_OFFICERS = Text("关员指标", "Indicator")
SAVED = Text("已保存，并写入账本；下一次检测起施行。", "Saved, and written to the ledger; the next run judges by it.")
PAST = Text("施行日不能早于今天。", "It cannot be in force before today.")
DECISION = (
    Need("amount", Text("每月误报预算（件）", "False alarms a month"), "number"),
    Need("since", Text("自何日起施行", "In force since"), "date"),
    Need("source", Text("依据（文号）", "Source (document number)")),
)


@dataclass(frozen=True)
class Line:
    """One signal with its numbers."""

    code: str
    title: Text
    kind: Text
    of: Text
    rate: Rate | None
    advice: Advice
    a_month: float
    address: str = ""
    formula: str = ""
    shared: bool = False

    @property
    def hit(self) -> str:
        """The hit rate with its interval."""
        return _shown(self.rate and self.rate.hit)

    @property
    def false_alarm(self) -> str:
        """The false-alarm rate with its interval."""
        return _shown(self.rate and self.rate.false_alarm)

    @property
    def expected(self) -> float | None:
        """False alarms a month as they have been so far; None while nothing is decided."""
        share: Share | None = self.rate.false_alarm if self.rate else None
        return self.a_month * share.value if share else None


def _shown(share: Share | None) -> str:
    return str(share) if share else NOTHING


@require_http_methods(["GET", "POST"])
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue for whoever reads indicators; headquarters' leader sets the budget here."""
    if not request.actor.holds(*Indicator.FLOW.posts):
        raise NotFound(NO_PAGE)
    problem = None
    if request.method == "POST":
        try:
            _decide(request)
        except GuanjianError as refusal:
            problem = refusal
        else:
            messages.success(request, str(SAVED))
            return HttpResponseRedirect(request.path)
    lines = _lines(request.actor)
    known = [line.expected for line in lines if line.expected is not None]
    context = {
        "lines": lines,
        "budget": _budget(timezone.localdate()),
        "expected": sum(known),
        "unknown": len(lines) - len(known),
        "decides": _decides(request.actor),
        "fields": fields(DECISION, request.POST, "budget"),
        "problem": problem,
    }
    return render(request, "web/catalogue.html", context, status=problem.status if problem else 200)


def _lines(actor: Actor) -> list[Line]:
    """The signals with most expected false alarms first, then by code."""
    known, advice = {rate.code: rate for rate in rates()}, by_signal(decided())
    months = max((timezone.now() - since()).days / MONTH_DAYS, 1.0)
    lines = [_of_code(row, known, advice, months) for row in signals(actor, settings.GUANJIAN_LAKE)]
    lines += [_of_officers(one, actor, known, (advice, months)) for one in listed()]
    return sorted(lines, key=lambda line: (-(line.expected or 0), -line.a_month, line.code))


def _of_code(row: dict, known: dict[str, Rate], advice: dict[str, Advice], months: float) -> Line:
    rate, code = known.get(row["code"]), row["code"]
    return Line(
        code,
        Text(row["zh"], row["en"]),
        IN_THE_CODE,
        Subject(row["subject"]).label,
        rate,
        advice.get(code, advise([])),
        rate.alerts / months if rate else 0.0,
    )


def _of_officers(one: Indicator, actor: Actor, known: dict[str, Rate], seen: tuple[dict, float]) -> Line:
    advice, months = seen
    rate = known.get(one.code)
    mine = any(actor.covers(post, one) for post in Indicator.FLOW.posts)
    return Line(
        one.key,
        Text(one.title, one.title),
        BY_OFFICERS,
        Text(
            f"{names.unit(one.unit_code).zh} · {one.state_label.zh}",
            f"{names.unit(one.unit_code).en} · {one.state_label.en}",
        ),
        rate,
        advice.get(one.code, advise([])),
        rate.alerts / months if rate else 0.0,
        reverse("indicator:record", args=[one.pk]) if mine else "",
        one.formula if one.shared else "",
        one.shared,
    )


def _budget(on: date) -> Parameter | None:
    return Parameter.objects.filter(code=BUDGET, since__lte=on).order_by("-since").first()


def _decides(actor: Actor) -> bool:
    """The leader at headquarters."""
    return any(held.post == Post.LEADER and held.level == UnitLevel.HQ for held in actor.holdings)


def _decide(request: HttpRequest) -> None:
    if not _decides(request.actor):
        raise NotFound(NO_PAGE)
    facts = read(DECISION, request.POST)
    day = date.fromisoformat(facts["since"])
    if day < timezone.localdate():
        raise BadInput(PAST)
    if int(facts["amount"]) < 0:
        raise BadInput("预算不能为负数，请填写0或正整数。", "A budget is not below zero: give 0 or more.")
    value = {"value": {"amount": int(facts["amount"])}, "source": facts["source"][:200]}
    Parameter.objects.update_or_create(code=BUDGET, since=day, defaults=value)
    noted(request, "budget", f"budget/{day}", facts)
