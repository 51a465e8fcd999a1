"""Judged weeks in the register: `python -m tests.journeys.stage_risks spread` for three, `calm` for one that is latent."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta

from guanjian.cli import open_office

SPREADING, OF_DISTRICT, LATENT = "R-JOURNEY-1", "R-JOURNEY-2", "R-JOURNEY-3"


def week_of(number: int) -> str:
    """The week so many weeks ago."""
    from django.utils import timezone

    year, week, _ = (timezone.localdate() - timedelta(weeks=number)).isocalendar()
    return f"{year}-W{week:02}"


def judged(number: int, stages: tuple[str, str]):
    """The paper of a week: one risk of headquarters over more and more districts, one of the district, one latent."""
    from guanjian.customs.codes import districts
    from guanjian.kernel.words import Text
    from tests.crossing.papers import owner, paper, risk

    week, units = week_of(number), [one.code for one in districts()[: 4 + 9 * (4 - number)]]
    wide, narrow = (
        risk(SPREADING, stages[0], week),
        risk(OF_DISTRICT, stages[1], week, owner("leadership", "2200")),
    )
    wide = replace(wide, unit_codes=tuple(units), course=({**wide.course[0], "units": units},))
    title = Text("上海关区：取样送检超期偏多", "Shanghai: samples are sent late")
    narrow = replace(narrow, title=title, unit_codes=("2200",), course=({**narrow.course[0], "units": ["2200"]},))
    return paper(week, wide, narrow, risk(LATENT, "latent", week))


def main(how: str) -> None:
    """Follow the papers; the newest also lies where the weekly job keeps it."""
    open_office()
    from django.conf import settings

    from guanjian.crossing.risks import follow
    from guanjian.lenses.judged import papers_of
    from guanjian.loops.register.models import Register

    spread = [judged(4, ("emerging",) * 2), judged(3, ("trending", "emerging")), judged(2, ("general", "emerging"))]
    for paper in spread if how == "spread" else [judged(1, ("general", "latent"))]:
        follow(paper)
    folder = papers_of(settings.GUANJIAN_LAKE)
    folder.mkdir(exist_ok=True)
    (folder / f"{paper.week}.json").write_text(json.dumps(paper.as_dict()))
    (folder / f"{paper.week}.run.json").write_text("{}")
    print(json.dumps(dict(Register.objects.filter(closed_at=None).values_list("lineage", "pk"))))


if __name__ == "__main__":
    main(sys.argv[1])
