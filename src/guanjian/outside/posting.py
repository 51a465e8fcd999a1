"""What another system posts: findings, each row taken by itself, refused with a sentence or opened as an alert exactly once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput, GuanjianError
from guanjian.kernel.papers import Finding
from guanjian.kernel.words import Names, Text
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.models import Alert
from guanjian.moving.verbs import note
from guanjian.org.models import Unit
from guanjian.org.posts import Label
from guanjian.outside.models import Posted, Scope, System
from guanjian.outside.reading import read
from guanjian.outside.registry import may

MOST = 200  # rows of one request


class Became(Names):
    """What became of one row."""

    OPENED = "opened", "已立预警", "An alert was opened"
    KNOWN = "known", "已报送过", "Known already"
    REFUSED = "refused", "不予接收", "Refused"


@dataclass(frozen=True)
class Row:
    """The answer to one row."""

    id: str
    became: Became
    why: Text | None = None


def post(system: System, rows: list[Any]) -> list[Row]:
    """Each row in a transaction of its own: what was taken stays taken, whatever happens to the next."""
    may(system, Scope.POST)
    if not 1 <= len(rows) <= MOST:
        raise BadInput(f"一次报送1至{MOST}条。", f"Post 1 to {MOST} findings at a time.")
    answers = [_one(system, row) for row in rows]
    kinds = Counter(answer.became.value for answer in answers)
    note("system.posted", system.person_id, system.actor(), dict(sorted(kinds.items())))
    return answers


def _one(system: System, row: Any) -> Row:
    own_id = str(row.get("id", ""))[:80] if isinstance(row, dict) else ""
    try:
        own_id, finding = read(system, row)
        unit = _place(system, finding.unit_code)
        return Row(own_id, _taken(system, own_id, finding, unit))
    except GuanjianError as problem:
        return Row(own_id, Became.REFUSED, problem.text)


def _place(system: System, code: str) -> Unit:
    """The unit, inside the territory that the system was given."""
    unit = Unit.objects.filter(pk=code).first()
    if unit is None:
        raise BadInput(f"没有单位“{code[:20]}”。", f"There is no unit “{code[:20]}”.")
    place = Alert(
        unit_code=unit.code, house_code=unit.house_code, district_code=unit.district_code, label=Label.LIMITED
    )
    if not system.holding.reaches(place):
        raise BadInput(f"单位“{code}”不在本系统的范围内。", f"Unit “{code}” is outside this system's territory.")
    return unit


def _taken(system: System, own_id: str, finding: Finding, unit: Unit) -> Became:
    content = hashlib.sha256(json.dumps(_said(finding), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    try:
        return _once(system, (own_id, content), finding, unit)
    except IntegrityError:  # the same number or the same finding came twice at once: whoever was first has opened it
        return _once(system, (own_id, content), finding, unit)


@transaction.atomic
def _once(system: System, row: tuple[str, str], finding: Finding, unit: Unit) -> Became:
    own_id, content = row
    if known := Posted.objects.filter(system=system, own_id=own_id).first():
        return _again(known, content)
    alert = open_from_finding(finding, unit, system.actor(), system.person_id)
    opened = alert or Alert.objects.get(finding_key=finding.key)
    Posted.objects.create(system=system, own_id=own_id, content=content, alert=opened, at=timezone.now())
    return Became.OPENED if alert else Became.KNOWN


def _said(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in Finding.__dataclass_fields__}


def _again(known: Posted, content: str) -> Became:
    if known.content != content:
        raise BadInput(
            "这个编号已报送过另一内容，请用新编号。", "This number was posted with another content: use a new one."
        )
    return Became.KNOWN
