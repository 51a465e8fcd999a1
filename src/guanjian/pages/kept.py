"""Keeping a view of a queue: its filter under a name, for oneself alone."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.kernel.words import Text
from guanjian.org.actor import Actor
from guanjian.pages.desk import Desk
from guanjian.pages.models import SavedView
from guanjian.pages.queue import Asked, Tab

MOST, LONGEST = 20, 30
KEPT = Text("视图“{name}”已保存。", "The view “{name}” is kept.")
FORGOTTEN = Text("视图已删除。", "The view is gone.")
NAME = Text("视图名称应为1至{most}字。", "A view has a name of 1 to {most} characters.").filled(most=LONGEST)
FULL = Text(
    "每类事项最多保存{most}个视图，请先删除不用的。", "At most {most} views of a queue: drop one first."
).filled(most=MOST)
PLAIN = Text("请先设好筛选条件，再保存视图。", "Set a filter first, then keep it.")


def kept(desk: Desk, actor: Actor, asked: Asked) -> list[tuple[SavedView, bool]]:
    """One's own views of this queue, the one being looked at marked."""
    rows = SavedView.objects.filter(person_id=actor.person_id, loop=desk.name).order_by("name")
    return [(row, row.asked == _of(asked)) for row in rows]


def _of(asked: Asked) -> str:
    return replace(asked, after="").address()


@require_POST
def keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what the queue is asked now; the same name again replaces it."""
    asked = Asked.read(QueryDict(request.POST.get("asked", "").lstrip("?")), Tab.OPEN)
    name = " ".join(request.POST.get("name", "").split())
    if not 1 <= len(name) <= LONGEST:
        raise BadInput(NAME)
    if not asked.narrowed:
        raise BadInput(PLAIN)
    mine = SavedView.objects.filter(person_id=request.actor.person_id, loop=desk.name)
    if mine.exclude(name=name).count() >= MOST:
        raise BadInput(FULL)
    query = _of(asked)[:600]
    mine.update_or_create(name=name, person_id=request.actor.person_id, loop=desk.name, defaults={"asked": query})
    messages.success(request, str(KEPT.filled(name=name)))
    return HttpResponseRedirect(reverse(f"{desk.name}:queue") + query)


@require_POST
def forget(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Drop one's own view."""
    gone, _ = SavedView.objects.filter(pk=pk, person_id=request.actor.person_id, loop=desk.name).delete()
    if not gone:
        raise NotFound("没有这个视图。", "There is no such view.")
    messages.success(request, str(FORGOTTEN))
    return HttpResponseRedirect(reverse(f"{desk.name}:queue"))
