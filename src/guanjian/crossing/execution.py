"""How far is a rule followed? The controls that it names are asked of the lake, for its territory and the period evaluated."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any

from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import BadInput
from guanjian.loops.rulebook.models import Rulebook
from guanjian.moving.placing import HEADQUARTERS
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.calendar import working_days

log = logging.getLogger(__name__)
NO_DATA = "没有导入业务数据，无法检验"
NO_CONTROL = "制度未列控制，无法检验"
UNREADABLE = "业务数据暂不可检验"
PART = """SELECT * FROM ({sql}) AS whole WHERE object_id IN (
    SELECT object_id FROM ({sql}) AS begun GROUP BY object_id
    HAVING CAST(min("at") AS DATE) BETWEEN DATE '{first}' AND DATE '{last}'{here})"""
HERE = " AND bool_or(officer_id IN (SELECT officer_id FROM officers WHERE {unit}))"


def measure_all(lake: Lake | None) -> int:
    """Measure every rule whose evaluation waits for it; how many."""
    waiting = list(Rulebook.objects.filter(state="evaluating", tested=None).order_by("pk"))
    for rule in waiting:
        advance(rule, "measure", SYSTEM, measured(rule, lake))
    return len(waiting)


def measured(rule: Rulebook, lake: Lake | None) -> dict[str, Any]:
    """What the controls of the rule found among the objects that began within the period in the rule's territory.

    The controls are those in force on the last day of the period. An evaluation does not wait for data: it says what is missing.
    """
    said = rule.said_on(rule.until_day)
    codes = said.controls if said else ()
    if not codes or lake is None:
        return _told([], NO_CONTROL if not codes else NO_DATA)
    try:
        return _told(_asked(rule, lake, codes), "")
    except (BadInput, OSError):
        log.exception("execution of %s", rule.key)
        return _told([], UNREADABLE)


def _asked(rule: Rulebook, lake: Lake, codes: Collection[str]) -> list[dict[str, str]]:
    from guanjian.engine.session import Session
    from guanjian.signals.controls.asking import ask_lake
    from guanjian.signals.controls.catalogue import catalogue

    known = [one for code, one in catalogue().items() if code in codes]
    with Session(lake) as session:
        session.connection.execute("SET TimeZone = 'Asia/Shanghai'")
        answer = ask_lake(session.connection, known, working_days(), narrowed=_part(rule))
    rows = [
        _row(tally.code, tally.passed + tally.breached, tally.breached, tally.untestable) for tally in answer.tallies
    ]
    return rows + [_row(code, 0, 0, 0) for code in codes if code not in {one.code for one in known}]


def _part(rule: Rulebook) -> Callable[[str], str]:
    """Headquarters' rules are measured everywhere, a district's in the district, a house's in the house."""
    unit = rule.house_code or rule.district_code
    column = "unit_code" if rule.house_code else "district_code"
    inside = f"unit_code IN (SELECT unit_code FROM units WHERE {column} = '{unit}')"
    if rule.house_code:
        inside = f"({inside} OR starts_with(unit_code, '{unit}-'))"
    here = HERE.format(unit=inside) if rule.district_code != HEADQUARTERS else ""
    first, last = rule.from_day.isoformat(), rule.until_day.isoformat()
    return lambda sql: PART.format(sql=sql, first=first, last=last, here=here)


def _row(code: str, tested: int, breached: int, untestable: int) -> dict[str, str]:
    counted = {"tested": tested, "breached": breached, "untestable": untestable}
    return {"control": code, **{name: str(count) for name, count in counted.items()}}


def _told(rows: list[dict[str, str]], said: str) -> dict[str, Any]:
    total = {name: str(sum(int(row[name]) for row in rows)) for name in ("tested", "breached")}
    return {"measured": rows, **total, "measured_note": said}
