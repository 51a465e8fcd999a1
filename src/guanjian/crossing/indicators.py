"""Officers' indicators: measured for their authors, published to the lake while in force, and tried in silence before."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from guanjian.customs.formula.indicator import Indicator as Measure
from guanjian.engine.formula.backtest import back_test
from guanjian.engine.formula.flagged import Span
from guanjian.engine.formula.governed import FILE, Governed
from guanjian.engine.run import hash_of
from guanjian.engine.session import Session
from guanjian.ingest.lake import Lake
from guanjian.ingest.manifest import write_durably
from guanjian.kernel.errors import NotFound
from guanjian.loops.indicator.actions import measured_now
from guanjian.loops.indicator.flow import S
from guanjian.loops.indicator.models import Indicator
from guanjian.moving.verbs import advance, note
from guanjian.org.actor import SYSTEM

WRITES = {"preview": "show_preview", "ask_back_test": "back_test"}  # who asks, and the step that answers
NO_DATA = "没有导入数据，无法计算；请先导入 {tables}。"


def measure(number: int, asked: str, fingerprint: str, lake: Path) -> dict[str, Any]:
    """Measure one indicator on the days that its step `asked` names, and write the result back on it.

    One that was revised meanwhile is left alone: the answer would not be about it.
    """
    record = Indicator.objects.get(pk=number)
    if not _still(record, asked, fingerprint):
        return {"moved_on": True}
    span = record.facts[asked]
    told = _told(record.measure, Span(*(date.fromisoformat(span[name]) for name in ("test_from", "test_until"))), lake)
    with transaction.atomic():
        record = Indicator.objects.select_for_update().get(pk=number)
        if not _still(record, asked, fingerprint):
            return {"moved_on": True}
        if "reason" in told:
            return _unmeasured(record, asked, told)
        advance(record, WRITES[asked], SYSTEM, {**told, "fingerprint": fingerprint})
    return told


def _still(record: Indicator, asked: str, fingerprint: str) -> bool:
    """Still the same formula, and still waiting for this answer."""
    waiting = (S.TESTING,) if asked == "ask_back_test" else (S.DRAFT, S.TESTED)
    return record.state in waiting and record.fingerprint() == fingerprint


def _told(indicator: Measure, span: Span, lake: Path) -> dict[str, Any]:
    missing = {"reason": NO_DATA.format(tables="、".join(indicator.reads))}
    try:
        opened = Lake.open(lake)
    except NotFound:
        return missing
    with Session(opened) as session:
        if not all(session.holds(table) for table in indicator.reads):
            return missing
        return {**back_test(session, indicator, span).told(), "lake": hash_of(session.batches_used)}


def _unmeasured(record: Indicator, asked: str, told: dict[str, Any]) -> dict[str, Any]:
    if asked == "ask_back_test":
        advance(record, "cannot_measure", SYSTEM, told)
    return told


def publish(lake: Lake) -> list[Indicator]:
    """Lay those in force into the lake as one file that names its own hash; returns those that were refused.

    Whatever is not as it was tested and approved does not run: its row was changed without a step.
    """
    today = timezone.localdate()
    in_force = [one for one in measured_now() if one.in_force_on(today)]
    standing = [_row(one) for one in in_force if one.stands]
    text = json.dumps(standing, ensure_ascii=False, sort_keys=True, indent=1)
    file = lake.root / FILE
    if text != (file.read_text(encoding="utf-8") if file.exists() else "[]"):
        write_durably(file, text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        note("indicators.published", "indicators/in_force", SYSTEM, {"sha256": digest, "count": len(standing)})
    return [one for one in in_force if not one.stands]


def _row(one: Indicator) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "formula": one.formula,
        "parameters": one.parameters,
        "period": one.period,
        "district": one.district_code,
        "line": one.line_code,
        "level": one.level,
        "since": one.in_force_from.isoformat(),
        "fingerprint": one.tested,
    }


def try_out(lake: Lake) -> int:
    """Measure those on trial since their trial began: counted on the record, alarming nobody; returns how many ran."""
    trials = [one for one in measured_now() if one.state == S.TRIAL and one.stands]
    for one in trials:
        with Session(lake) as session:
            looked = Governed(one.measure, timezone.localdate(one.entered_at)).look(session)
        counted = {"trial_runs": one.trial_runs + 1, "trial_flagged": len(looked.rows)}
        advance(one, "note_trial", SYSTEM, counted)
    return len(trials)
