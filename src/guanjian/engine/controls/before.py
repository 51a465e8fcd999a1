"""Before the step: would it break a rule? The same SQL, asked of one object with the step and without.

A rule of control flow is broken for good when nothing that could still happen would satisfy it: every continuation of
up to three steps over the rule's own activities and one other is tried (enough for each template's automaton), and as
many repetitions as the rule counts. A rule about facts is broken when the step itself adds a breach.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

import duckdb
import pyarrow as pa

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.run import Run, wanted_columns
from guanjian.engine.controls.source import Source, recognise
from guanjian.kernel.workdays import Calendar

OTHER = "⟂"
HERE, BEFORE = "?", "0"
Event = Mapping[str, Any]


def would_break(
    rules: Mapping[str, Rule],
    events: Sequence[Event],
    step: Event,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
    calendar: Calendar | None = None,
) -> dict[str, str]:
    """The rules that the step would break, each with the reason. Events and step are in contract names.

    `connection` may hold side tables (see side.lay); one of its own is used otherwise.
    """
    own = connection or duckdb.connect()
    flows = {code: rule for code, rule in rules.items() if rule.template.flow}
    facts = {code: rule for code, rule in rules.items() if not rule.template.flow}
    broken = {code: why for code, rule in flows.items() if (why := _flow(own, rule, events, step))}
    if facts:
        broken |= _facts(own, facts, events, step, calendar)
    return {code: broken[code] for code in rules if code in broken}


def _rows(name: str, events: Sequence[Event]) -> list[dict[str, Any]]:
    return [{**event, "object_id": name, "event_id": i} for i, event in enumerate(events)]


def _asked(own: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], rules: Mapping[str, Rule]) -> Source:
    columns = sorted({name for row in rows for name in row})
    filled = [{name: row.get(name) for name in columns} for row in rows]
    own.execute("DROP TABLE IF EXISTS log_results; DROP VIEW IF EXISTS asked")
    own.register("asked", pa.Table.from_pylist(filled))
    return recognise(own, "SELECT * FROM asked")


def _breaches(
    own: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], rules: Mapping[str, Rule], calendar: Calendar | None
) -> dict[str, dict[str, str]]:
    """Per rule: the objects in breach and their reason."""
    log = arrange(own, _asked(own, rows, rules), wanted_columns(rules.values()))
    Run(log, calendar).ask(rules)
    found: dict[str, dict[str, str]] = {code: {} for code in rules}
    for code, name, why in own.execute(
        "SELECT control, object_id, why || ' ' || len(evidence) FROM log_results WHERE result = 'breach'"
    ).fetchall():
        found[code][name] = why
    return found


def _facts(
    own: duckdb.DuckDBPyConnection,
    rules: Mapping[str, Rule],
    events: Sequence[Event],
    step: Event,
    calendar: Calendar | None,
) -> dict[str, str]:
    """Two separate questions, because some rules look across objects."""
    before = _breaches(own, _rows(HERE, events), rules, calendar) if events else {code: {} for code in rules}
    after = _breaches(own, _rows(HERE, [*events, step]), rules, calendar)
    return {
        code: found[HERE].rpartition(" ")[0]
        for code, found in after.items()
        if HERE in found and found[HERE] != before[code].get(HERE)
    }


def _flow(own: duckdb.DuckDBPyConnection, rule: Rule, events: Sequence[Event], step: Event) -> str:
    counts = [rule.value(name) for name, p in rule.template.parameters.items() if p.annotation == "Count"]
    futures = _futures(rule.activities, max(counts, default=1) + 1)
    doomed_before, _ = _doomed(own, rule, events, futures)
    doomed_after, why = _doomed(own, rule, [*events, step], futures)
    return why if doomed_after and not doomed_before else ""


def _futures(activities: Sequence[str], repeats: int) -> list[tuple[str, ...]]:
    """Every continuation of up to three steps, or of as many as the rule names; and each activity repeated."""
    names = [*activities, OTHER]
    short = [word for length in range(4) for word in product(names, repeat=length)] if len(names) <= 5 else [()]
    return [*short, tuple(activities), *((name,) * k for name in activities for k in range(2, repeats + 1))]


def _doomed(
    own: duckdb.DuckDBPyConnection, rule: Rule, events: Sequence[Event], futures: list[tuple[str, ...]]
) -> tuple[bool, str]:
    """True when every continuation breaks the rule."""
    if not events:
        return False, ""
    last = max(event["at"] for event in events)
    rows: list[dict[str, Any]] = []
    for i, future in enumerate(futures):
        then = [{"activity": name, "at": last + timedelta(seconds=k + 1)} for k, name in enumerate(future)]
        rows += _rows(str(i), [*({"activity": e["activity"], "at": e["at"]} for e in events), *then])
    found = _breaches(own, rows, {"rule": rule}, None)["rule"]
    return len(found) == len(futures), found.get("0", "").rpartition(" ")[0]
