"""What another system learns: how its own findings ended, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Verdict
from guanjian.outside.models import Posted, Scope, System
from guanjian.outside.registry import may

PAGE = 100
SETTLING = timedelta(seconds=5)  # what is still being written is told the next time: a page never passes it over


@dataclass(frozen=True)
class Learned:
    """How one finding ended."""

    id: str
    verdict: Verdict
    amount_cny: str | None
    decided_at: datetime


def outcomes(system: System, after: str = "") -> tuple[list[Learned], str]:
    """The outcomes of its own findings in the order of their decision, and the mark to go on from."""
    may(system, Scope.READ)
    rows = Posted.objects.filter(system=system, alert__closed_at__lte=timezone.now() - SETTLING)
    if after:
        since, pk = _mark(after)
        rows = rows.filter(Q(alert__closed_at__gt=since) | Q(alert__closed_at=since, pk__gt=pk))
    page = list(rows.select_related("alert").order_by("alert__closed_at", "pk")[:PAGE])
    mark = f"{page[-1].alert.closed_at.isoformat()}_{page[-1].pk}" if page else after
    return [_learned(row) for row in page], mark


def _mark(after: str) -> tuple[datetime, int]:
    moment, _, number = after.rpartition("_")
    try:
        since = datetime.fromisoformat(moment)
        if since.tzinfo is None or not 0 <= int(number) < 2**63:
            raise ValueError(after)
    except ValueError:
        raise BadInput(
            "续页标记有误，请用上一页给出的 next。", "The mark is wrong: take `next` of the page before."
        ) from None
    return since, int(number)


def _learned(row: Posted) -> Learned:
    alert = row.alert
    amount = None if alert.amount_cny is None else str(alert.amount_cny)
    return Learned(row.own_id, Verdict(alert.verdict), amount, alert.closed_at)
