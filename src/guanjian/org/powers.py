"""Which post holds a node of internal control on a day? The register of nodes, moved only by what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from guanjian.org.models import Power

HEADQUARTERS = "0000"


def holder(node: str, day: date, district_code: str = HEADQUARTERS) -> str:
    """The post that holds the node on this day in this district, or for the whole country; empty where nothing moved it.

    What the district decided for itself counts before what headquarters decided for all.
    """
    moved = Power.objects.filter(node=node, since__lte=day).order_by("since", "pk")
    for district in dict.fromkeys((district_code, HEADQUARTERS)):
        newest = moved.filter(district_code=district).last()
        if newest is not None:
            return newest.post
    return ""


def move(moves: Iterable[Mapping[str, str]], since: date, district_code: str, source: str) -> None:
    """From this day on these nodes are held by other posts; written once for each source."""
    for one in moves:
        Power.objects.get_or_create(
            node=one["node"],
            district_code=district_code,
            source=source,
            defaults={"post": one["to_post"], "since": since},
        )
