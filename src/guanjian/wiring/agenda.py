"""Which numbers and records lie before a meeting? Those of its territory, as every reader of their loop may know them.

Only loops whose records all their readers see alike are counted; nothing with the label of a compartment is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.kernel.risks import Stage
from guanjian.kernel.workdays import CHINA
from guanjian.loops.alert.models import Alert
from guanjian.loops.meeting.agenda import Figure
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.register.models import Register
from guanjian.loops.urge.flow import Kind as Urging
from guanjian.loops.urge.models import Urge
from guanjian.moving.record import Record
from guanjian.org.models import Unit
from guanjian.org.posts import Label, UnitLevel

KEYS = 20  # records named to a figure, the most urgent first
Counted = tuple[Figure, QuerySet]


def drawn(meeting: Record, period: Facts) -> dict[str, list[Facts]]:
    """The agenda of this meeting for a period, item by item."""
    place = _Place(meeting)
    span = _moments(period)
    items = {
        "alerts": _alerts(place, span),
        "overdue": _overdue(place),
        "recurrences": _recurrences(place, span),
        "stages": _stages(place),
        "notices": _notices(place, span),
    }
    return {name: [row for counted in figures for row in place.rows(*counted)] for name, figures in items.items()}


class _Place:
    """The territory of the unit that called the meeting, and by which smaller units it is counted."""

    def __init__(self, meeting: Record) -> None:
        self.unit = Unit.objects.get(pk=meeting.unit_code)
        self.within, self.column = {
            UnitLevel.HQ: ({}, "district_code"),
            UnitLevel.DISTRICT: ({"district_code": self.unit.district_code}, "house_code"),
            UnitLevel.HOUSE: ({"house_code": self.unit.house_code}, "unit_code"),
            UnitLevel.SECTION: ({"unit_code": self.unit.code}, "unit_code"),
        }[UnitLevel(self.unit.level)]

    def of(self, model: type[Record], **wanted: object) -> QuerySet:
        """Its records of this loop, without any compartment."""
        return model.objects.filter(**self.within, **wanted).exclude(label=Label.INTEGRITY)

    def rows(self, figure: Figure, found: QuerySet) -> Iterator[Facts]:
        """One row to a unit: how many, and the most urgent of them."""
        numbers = dict(found.order_by().values_list(self.column).annotate(n=Count("pk")))
        named: dict[str, list[str]] = {}
        for code, number in found.order_by("rank", "due_at", "pk").values_list(self.column, "pk")[:KEYS]:
            named.setdefault(code, []).append(f"{found.model.FLOW.name}/{number}")
        for code in sorted(numbers):
            keys = " ".join(named.get(code, ()))
            yield {"unit": code or self.unit.code, "figure": figure.value, "number": str(numbers[code]), "keys": keys}


def _moments(period: Facts) -> tuple[datetime, datetime]:
    first, last = (date.fromisoformat(period[name]) for name in ("from_day", "until_day"))
    return datetime.combine(first, time(), CHINA), datetime.combine(last + timedelta(days=1), time(), CHINA)


def _alerts(place: _Place, span: tuple[datetime, datetime]) -> list[Counted]:
    going = place.of(Alert, closed_at=None)
    return [
        (Figure.NEW, place.of(Alert, opened_at__gte=span[0], opened_at__lt=span[1])),
        (Figure.OPEN, going),
        (Figure.LATE, going.filter(due_at__lt=timezone.now())),
    ]


def _overdue(place: _Place) -> list[Counted]:
    going = place.of(Urge, closed_at=None)
    return [(Figure(kind.value), going.filter(kind=kind.value)) for kind in Urging]


def _recurrences(place: _Place, span: tuple[datetime, datetime]) -> list[Counted]:
    found = place.of(Rectify, opened_at__gte=span[0], opened_at__lt=span[1])
    return [(Figure.RECURRED, found.exclude(recurrence_of=[]))]


def _stages(place: _Place) -> list[Counted]:
    going = place.of(Register, closed_at=None)
    return [(Figure(stage.value), going.filter(stage=stage.value)) for stage in reversed(Stage)]


def _notices(place: _Place, span: tuple[datetime, datetime]) -> list[Counted]:
    sent = place.of(Prompt, opened_at__gte=span[0], opened_at__lt=span[1]).exclude(state__in=["drafted", "dropped"])
    return [(Figure.NOTICE, sent.filter(kind="notice")), (Figure.PROMPT, sent.filter(kind="prompt"))]
