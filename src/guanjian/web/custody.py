"""The custodian's page: who asks for a name, and records to be given back. He is told number and reason, never content."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from guanjian.kernel.errors import Locked, NotFound
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.moving import custody
from guanjian.moving.models import Disclosure, Recovery
from guanjian.moving.sealed import UNLOCK
from guanjian.org.posts import Post
from guanjian.org.unlocked import key_of
from guanjian.pages.forms import fields
from guanjian.web.administration.only import only, read
from guanjian.web.errors import NO_PAGE

SHOWN = 100
DONE = Text("已办理，并写入账本。", "Done, and written to the ledger.")
RECOVERY = (
    Need("key", Text("事项编号", "Number of the matter"), help=Text("如 lead/12。", "Such as lead/12.")),
    Need("person", Text("交给（工号）", "Give it to (officer number)")),
    Need("reason", Text("理由", "Reason"), "text", min_length=5, max_length=1000),
)


@only(Post.CUSTODIAN)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this custodian: only what was closed for his key."""
    if key_of(request.actor.person_id) is None:
        raise Locked(UNLOCK)
    asked = Disclosure.objects.filter(decided_at=None).exclude(asked_by=request.actor.person_id).order_by("pk")[:SHOWN]
    begun = Recovery.objects.filter(second_at=None).exclude(first_by=request.actor.person_id).order_by("pk")[:SHOWN]
    context = {
        "asked": [(row, said) for row in asked if (said := custody.reason_of(row.reason, request.actor))],
        "begun": [(row, said) for row in begun if (said := custody.recovery_reason(row, request.actor))],
        "fields": fields(RECOVERY, {}, "recovery"),
    }
    return render(request, "web/custody.html", context)


@only(Post.CUSTODIAN)
@require_POST
def decide(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Agree to a disclosure, refuse it, or join one's share to another custodian's."""
    if what in ("agree", "refuse"):
        custody.decide_disclosure(pk, request.actor, what == "agree")
    elif what == "recover":
        custody.finish_recovery(pk, request.actor)
    else:
        raise NotFound(NO_PAGE)
    return _done(request)


@only(Post.CUSTODIAN)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Give one's own share of a record to the other custodians."""
    facts = read(RECOVERY, request.POST)
    loop, _, number = facts["key"].partition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise NotFound(NO_PAGE)
    custody.begin_recovery(loop, int(number), request.actor, facts["person"], facts["reason"])
    return _done(request)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, str(DONE))
    return HttpResponseRedirect(reverse("custody"))
