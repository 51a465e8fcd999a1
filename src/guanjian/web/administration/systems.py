"""Other systems and their addresses: the system administrator registers, the security administrator opens; both see what was told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjian.kernel.errors import GuanjianError, NotFound
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.org.posts import Post
from guanjian.outside import registry, subscribing
from guanjian.outside.models import Delivery, Reader, Scope, Stand, Subscription, System
from guanjian.pages.forms import fields
from guanjian.web.administration.only import only, read
from guanjian.web.errors import NO_PAGE

BOTH = (Post.SYS_ADMIN, Post.SEC_ADMIN)
SHOWN = 50
SAVED = Text("已办理，并写入账本。", "Done, and written to the ledger.")
KEY = Text("密钥只显示这一次，请交给对方系统：{key}", "The key is shown this once; hand it to the other system: {key}")
SIGNING = Text("签名密钥只显示这一次：{key}", "The signing key is shown this once: {key}")
APPLICATION = (
    Need("code", Text("系统代码", "Code"), help=Text("2至5位大写字母或数字，如 FKPT；线索代码为 EXT-FKPT-…。", "2 to 5 capitals or digits, such as FKPT; its findings are EXT-FKPT-….")),
    Need("name_zh", Text("系统名称", "Name")),
    Need("name_en", Text("英文名称", "Name in English")),
    Need("unit", Text("所属单位代码", "Unit code"), help=Text("只能报送、知悉这一单位辖区内的事项。", "It posts and is told of matters in this unit's territory only.")),
    Need("scopes", Text("申请的权限", "What it may do"), "many", Scope),
    Need("reads_as", Text("知悉范围同", "It is told what is seen by"), "choice", Reader),
    Need("lines", Text("业务条线代码（每行一个，空为不限）", "Business lines (one a line; none: all)"), "many", required=False),
)  # fmt: skip
ADDRESS = (
    Need("address", Text("接收地址", "Address"), help=Text("https://…；内部网络须先由运维人员放行。", "https://…; an internal network must first be allowed by the operator.")),
    Need("events", Text("事件（每行一个）", "Events (one a line)"), "many", help=Text("如 alert（整个闭环）或 alert.close（一步）。", "Such as alert (the whole loop) or alert.close (one step).")),
)  # fmt: skip
OPENING = (Need("until", Text("有效期至", "Until"), "date"),)
ISSUING = (Need("days", Text("密钥有效天数", "Days that the key lasts"), "number"),)


@only(*BOTH)
@require_http_methods(["GET", "POST"])
def systems(request: HttpRequest) -> HttpResponse:
    """Every system, and the form that registers one."""
    problem = None
    if request.method == "POST":
        try:
            made = registry.register(request.actor, read(APPLICATION, request.POST))
        except GuanjianError as refusal:
            problem = refusal
        else:
            return _done(request, made.pk)
    failed = Q(subscriptions__stopped_at__isnull=False, subscriptions__system__ended_at=None)
    rows = registry.all_systems().annotate(stopped=Count("subscriptions", filter=failed, distinct=True))
    context = {
        "systems": [(one, _stand(one)) for one in rows],
        "registers": request.actor.holds(Post.SYS_ADMIN),
        "fields": fields(APPLICATION, request.POST, "system"),
        "problem": problem,
    }
    return render(request, "web/administration/systems.html", context, status=problem.status if problem else 200)


def _stand(system: System) -> Text:
    """How a system stands, in a word."""
    if system.ended_at:
        return Text("已停用", "Ended")
    if not system.opened_by:
        return Text("待批准", "To be opened")
    return Text("启用", "Open") if registry.is_open(system) else Text("已到期", "Expired")


@only(*BOTH)
@require_GET
def system(request: HttpRequest, pk: int) -> HttpResponse:
    """One system: what it may, its keys, its addresses and what was told."""
    return _shown(request, _system(pk))


def _system(pk: int) -> System:
    found = System.objects.select_related("unit").filter(pk=pk).first()
    if found is None:
        raise NotFound(NO_PAGE)
    return found


def _shown(request: HttpRequest, one: System, problem: GuanjianError | None = None) -> HttpResponse:
    told = Delivery.objects.filter(subscription__system=one).order_by("-pk")[:SHOWN]
    context = {
        "one": one,
        "stand": _stand(one),
        "is_open": registry.is_open(one),
        "scopes": [Scope(scope).label for scope in one.scopes],
        "reader": Reader(one.reads_as).label,
        "keys": one.keys.order_by("-pk")[:SHOWN],
        "now": timezone.now(),
        "addresses": [(row, _waiting(row)) for row in one.subscriptions.order_by("pk")],
        "deliveries": [(row, Stand(row.stand).label, row.stand != Stand.WAITING) for row in told],
        "registers": request.actor.holds(Post.SYS_ADMIN),
        "opens": request.actor.holds(Post.SEC_ADMIN),
        "hears": Scope.HEAR in one.scopes and not one.ended_at,
        "address_fields": fields(ADDRESS, request.POST, "address"),
        "open_fields": fields(OPENING, request.POST, "open"),
        "key_fields": fields(ISSUING, request.POST or {"days": "90"}, "key"),
        "problem": problem,
    }
    return render(request, "web/administration/system.html", context, status=problem.status if problem else 200)


def _waiting(row: Subscription) -> int:
    return row.deliveries.filter(stand=Stand.WAITING).count()


@only(*BOTH)
@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One act upon a system, its keys, its addresses or what was told; whose act it is, the act itself asks."""
    one, way = _system(pk), CHANGES.get(what)
    if way is None:
        raise NotFound(NO_PAGE)
    try:
        way(request, one)
    except GuanjianError as problem:
        return _shown(request, one, problem)
    return _done(request, pk)


def _done(request: HttpRequest, pk: int) -> HttpResponse:
    messages.success(request, str(SAVED))
    return HttpResponseRedirect(reverse("system", args=[pk]))


def _open(request: HttpRequest, one: System) -> None:
    registry.open_system(one.pk, request.actor, date.fromisoformat(read(OPENING, request.POST)["until"]))


def _issue(request: HttpRequest, one: System) -> None:
    key = registry.issue_key(one.pk, request.actor, int(read(ISSUING, request.POST)["days"]))
    messages.warning(request, str(KEY.filled(key=key)))


def _subscribe(request: HttpRequest, one: System) -> None:
    facts = read(ADDRESS, request.POST)
    subscribing.subscribe(one.pk, request.actor, facts["address"], facts["events"])


def _open_address(request: HttpRequest, one: System) -> None:
    secret = subscribing.open_address(_row(request, one.subscriptions), request.actor)
    messages.warning(request, str(SIGNING.filled(key=secret)))


def _stop_address(request: HttpRequest, one: System) -> None:
    subscribing.stop_address(_row(request, one.subscriptions), request.actor)


def _replay(request: HttpRequest, one: System) -> None:
    rows = Delivery.objects.filter(subscription__system=one)
    subscribing.replay_delivery(_row(request, rows), request.actor)


def _row(request: HttpRequest, rows: Any) -> int:
    """The number of a row of this very system; `NotFound` for every other."""
    number = request.POST.get("row", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 16 and rows.filter(pk=int(number)).exists()):
        raise NotFound(NO_PAGE)
    return int(number)


CHANGES: dict[str, Callable[[HttpRequest, System], Any]] = {
    "open": _open,
    "end": lambda request, one: registry.end_system(one.pk, request.actor),
    "key": _issue,
    "end-keys": lambda request, one: registry.end_keys(one.pk, request.actor),
    "address": _subscribe,
    "open-address": _open_address,
    "stop-address": _stop_address,
    "replay": _replay,
}
