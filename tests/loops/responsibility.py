"""What the generic tests must know of meetings and tasks: their facts, their records, who reads them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from guanjian.loops.task.models import Task


def _day(offset: int) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


ISSUED_BY = {"issuer_unit_code": "2201", "issuer_house_code": "2201", "issuer_district_code": "2200"}
PART = {
    "role": "host",
    "unit": "2201-01",
    "post": "frontline",
    "what": "逐票复核",
    "standard": "复核率百分之百",
    "by": _day(5),
}
PARTICULAR = {
    ("task", "promise"): {"due_on": _day(9)},
    ("task", "adjust"): {"post": "section_chief", "finish_by": _day(30)},
    ("task", "decompose"): {"parts": [PART]},
    ("task", "extend"): {"finish_by": _day(40)},
    ("task", "evaluate"): {"grade": "good"},
}
PREPARED = {}
FIELDS = {
    "task": {
        "post": "section_chief",
        "finish_by": date.fromisoformat(_day(10)),
        "standard": "整改到位，有据可查",
        "source": "order",
        "kind": "daily",
        **ISSUED_BY,
    }
}
MODELS = (Task,)
READERS = {"task": "front"}
NOUNS = {"task": "tasks"}
