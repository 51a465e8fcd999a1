"""The director's page: this week's risks by owner and stage, how they spread, and whether we cry wolf."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guanjian.kernel.errors import NotFound
from guanjian.kernel.risks import Stage
from guanjian.kernel.words import Text
from guanjian.lenses.judged import latent, too_little
from guanjian.loops.register import alarms
from guanjian.loops.register.flow import FLOW
from guanjian.loops.register.models import Register
from guanjian.loops.register.spread import HEIGHT, WIDTH, film
from guanjian.org.actor import Actor
from guanjian.pages import names

SHOWN = 500  # open risks of one reader
RIPEST_FIRST = (Stage.GENERAL, Stage.TRENDING, Stage.EMERGING, Stage.LATENT)


@dataclass(frozen=True)
class Line:
    """One owner's risks, a list for each stage."""

    owner: Text
    by_stage: list[list[Register]]


@dataclass(frozen=True)
class First:
    """What to turn to first this week: the risk, the step that is open to the reader, what is said of it, whose it is."""

    risk: Register
    step: Text | None
    said: Text
    owner: Text


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Risks within the reader's territory; 404 for whom no post reads the register."""
    if not request.actor.holds(*FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    risks = list(Register.objects.visible_to(request.actor).filter(closed_at=None).order_by("rank", "pk")[:SHOWN])
    chosen = _chosen(risks, request.GET.get("risk", ""))
    played = film([chosen] if chosen else risks)
    here = _week(played.frames, request.GET.get("week", ""))
    context = {
        "flow": FLOW,
        "stages": RIPEST_FIRST,
        "lines": _lines(risks),
        "first": _first(risks, request.actor),
        "latent": latent(request.actor, settings.GUANJIAN_LAKE),
        "little": too_little(request.actor, settings.GUANJIAN_LAKE),
        "week": max((one.week for one in risks), default=""),
        "chosen": chosen,
        "film": played,
        "here": here,
        "at": played.frames[here] if played.frames else None,
        "before": played.frames[here - 1].week if here > 0 else "",
        "after": played.frames[here + 1].week if here + 1 < len(played.frames) else "",
        "size": (WIDTH, HEIGHT),
        "ledger": alarms.ledger(),
        "picture": (alarms.WIDTH, alarms.HEIGHT, alarms.BAR),
    }
    return render(request, "register/board.html", context)


def _first(risks: list[Register], actor: Actor) -> First | None:
    """The most urgent risk with a step open to the reader; where all are with others, the most urgent of all."""
    for one in risks:
        steps = FLOW.next_steps(actor, one)
        if steps:
            return First(one, steps[0].title, Text(one.sentence, one.sentence_en), names.unit(one.unit_code))
    one = next(iter(risks), None)
    return one and First(one, None, Text(one.sentence, one.sentence_en), names.unit(one.unit_code))


def _lines(risks: Iterable[Register]) -> list[Line]:
    """Owners with the ripest risks first."""
    owners: dict[str, list[Register]] = {}
    for one in risks:
        owners.setdefault(one.unit_code, []).append(one)
    lines = [Line(names.unit(code), [_of(held, stage) for stage in RIPEST_FIRST]) for code, held in owners.items()]
    return sorted(lines, key=lambda line: [-len(cell) for cell in line.by_stage])


def _of(risks: list[Register], stage: Stage) -> list[Register]:
    return [one for one in risks if one.stage == stage]


def _chosen(risks: list[Register], number: str) -> Register | None:
    return next((one for one in risks if str(one.pk) == number), None)


def _week(frames: list, wanted: str) -> int:
    """The number of the week asked for; the newest where it is none of them."""
    weeks = [frame.week for frame in frames]
    return weeks.index(wanted) if wanted in weeks else max(0, len(weeks) - 1)
