"""Writing beside a record and fetching a file: for whoever sees the record, and for nobody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.kernel.words import Text
from guanjian.pages import names
from guanjian.pages.desk import Desk
from guanjian.pages.talk import Written
from guanjian.pages.views import found, show
from guanjian.teamwork import assigning, attachments
from guanjian.teamwork.comments import MENTIONED, comment

SAID = Text("批注已写入，并记入账本。", "Your comment is kept, and noted in the ledger.")
ATTACHED = Text("附件已收下，哈希已记入账本。", "The file is kept, its hash noted in the ledger.")

ASSIGNED = Text("已分派给{name}，并通知本人。", "It is assigned to {name}, who is told.")


@require_POST
def say(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Write a comment; refused, the page comes back with the sentence and with what was typed."""
    seen = found(desk, request, pk)
    text, asked = request.POST.get("text", ""), tuple(request.POST.getlist("asked")[: MENTIONED + 1])
    try:
        comment(seen, request.actor, text, asked)
    except GuanjianError as problem:
        return show(request, desk, found(desk, request, pk), written=Written(problem, text, asked))
    messages.success(request, str(SAID))
    return _back(desk, pk)


@require_POST
def attach(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Take one file."""
    seen, file = found(desk, request, pk), request.FILES.get("file")
    try:
        if file is None:
            raise BadInput(attachments.NONE)
        attachments.attach(seen, request.actor, file, file.name, file.size)
    except GuanjianError as problem:
        return show(request, desk, found(desk, request, pk), written=Written(problem))
    messages.success(request, str(ATTACHED))
    return _back(desk, pk)


@require_POST
def assign(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Give the record to the least loaded of those who may do what it waits for."""
    made = assigning.assign(found(desk, request, pk), request.actor)
    messages.success(request, str(ASSIGNED.filled(name=names.person(made.person_id))))
    return HttpResponseRedirect(reverse(f"{desk.name}:record", args=[pk]))


@require_GET
def file(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """One file, to be saved and never shown: no browser is told what it is."""
    row, content = attachments.opened(found(desk, request, pk), request.actor, number)
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = _saved_as(row.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _saved_as(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _back(desk: Desk, pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"{desk.name}:record", args=[pk]) + "#talk")
