"""干部管理权限: who proposes, consents and appoints as of any day; one administrator enters a change, the other confirms it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError, NotAllowed, NotFound
from guanjian.kernel.needs import Need
from guanjian.kernel.ranks import Line, PostLevel
from guanjian.kernel.words import Names, Text
from guanjian.org.authority import LEVELS, Authority, in_force
from guanjian.org.models import Mandate
from guanjian.org.posts import Post
from guanjian.pages.as_of import as_of
from guanjian.pages.forms import fields
from guanjian.web.administration.only import noted, only, read
from guanjian.web.errors import NO_PAGE

BOTH = (Post.SYS_ADMIN, Post.SEC_ADMIN)
SAVED = Text("已办理，并写入账本。", "Done, and written to the ledger.")
AHEAD = Text("施行日期须在今天之后：权限不溯及既往。", "It holds from a day ahead: nothing is changed backwards.")
ANOTHER = Text("须由另一位管理员（安全管理员）核定。", "The other administrator, of security, confirms it.")
HERE, OVER = Text("同级人事部门", "Personnel of this level"), Text("上一级人事部门", "Personnel of the level above")
ABOVE = Text("{post}（上一级）", "{post}, at the level above")


class Whom(Names):
    """Whose posts."""

    LEADERS = "leaders", "领导职务", "Leaders' posts"
    OTHERS = "others", "其他职务", "Other posts"


class Where(Names):
    """At which level."""

    HERE = "here", "本级", "This level"
    ABOVE = "above", "上一级", "The level above"


Consenting = Names("Consenting", {post.name: (post.value, post.label.zh, post.label.en) for post in
                                  (Post.HOUSE_LEADER, Post.LEADER, Post.POLICE_LEADER)})  # fmt: skip
Appointing = Names("Appointing", {post.name: (post.value, post.label.zh, post.label.en) for post in
                                  (Post.LEADER, Post.POLICE_LEADER)})  # fmt: skip
MANDATE = (
    Need("line", Text("队伍", "Line"), "choice", Line),
    Need("whom", Text("职务类别", "Whose posts"), "choice", Whom),
    Need("levels", Text("职务层次", "Levels"), "many", PostLevel),
    Need("proposes", Text("提名（人事部门）", "Proposed by personnel of"), "choice", Where),
    Need("consents", Text("同意", "Consents"), "choice", Consenting),
    Need("appoints", Text("任命", "Appoints"), "choice", Appointing),
    Need("decides", Text("任命层级", "Appointed at"), "choice", Where),
    Need("since", Text("施行日期", "In force since"), "date"),
    Need("source", Text("依据（文号）", "Source (document number)")),
)  # fmt: skip


@only(*BOTH)
@require_http_methods(["GET", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """The table as of a day, what waits to be confirmed, and entering a change."""
    problem = None
    if request.method == "POST":
        try:
            _enter(request)
        except GuanjianError as refusal:
            problem = refusal
        else:
            return _done(request)
    return _shown(request, problem)


def _shown(request: HttpRequest, problem: GuanjianError | None = None) -> HttpResponse:
    day = as_of(request)
    entered = Mandate.objects.filter(dropped_by="", since__gt=timezone.localdate()).order_by("since", "pk")
    context = {
        "day": day.isoformat(),
        "rows": [_told(one) for one in in_force(day)],
        "coming": [(row, _told(_as_authority(row))) for row in entered],
        "enters": request.actor.holds(Post.SYS_ADMIN),
        "confirms": request.actor.holds(Post.SEC_ADMIN),
        "fields": fields(MANDATE, request.POST, "mandate"),
        "problem": problem,
    }
    return render(request, "web/administration/mandates.html", context, status=problem.status if problem else 200)


def _as_authority(row: Mandate) -> Authority:
    held = (row.line, row.leaders, tuple(row.levels), row.over)
    return Authority(*held, row.consents, row.appoints, row.above, row.since, row.source)


def _told(one: Authority) -> dict[str, object]:
    appoints = Post(one.appoints).label
    return {
        "line": Line(one.line).label,
        "whom": (Whom.LEADERS if one.leaders else Whom.OTHERS).label,
        "levels": [PostLevel(level).label for level in one.levels],
        "proposes": OVER if one.over else HERE,
        "consents": Post(one.consents).label,
        "appoints": ABOVE.filled(post=appoints) if one.above else appoints,
        "since": one.since,
        "source": one.source,
    }


@transaction.atomic
def _enter(request: HttpRequest) -> None:
    if not request.actor.holds(Post.SYS_ADMIN):
        raise NotAllowed(Text("由系统管理员登记。", "The system administrator enters it."))
    facts = read(MANDATE, request.POST)
    since = date.fromisoformat(facts["since"])
    if since <= timezone.localdate():
        raise BadInput(AHEAD)
    made = Mandate.objects.create(
        line=facts["line"],
        leaders=facts["whom"] == Whom.LEADERS,
        levels=[level for level in LEVELS if level in facts["levels"]],
        over=facts["proposes"] == Where.ABOVE,
        consents=facts["consents"],
        appoints=facts["appoints"],
        above=facts["decides"] == Where.ABOVE,
        since=since,
        source=facts["source"][:200],
        entered_by=request.actor.person_id,
    )
    noted(request, "mandate_entered", f"mandate/{made.pk}", facts)


@only(Post.SEC_ADMIN)
@require_POST
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Confirm what another has entered, before its day, or drop it."""
    try:
        _decide(request, pk, what)
    except (BadInput, NotAllowed) as problem:
        return _shown(request, problem)
    return _done(request)


@transaction.atomic
def _decide(request: HttpRequest, pk: int, what: str) -> None:
    row = Mandate.objects.select_for_update().filter(pk=pk, confirmed_by="", dropped_by="").first()
    if row is None or what not in ("confirm", "drop"):
        raise NotFound(NO_PAGE)
    if row.entered_by == request.actor.person_id:
        raise NotAllowed(ANOTHER)
    if what == "confirm" and row.since <= timezone.localdate():
        raise BadInput(AHEAD)
    column = "confirmed_by" if what == "confirm" else "dropped_by"
    setattr(row, column, request.actor.person_id)
    row.save(update_fields=[column])
    noted(
        request,
        f"mandate_{'confirmed' if what == 'confirm' else 'dropped'}",
        f"mandate/{row.pk}",
        {"source": row.source},
    )


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, str(SAVED))
    return HttpResponseRedirect(reverse("mandates"))
