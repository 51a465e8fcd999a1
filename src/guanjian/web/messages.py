"""消息: what a person is told of, and how he wants to be told. Nothing about a record that he may not see any longer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.words import Text
from guanjian.org.models import Person
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.teamwork import mail, notices
from guanjian.teamwork.models import How, Told
from guanjian.web.errors import NO_PAGE

KEPT = Text("通知方式已保存。", "Your choice is kept.")
ALL_READ = Text("全部标为已读。", "All are marked as read.")
NO_ADDRESS = Text("选择邮件通知须填写有效的邮箱地址。", "Give a valid e-mail address, or choose no mail.")


@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """The newest messages, unread ones marked."""
    lines = notices.messages(request.actor)
    names.read_people(line.notice.author_id for line in lines)
    return render(
        request, "web/messages.html", {"lines": lines, "unread": any(not one.notice.read_at for one in lines)}
    )


@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """To the record of one message, which is read then; not found, like the record itself, where it may not be seen."""
    found = next((line for line in notices.messages(request.actor) if line.notice.pk == pk), None)
    if found is None:
        raise NotFound(NO_PAGE)
    notices.mark_read(request.actor, loop=found.notice.loop, number=found.notice.number)
    if found.matter:
        return HttpResponseRedirect(found.matter.address)
    return HttpResponseRedirect(reverse(f"{found.notice.loop}:record", args=[found.notice.number]))


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """All are read."""
    notices.mark_read(request.actor)
    messages.success(request, str(ALL_READ))
    return HttpResponseRedirect(reverse("messages"))


@require_http_methods(["GET", "POST"])
def ways(request: HttpRequest) -> HttpResponse:
    """Of which kinds one wants to be told, and how."""
    kinds = _kinds(request)
    problem, given = None, notices.chosen(request.actor.person_id)
    if request.method == "POST":
        given |= {kind: request.POST.get(kind, "") for kind in kinds}
        try:
            _keep(request, given | {kind: _way(given[kind]) for kind in kinds})
        except GuanjianError as refusal:
            problem = refusal
        else:
            messages.success(request, str(KEPT))
            return HttpResponseRedirect(reverse("message_ways"))
    offered = [how for how in How if how != How.MAIL or mail.is_set_up()]
    context = {
        "kinds": [(kind, [(how, how == given[kind]) for how in offered]) for kind in kinds],
        "address": request.POST.get("address", request.user.email),
        "by_mail": mail.is_set_up(),
        "problem": problem,
    }
    return render(request, "web/message_ways.html", context, status=problem.status if problem else 200)


def _kinds(request: HttpRequest) -> list[Told]:
    """What this person can be told of: that another system is told no more concerns its administrators alone."""
    administers = request.actor.holds(Post.SYS_ADMIN, Post.SEC_ADMIN)
    return [kind for kind in Told if administers or kind != Told.STOPPED]


def _way(given: str) -> How:
    if given not in set(How) or (given == How.MAIL and not mail.is_set_up()):
        raise BadInput("通知方式不在可选范围内。", "This is not one of the ways of telling.")
    return How(given)


def _keep(request: HttpRequest, given: dict[Told, How]) -> None:
    if mail.is_set_up():
        address = request.POST.get("address", "").strip()
        try:
            if address or How.MAIL in given.values():
                validate_email(address)
        except ValidationError:
            raise BadInput(NO_ADDRESS) from None
        Person.objects.filter(pk=request.user.pk).update(email=address)
    notices.choose(request.actor.person_id, given)
