"""The security administrator: who has an account, which posts are held where. No business, and not his own account."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError, NotAllowed, NotFound
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text
from guanjian.loops.posting.actions import orders
from guanjian.loops.posting.models import Posting
from guanjian.loops.posting.needs import Mode
from guanjian.org.models import Appointment, Person, Unit
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.pages.forms import fields
from guanjian.web.administration.only import noted, only, read
from guanjian.web.errors import NO_PAGE
from guanjian.web.signin import forget_factors

SHOWN = 50
PLACE = Text("{unit} · {post}", "{unit}, {post}")
SAVED = Text("已保存，并写入账本。", "Saved, and written to the ledger.")
PASSWORD = Text("一次性告知本人的初始密码：{password}", "First password, to be told to the person once: {password}")
PERSON = (
    Need("username", Text("工号", "Officer number")),
    Need("name_zh", Text("姓名", "Name")),
    Need("name_en", Text("英文姓名", "Name in English"), required=False),
)
POST = (
    Need("post", Text("岗位", "Post"), "choice", Post),
    Need("unit", Text("单位代码", "Unit code"), help=Text("如 2201 或 2201-01。", "Such as 2201 or 2201-01.")),
    Need("since", Text("任职日期", "Since"), "date"),
)


@only(Post.SEC_ADMIN)
@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """Finding an account, and making one."""
    problem = None
    if request.method == "POST":
        try:
            return _made(request)
        except GuanjianError as refusal:
            problem = refusal
    sought = request.GET.get("q", "").strip()[:40]
    people = Person.objects.filter(Q(username__icontains=sought) | Q(name_zh__icontains=sought)).order_by("username")
    context = {
        "people": people[:SHOWN],
        "sought_person": sought,
        "orders": [_order(one) for one in orders()],
        "fields": fields(PERSON, request.POST, "person"),
        "problem": problem,
    }
    return render(request, "web/administration/accounts.html", context, status=problem.status if problem else 200)


def _made(request: HttpRequest) -> HttpResponse:
    facts = read(PERSON, request.POST)
    password = secrets.token_urlsafe(12)
    person = Person(username=facts["username"][:40], name_zh=facts["name_zh"][:60], name_en=facts["name_en"][:80])
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            noted(request, "person", f"person/{person.username}", facts)
    except IntegrityError:
        raise BadInput("这个工号已有账号。", "This officer number has an account already.") from None
    messages.warning(request, str(PASSWORD.filled(password=password)))
    return HttpResponseRedirect(reverse("account", args=[person.pk]))


def _person(pk: int) -> Person:
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise NotFound(NO_PAGE)
    return person


@only(Post.SEC_ADMIN)
@require_GET
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its posts, and what may be done about it."""
    return _shown(request, _person(pk))


def _shown(request: HttpRequest, person: Person, problem: GuanjianError | None = None) -> HttpResponse:
    held = person.appointments.select_related("unit").order_by("-since", "-pk")
    context = {
        "one": person,
        "orders": [_order(one) for one in orders(person.username)],
        "appointments": [(row, Post(row.post).label) for row in held],
        "fields": fields(POST, request.POST, "post"),
        "problem": problem,
        "is_self": person.pk == request.user.pk,
    }
    return render(request, "web/administration/account.html", context, status=problem.status if problem else 200)


def _order(one: Posting) -> dict:
    """An appointment as the administrator needs it: who, which post, from when, by which order; nothing of why."""
    person = Person.objects.filter(username=one.subject_id).first()
    ends = (
        ""
        if one.mode == Mode.ATTACH or not one.from_post
        else PLACE.filled(unit=names.unit(one.from_unit), post=Post(one.from_post).label)
    )
    now = PLACE.filled(unit=names.unit(one.to_unit), post=Post(one.to_post).label)
    known = {"person": person, "officer": one.subject_id, "order_no": one.order_no, "since": one.starts_on}
    return {**known, "now": now, "code": one.to_unit, "ends": ends, "until": one.ends_on}


@only(Post.SEC_ADMIN)
@require_POST
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One change to somebody else's account; it stands in the ledger with who made it."""
    person, way = _person(pk), CHANGES.get(what)
    if way is None:
        raise NotFound(NO_PAGE)
    try:
        if person.pk == request.user.pk:
            raise NotAllowed(
                "不能更改自己的账号，请由另一位安全管理员办理。",
                "Another security administrator must change your account.",
            )
        with transaction.atomic():
            way(request, person)
    except GuanjianError as problem:
        return _shown(request, person, problem)
    names.forget()
    messages.success(request, str(SAVED))
    return HttpResponseRedirect(reverse("account", args=[pk]))


def _appoint(request: HttpRequest, person: Person) -> None:
    facts = read(POST, request.POST)
    unit = Unit.objects.filter(pk=facts["unit"]).first()
    if unit is None:
        raise BadInput("没有这个单位代码。", "There is no unit of this code.")
    now_held = person.appointments.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
    if any(Post(row.post).administers or Post(facts["post"]).administers for row in now_held):
        raise NotAllowed(
            "三员只任一岗，且不兼业务岗位：请先免去现任。",
            "An administrator holds this one post and no other: end the present post first.",
        )
    since = date.fromisoformat(facts["since"])
    Appointment.objects.create(person=person, post=facts["post"], unit=unit, since=since)
    noted(request, "appoint", f"person/{person.username}", facts)


def _dismiss(request: HttpRequest, person: Person) -> None:
    row = person.appointments.filter(pk=request.POST.get("appointment") or 0, until=None).first()
    if row is None:
        raise BadInput("这一任职已经结束。", "This post has ended already.")
    row.until = timezone.localdate() - timedelta(days=1)
    row.save(update_fields=["until"])
    noted(request, "dismiss", f"person/{person.username}", {"post": row.post, "unit": row.unit_id})


def _new_password(request: HttpRequest, person: Person) -> None:
    password = secrets.token_urlsafe(12)
    person.set_password(password)
    person.save(update_fields=["password"])
    noted(request, "password", f"person/{person.username}", {})
    messages.warning(request, str(PASSWORD.filled(password=password)))


def _new_factor(request: HttpRequest, person: Person) -> None:
    forget_factors(person)
    noted(request, "factor", f"person/{person.username}", {})


def _close(request: HttpRequest, person: Person) -> None:
    person.is_active = not person.is_active
    person.save(update_fields=["is_active"])
    noted(request, "open" if person.is_active else "close", f"person/{person.username}", {})


CHANGES = {
    "appoint": _appoint,
    "dismiss": _dismiss,
    "password": _new_password,
    "factor": _new_factor,
    "close": _close,
}
