"""What a member sees of the list of a sealed record, and what he may ask for: a colleague on it, whom it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.moving import custody
from guanjian.moving.access import holders
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.desk import Desk

NO_SUCH = Text("没有这一步。", "There is no such step.")
ADMITTED = Text("已列入知悉名单，并写入账本。", "On the list now, and written to the ledger.")
ASKED = Text("已提请密钥保管人审批。", "A custodian of keys has been asked.")


@dataclass(frozen=True)
class Compartment:
    """The list, who could join it, and whether the name is withheld from this reader."""

    members: list[Text]
    others: list[tuple[str, Text]]
    withheld: bool
    waiting: bool


def compartment(record: Record, actor: Actor) -> Compartment | None:
    """None for a record that lies in plain columns."""
    if not isinstance(record, Sealed):
        return None
    present, others = holders(record), custody.may_be_let_in(record)
    names.read_people([*present, *others])
    listed = [names.person(one) for one in sorted(present)]
    waiting = custody.is_asked(record, actor)
    return Compartment(listed, [(one, names.person(one)) for one in others], record.withholds, waiting)


def found(desk: Desk, request: HttpRequest, pk: int) -> Sealed:
    """The sealed record, open for this person."""
    record = desk.model.objects.visible_to(request.actor).filter(pk=pk).first()
    if not isinstance(record, Sealed):
        raise NotFound(NO_SUCH)
    record.must_be_open()
    return record


@require_POST
def act(request: HttpRequest, desk: Desk, pk: int, what: str) -> HttpResponse:
    """Let a colleague in, or ask for the name."""
    record = found(desk, request, pk)
    if what == "admit":
        custody.admit(record, request.actor, request.POST.get("person", ""))
        messages.success(request, str(ADMITTED))
    elif what == "disclose":
        custody.ask_disclosure(record, request.actor, request.POST.get("reason", ""))
        messages.success(request, str(ASKED))
    else:
        raise NotFound(NO_SUCH)
    return HttpResponseRedirect(reverse(f"{desk.name}:record", args=[pk]))
