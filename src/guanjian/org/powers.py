"""Which post holds a node of internal control on a day? The register of nodes, moved only by what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guanjian.org.models import Power

HEADQUARTERS = "0000"


def holder(node: str, day: date, district_code: str = HEADQUARTERS) -> str:
    """The post that holds the node on this day in this district, or for the whole country; empty where nothing moved it."""
    held = held_on(day, district_code).get(node)
    return held.post if held else ""


def held_on(day: date, district_code: str) -> dict[str, Power]:
    """Who holds which node on this day: what the district decided for itself counts before what was decided for all."""
    found: dict[str, Power] = {}
    for district in dict.fromkeys((HEADQUARTERS, district_code)):
        moved = Power.objects.filter(district_code=district, since__lte=day).order_by("since", "pk")
        found |= {one.node: one for one in moved}
    return dict(sorted(found.items()))


def move(moves: Iterable[Mapping[str, str]], since: date, district_code: str, source: str) -> None:
    """From this day on these nodes are held by other posts; written once for each source."""
    for one in moves:
        Power.objects.get_or_create(
            node=one["node"],
            district_code=district_code,
            source=source,
            defaults={"post": one["to_post"], "since": since},
        )
