"""Watching the clocks between customs and police: what is overdue, or fined against the law, opens a notice by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.lenses.fined import fined_as_crimes
from guanjian.loops.case.actions import bureau_of
from guanjian.loops.case.flow import S as CaseState
from guanjian.loops.case.models import Case
from guanjian.loops.case.rules import CRIME_FROM_CNY
from guanjian.loops.clue.flow import S as ClueState
from guanjian.loops.clue.models import Clue
from guanjian.loops.oversight.actions import Breach, open_notice
from guanjian.loops.oversight.needs import RULE, Basis, Direction, direction_of
from guanjian.moving.record import Record
from guanjian.org.models import Unit

log = logging.getLogger(__name__)
OWED = {  # the waits in which one side owes something to the other
    Clue: {
        ClueState.SUBMITTED: Basis.TRANSFER_LATE,
        ClueState.APPROVED: Basis.TRANSFER_LATE,
        ClueState.SUPPLEMENT: Basis.ITEMS_MISSING,
        ClueState.TRANSFERRED: Basis.NOT_RECEIVED,
        ClueState.FORWARDED: Basis.NOT_RECEIVED,
        ClueState.REVIEWED: Basis.NOT_REVIEWED,
        ClueState.RECONSIDERED: Basis.NOT_REVIEWED,
        ClueState.SETTLED: Basis.NOT_FED_BACK,
        ClueState.FILED: Basis.NOT_FED_BACK,
    },
    Case: {CaseState.DECIDED: Basis.NOT_FED_BACK, CaseState.FED_BACK: Basis.ADVICE_IGNORED},
}


@dataclass(frozen=True)
class Late:
    """A matter that stands overdue in a wait that the other side is owed."""

    record: Record
    basis: Basis

    def breach(self) -> Breach:
        """What the notice says; the moment is when the wait began, so that the same wait is called once."""
        customs, police = self.record.unit_code, bureau_of(self.record.district_code).code
        to_police = direction_of(self.basis) == Direction.TO_POLICE
        since = timezone.localtime(self.record.entered_at)
        said = f"“{self.record.state_label.zh}”自{since:%Y-%m-%d %H:%M}起，已超过期限。（依据：{RULE[self.basis]}）"
        issuer, owing = (customs, police) if to_police else (police, customs)
        return Breach(self.basis, self.record.key, since.isoformat(), self.record.title, said, issuer, owing)


def overdue(now: datetime | None = None, lake: Path | None = None) -> int:
    """Open one notice to each breach that stands now; how many were new. Asking again opens nothing."""
    late = (partial(Late.breach, one) for one in _late(now or timezone.now()))
    fined = (partial(_fine, row) for row in _fined(lake)) if lake else ()
    return sum(_opened(told) for told in chain(late, fined))


def _opened(told: Callable[[], Breach]) -> bool:
    try:
        return open_notice(told()) is not None
    except BadInput as gap:  # a district without a bureau: said in the log, the others go on
        log.warning("%s", gap.text.zh)
        return False


def _late(now: datetime) -> Iterator[Late]:
    for model, owed in OWED.items():
        waiting = model.objects.filter(state__in=[str(state) for state in owed])
        for record in waiting.filter(_is_over(model, now)).order_by("pk").iterator(chunk_size=500):
            yield Late(record, owed[record.flow.state(record.state)])


def _is_over(model: type[Record], now: datetime) -> Q:
    """The limit has passed; an advice also when its own day for an answer has."""
    over = Q(due_at__lte=now)
    if model is Case:
        today = timezone.localdate(now).isoformat()
        over |= Q(state=CaseState.FED_BACK, facts__feed_back__answer_by__lt=today)
    return over


def _fined(lake: Path) -> list[dict]:
    """Fines in place of a transfer, as the lake's own cases and penalties tell them, in the units that the office knows."""
    try:
        found = fined_as_crimes(lake, CRIME_FROM_CNY)
    except NotFound:
        return []  # nothing was imported yet
    units = Unit.objects.in_bulk([row["unit_code"] for row in found])
    return [{**row, "unit": units[row["unit_code"]]} for row in found if row["unit_code"] in units]


def _fine(row: dict) -> Breach:
    unit = row["unit"]
    said = (
        f"案件{row['case_id']}偷逃税额{row['evaded_cny']:,.2f}元，已达刑事标准，作罚款{row['fine_cny']:,.2f}元处理，"
        f"未见移送。（依据：{RULE[Basis.FINED]}）"
    )
    customs = Unit.objects.get(pk=unit.district_code) if unit.kind == "police" else unit
    moment = row["decided_at"].isoformat()
    issuer = bureau_of(unit.district_code).code
    return Breach(Basis.FINED, f"lake-case/{row['case_id']}"[:60], moment, row["case_id"], said, issuer, customs.code)
