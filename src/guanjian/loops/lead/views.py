"""The desk of 廉政线索核实, and the page on which a person who is asked sees the question and answers for himself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from guanjian.kernel.errors import GuanjianError, Locked, NotFound
from guanjian.kernel.papers import Verdict
from guanjian.kernel.words import Text
from guanjian.loops.lead.flow import FLOW
from guanjian.loops.lead.models import Lead
from guanjian.moving.sealed import UNLOCK
from guanjian.moving.verbs import advance, note
from guanjian.org.actor import CONCERNED, Actor
from guanjian.org.unlocked import key_of
from guanjian.pages import evidence
from guanjian.pages.desk import Column, Desk, Row, Section, register
from guanjian.pages.forms import fields, typed

GONE = ("没有待您说明的问题，或已经说明。", "No question waits for your reply, or it was answered.")
THANKS = Text("您的说明已记录。", "Your reply is recorded.")
REPLY = FLOW.step("reply")


def _heard(lead: Lead, actor: Actor) -> list[Row]:
    said = lead.facts.get("reply", {}).get("reply", "")
    rows = [
        Row(Text("询问", "Question"), lead.question),
        Row(Text("本人说明", "Reply"), said),
        Row(Text("暂缓至", "Postponed until"), lead.review_on, "when"),
        Row(Text("认定", "Conclusion"), Verdict(lead.verdict).label if lead.verdict else ""),
    ]
    return [row for row in rows if row.value]


DESK = register(
    Desk(
        Lead,
        Text("涉及人员的线索只在上一级监督岗位内核实：先听取本人说明，再作认定；不属实的封存，不留任何影响。",
             "Leads about people, worked by the oversight post above alone: heard first, then concluded; refuted means sealed."),
        columns=(
            Column(Text("所在单位", "Unit"), "subject_unit", "unit"),
            Column(Text("检测点", "Detector"), "code"),
        ),
        sections=(
            *evidence.SECTIONS,
            Section(Text("听取说明与认定", "Hearing and conclusion"), _heard),
        ),
        search_fields=("code",),
    )
)  # fmt: skip


@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """Only the questions put to the person who asks, and nothing of what they are about; that he saw them is noted."""
    if key_of(request.actor.person_id) is None:
        raise Locked(UNLOCK)
    for lead in Lead.objects.put_to(request.actor):
        note("lead.question_read", lead.key, CONCERNED, {}, lead.district_code)
    return _page(request)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's own reply; it closes the question for him."""
    lead = Lead.objects.put_to(request.actor).filter(pk=pk).first()
    if lead is None:
        raise NotFound(*GONE)
    given = typed(request.POST, REPLY.needs)
    try:
        advance(lead, "reply", request.actor, given)
    except GuanjianError as problem:
        return _page(request, (pk, given, problem))
    messages.success(request, str(THANKS))
    return HttpResponseRedirect(reverse("lead:questions"))


def _page(request: HttpRequest, tried: tuple | None = None) -> HttpResponse:
    put = [_question(lead, tried) for lead in Lead.objects.put_to(request.actor).order_by("due_at")]
    return render(request, "lead/questions.html", {"put": put}, status=tried[2].status if tried else 200)


def _question(lead: Lead, tried: tuple | None) -> dict:
    """What the person sees of it: the number, the question, until when. Nothing else leaves the compartment."""
    given, problem = (tried[1], tried[2]) if tried and tried[0] == lead.pk else ({}, None)
    shown = {"pk": lead.pk, "question": lead.question, "due_at": lead.due_at}
    return {**shown, "fields": fields(REPLY.needs, given, f"reply-{lead.pk}"), "problem": problem}
