"""What did the newest weekly judgement see that is not in the register? Latent risks, counted for the reader's territory."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.db.models import Q

from guanjian.kernel.risks import Judgement, Stage
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel


def papers_of(lake: Path) -> Path:
    """Where the judgements of a lake lie: beside it, as `guanjian judge` keeps them."""
    return lake.with_name(lake.name + "-judgements")


def latent(actor: Actor, lake: Path) -> tuple[str, int] | None:
    """The newest judged week and how many latent risks touch this person's territory; None before the first judgement."""
    records = sorted(papers_of(lake).glob("????-W??.run.json"))
    if not records:
        return None
    week = records[-1].name.removesuffix(".run.json")
    paper = records[-1].with_name(f"{week}.json")
    found = _latent(paper, paper.stat().st_mtime_ns)
    within = _territory(actor)
    return week, sum(within is None or bool(within & units) for units in found)


@lru_cache(maxsize=4)
def _latent(paper: Path, _edition: int) -> list[frozenset[str]]:
    """The units of each latent risk."""
    judged = Judgement.from_dict(json.loads(paper.read_text(encoding="utf-8")))
    return [frozenset(risk.unit_codes) for risk in judged.risks if risk.stage is Stage.LATENT]


def _territory(actor: Actor) -> frozenset[str] | None:
    """The units within reach of a business post; None: all of them."""
    reach = Q(pk__in=[])
    for held in actor.holdings:
        if held.post.administers:
            continue
        if held.level == UnitLevel.HQ:
            return None
        column = {UnitLevel.DISTRICT: "district_code", UnitLevel.HOUSE: "house_code"}.get(held.level, "code")
        reach |= Q(**{column: getattr(held, column, held.unit_code)})
    return frozenset(Unit.objects.filter(reach).values_list("code", flat=True))
