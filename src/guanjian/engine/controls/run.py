"""Ask rules of a log: pass, breach or not testable per object, with the events as evidence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from guanjian.engine.controls import all_templates  # noqa: F401  every template declares itself
from guanjian.engine.controls.log import Log
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.side import lay_working_days
from guanjian.engine.controls.source import quoted
from guanjian.engine.controls.template import Question, one_of, text
from guanjian.engine.controls.variants import fold
from guanjian.kernel.workdays import Calendar

RESULTS = (
    "CREATE TABLE IF NOT EXISTS log_results (control varchar, object_id varchar, result varchar, why varchar, field varchar, "
    "first_at timestamp, evidence varchar[])"
)


@dataclass(frozen=True)
class Tally:
    """The count of a control: objects = passed + breached + untestable. `missing`: why it could not be asked at all."""

    code: str
    objects: int
    breached: int
    untestable: int
    missing: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def passed(self) -> int:
        """Objects that were tested and are in order."""
        return self.objects - self.breached - self.untestable


class Run:
    """One arranged log and the rules asked of it. `log_results` holds the breaches and the untestable objects."""

    def __init__(self, log: Log, calendar: Calendar | None = None, as_of: str = "") -> None:
        self.log = log
        self.connection = log.connection
        self.as_of = f"TIMESTAMP '{as_of}'" if as_of else Question.as_of
        self.variants: int | None = None
        self.connection.execute(RESULTS)
        self._calendar(calendar or Calendar())

    def _calendar(self, calendar: Calendar) -> None:
        first, last = self.connection.execute("SELECT CAST(min(t) AS date), CAST(max(t) AS date) FROM log").fetchall()[
            0
        ]
        first, last = first or date(2026, 1, 1), last or date(2026, 1, 1)
        lay_working_days(self.connection, calendar, first - timedelta(days=1), last + timedelta(days=800))

    def ask(
        self, rules: Mapping[str, Rule], told: Callable[[str], None] = lambda code: None, evidence: bool = True
    ) -> list[Tally]:
        """The tally of each rule, in order; with `evidence`, the rows of `log_results` as well."""
        tallies, flow = [], self._flow_hits(rules)
        for code, rule in rules.items():
            told(code)
            began = time.perf_counter()
            tally = self._flow(code, rule, flow[code], evidence) if code in flow else self._facts(code, rule, evidence)
            tallies.append(Tally(*tally[:5], seconds=time.perf_counter() - began))
        return tallies

    def lacking(self, rule: Rule) -> tuple[str, ...]:
        """The columns and tables without which the rule cannot be asked of this log."""
        columns = [name for name in rule.fields if name not in self.log.columns]
        return (*columns, *lacking(self.connection, rule))

    def _flow_hits(self, rules: Mapping[str, Rule]) -> dict[str, tuple[int, int]]:
        """Control flow is asked of the variants, all rules in one statement (`log_flow_hits`): the number and breaches of each.

        What breaks in a variant breaks in every object of it.
        """
        flow = [code for code, rule in rules.items() if rule.template.flow and not self.lacking(rule)]
        if not flow:
            return {}
        if self.variants is None:
            self.variants = fold(self.connection)
        question = Question("log_steps", self.as_of)
        parts = [f"SELECT {i} AS r, o, n, why FROM ({rules[code].sql(question)}) x" for i, code in enumerate(flow)]
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE log_flow_hits AS {' UNION ALL '.join(parts)}")
        counts = self.connection.execute(
            "SELECT r, sum(objects) FROM (SELECT DISTINCT r, o FROM log_flow_hits) h JOIN log_variants v ON v.v = h.o GROUP BY r"
        ).fetchall()
        breached = {number: int(objects) for number, objects in counts}
        return {code: (i, breached.get(i, 0)) for i, code in enumerate(flow)}

    def _flow(
        self, code: str, rule: Rule, hit: tuple[int, int], evidence: bool
    ) -> tuple[str, int, int, int, tuple[str, ...]]:
        number, breached = hit
        if evidence and breached:
            shown = (
                "SELECT c.o, c.first_n + h.n - v.first_n AS n, h.why FROM log_flow_hits h JOIN log_variants v ON v.v = h.o "
                f"JOIN log_cases c ON c.v = h.o WHERE h.r = {number}"
            )
            self._write(code, rule, shown)
        return code, self.log.objects, breached, 0, ()

    def _facts(self, code: str, rule: Rule, evidence: bool) -> tuple[str, int, int, int, tuple[str, ...]]:
        if missing := self.lacking(rule):
            return code, self.log.objects, 0, self.log.objects, missing
        self._hold(rule.sql(Question("log", self.as_of)))
        subject = rule.value(rule.template.subject) if rule.template.subject else ""
        objects = self.log.objects
        if subject:
            objects = self.connection.execute(f"SELECT count(DISTINCT {subject}) FROM log").fetchall()[0][0]
            breached = self.connection.execute(
                f"SELECT count(DISTINCT l.{subject}) FROM log l JOIN log_hits h ON h.n = l.n"
            ).fetchall()[0][0]
        else:
            breached = self.connection.execute("SELECT count(DISTINCT o) FROM log_hits").fetchall()[0][0]
        untestable = 0 if subject else self._untestable(code, rule)
        if evidence and breached:
            self._write(code, rule, "SELECT o, n, why FROM log_hits", subject)
        return code, objects, breached, untestable, ()

    def _hold(self, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE log_hits AS {sql}")

    def _untestable(self, code: str, rule: Rule) -> int:
        gaps = self._gaps(rule)
        if not gaps:
            return 0
        self.connection.execute(
            f"INSERT INTO log_results (control, object_id, result, field) SELECT {text(code)}, b.object_id, 'untestable', g.field "
            f"FROM (SELECT o, min(field) AS field FROM ({gaps}) x WHERE o NOT IN (SELECT o FROM log_hits) GROUP BY o) g "
            "JOIN log_objects b ON b.o = g.o"
        )
        return self.connection.execute(
            "SELECT count(*) FROM log_results WHERE control = ? AND result = 'untestable'", [code]
        ).fetchall()[0][0]

    def _gaps(self, rule: Rule) -> str:
        """Objects of which an event that the rule looks at lacks a field: `o, field`."""
        parts = [
            f"SELECT o, '{column}' AS field FROM log WHERE {one_of('a', acts)} AND {quoted(column)} IS NULL"
            for column, acts in rule.fields.items()
            if acts
        ]
        if rule.template.untestable and (own := rule.template.untestable(Question("log", self.as_of), **rule.args)):
            parts.append(own)
        return " UNION ALL ".join(parts)

    def _write(self, code: str, rule: Rule, hits: str, subject: str = "") -> None:
        """One row per object in breach: its first moment, the reasons, and the ids of the events in their order."""
        group = f"CAST(l.{subject} AS varchar)" if subject else "b.object_id"
        key = f"l.{subject}" if subject else "h.o, b.object_id"
        join = "" if subject else "JOIN log_objects b ON b.o = h.o"
        self.connection.execute(
            f"INSERT INTO log_results SELECT {text(code)}, {group}, 'breach', "
            "string_agg(DISTINCT h.why, ' ' ORDER BY h.why), NULL, min(l.t), list(CAST(l.event_id AS varchar) ORDER BY l.n) "
            f"FROM (SELECT o, n, min(why) AS why FROM ({hits}) x GROUP BY o, n) h JOIN log l ON l.n = h.n {join} GROUP BY {key}"
        )


def lacking(connection: duckdb.DuckDBPyConnection, rule: Rule) -> tuple[str, ...]:
    """The side tables that a rule reads and that have not been laid."""
    laid = "SELECT table_name FROM duckdb_tables() WHERE temporary"
    known = {name for (name,) in connection.execute(laid).fetchall()} if rule.template.tables else set()
    return tuple(name for name in rule.template.tables if f"side_{name}" not in known)


def wanted_columns(rules: Iterable[Rule]) -> dict[str, str]:
    """Every column that the rules read, with “number” where it is read as one: for `arrange`."""
    rules = list(rules)
    wanted = {name: "" for rule in rules for name in rule.fields}
    return wanted | {name: "number" for rule in rules for name in rule.numbers}


def connect(threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A connection in memory for one run over a log that is not in a lake."""
    return duckdb.connect(config={"threads": threads})
