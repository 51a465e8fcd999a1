"""Opening an alert from a finding, and what closed alerts teach: outcomes, and each detector's hit and false-alarm rate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Finding, Outcome, Subject, Verdict
from guanjian.kernel.shares import Share
from guanjian.loops.alert.flow import S
from guanjian.loops.alert.models import Alert
from guanjian.moving.found import of_dataset, open_once
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_from_finding(finding: Finding, unit: Unit, actor: Actor, source: str = "") -> Alert | None:
    """The alert of a new finding, in the unit that it is about; None when it is open already."""
    if finding.subject_type.names_a_person:
        raise BadInput("涉及人员的线索只能进入廉政隔离区。", "A finding about a person opens in the compartment only.")
    return open_once(Alert, [finding], actor, unit, titled=_title, **of_dataset(source))


def _title(finding: Finding) -> str:
    what = finding.evidence.get("detector_zh", finding.code)
    return f"{what}：{finding.subject_type.label.zh} {finding.subject_id}"[:200]


def outcomes_since(when: datetime | None = None) -> Iterator[Outcome]:
    """What the alerts closed since then decided, oldest first: cases teach detectors."""
    closed = Alert.objects.filter(state=S.CLOSED, closed_at__isnull=False)
    if when is not None:
        closed = closed.filter(closed_at__gte=when)
    for alert in closed.order_by("closed_at", "pk").iterator():
        yield Outcome(
            outcome_id=alert.key,
            finding_id=alert.finding_key,
            code=alert.code,
            subject_type=Subject(alert.subject_type),
            subject_id=alert.subject_id,
            verdict=Verdict(alert.verdict),
            decided_at=alert.closed_at,
            source=alert.key,
            amount_cny=alert.amount_cny,
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """How one detector has done so far; undetermined counts as closed, and as neither hit nor false alarm."""

    code: str
    alerts: int
    closed: int
    confirmed: int
    refuted: int
    undetermined: int

    @property
    def hit(self) -> Share | None:
        """Confirmed of closed; None while nothing is closed."""
        return Share(self.confirmed, self.closed) if self.closed else None

    @property
    def false_alarm(self) -> Share | None:
        """Refuted of closed; None while nothing is closed."""
        return Share(self.refuted, self.closed) if self.closed else None


def decided(most: int = 20_000) -> list[tuple[str, float, str]]:
    """Detector, strength and verdict of the alerts closed last: what a cut is tuned on."""
    closed = Alert.objects.filter(state=S.CLOSED).order_by("-closed_at", "-pk")
    return list(closed.values_list("code", "score", "verdict")[:most])


def since() -> datetime:
    """When the first alert was opened; now while there is none."""
    return Alert.objects.aggregate(first=Min("opened_at"))["first"] or timezone.now()


def rates() -> list[Rate]:
    """By detector: alerts, closed, and how they ended. Integrity leads are another loop and never counted here."""
    closed = Q(state=S.CLOSED)
    counted = Alert.objects.values("code").annotate(
        alerts=Count("pk"),
        closed=Count("pk", filter=closed),
        **{verdict.value: Count("pk", filter=closed & Q(verdict=verdict.value)) for verdict in Verdict},
    )
    return [Rate(**row) for row in counted.order_by("code")]
