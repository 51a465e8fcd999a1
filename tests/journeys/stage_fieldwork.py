"""Two planned jobs of the same two officers: `python -m tests.journeys.stage_fieldwork` prints their numbers as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

from guanjian.cli import open_office

PLACE = {"longitude": 121.503, "latitude": 31.245}


def main() -> None:
    """Plan both."""
    open_office()
    from django.utils import timezone

    from guanjian.loops.fieldwork.actions import plan
    from guanjian.org.models import Unit
    from tests.cast import actor

    now, unit = timezone.now(), Unit.objects.get(pk="2201")
    job = {
        "kind": "examination",
        "subject_type": "entry",
        "subject_id": "220120261000000001",
        "place": "城东监管作业场所3号查验台",
        "place_lon": str(PLACE["longitude"]),
        "place_lat": str(PLACE["latitude"]),
        "planned_start": now.isoformat(),
        "planned_end": (now + timedelta(hours=3)).isoformat(),
        "officers": ["front", "colleague"],
    }
    print(json.dumps([plan(actor("chief"), unit, job).pk for _ in range(2)]))


if __name__ == "__main__":
    main()
