"""请假代办: who stands in for me and on which days, and for whom I stand in."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.pages.forms import fields
from guanjian.teamwork.leave import arranged, hand_over, take_back
from guanjian.web.administration.only import read

NEEDS = (
    Need("deputy", Text("代办人工号", "Officer number of the deputy")),
    Need("since", Text("自", "From"), "date"),
    Need("until", Text("至（含当日）", "Until (that day included)"), "date"),
)
HANDED = Text("已安排代办，并写入账本。", "It is arranged, and written to the ledger.")
ENDED = Text("代办已结束，并写入账本。", "It has ended, and is written to the ledger.")


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """What is arranged, and arranging more."""
    problem = None
    if request.method == "POST":
        try:
            facts = read(NEEDS, request.POST)
            days = date.fromisoformat(facts["since"]), date.fromisoformat(facts["until"])
            hand_over(request.actor, facts["deputy"], *days)
        except GuanjianError as refusal:
            problem = refusal
        else:
            messages.success(request, str(HANDED))
            return HttpResponseRedirect(reverse("leave"))
    typed = {need.name: request.POST.get(need.name, "") for need in NEEDS}
    context = {"arranged": arranged(request.actor), "fields": fields(NEEDS, typed, "leave"), "problem": problem}
    return render(request, "web/leave.html", context, status=problem.status if problem else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one before its day."""
    take_back(request.actor, pk)
    messages.success(request, str(ENDED))
    return HttpResponseRedirect(reverse("leave"))
