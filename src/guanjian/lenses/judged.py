"""What did the newest weekly judgement see that is not in the register? Latent risks, and where nothing could be seen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db.models import Q

from guanjian.kernel.risks import UNDETECTABLE, Judgement, Stage
from guanjian.kernel.words import Text
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel


def papers_of(lake: Path) -> Path:
    """Where the judgements of a lake lie: beside it, as `guanjian judge` keeps them."""
    return lake.with_name(lake.name + "-judgements")


@dataclass(frozen=True)
class TooLittle:
    """One indicator that cannot be judged in some units alone: the cases that would be needed, who falls short, the sentence.

    `together`: whether all units taken together have enough.
    """

    line_code: str
    indicator_code: str
    title: Text
    needed: float
    units: tuple[str, ...]
    together: bool
    said: Text


def latent(actor: Actor, lake: Path) -> tuple[str, int] | None:
    """The newest judged week and how many latent risks touch this person's territory; None before the first judgement."""
    paper = _newest(lake)
    if paper is None:
        return None
    within = _territory(actor)
    found = [frozenset(risk.unit_codes) for risk in paper.risks if risk.stage is Stage.LATENT]
    return paper.week, sum(within is None or bool(within & units) for units in found)


def too_little(actor: Actor, lake: Path) -> tuple[str, list[TooLittle]] | None:
    """The newest judged week and what is not detectable at the volume of units of this person's territory; as `latent`."""
    paper = _newest(lake)
    if paper is None:
        return None
    within = _territory(actor)
    rows = []
    for row in paper.volumes:
        units = tuple(code for code in row["not_detectable"] if within is None or code in within)
        if units:
            title = Text(**row["title"]) if row.get("title") else Text(row["indicator_code"], row["indicator_code"])
            said = UNDETECTABLE.filled(short=len(units), needed=row["needed"])
            place = row["line_code"], row["indicator_code"], title
            rows.append(TooLittle(*place, row["needed"], units, row["all_units"], said))
    return paper.week, sorted(rows, key=lambda one: (one.needed, one.line_code, one.indicator_code))


def _newest(lake: Path) -> Judgement | None:
    records = sorted(papers_of(lake).glob("????-W??.run.json"))
    if not records:
        return None
    paper = records[-1].with_name(records[-1].name.replace(".run.json", ".json"))
    return _read(paper, paper.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(paper: Path, _edition: int) -> Judgement:
    return Judgement.from_dict(json.loads(paper.read_text(encoding="utf-8")))


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
