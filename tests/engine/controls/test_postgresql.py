"""One SQL text, two databases: DuckDB and PostgreSQL answer alike, event by event."""

import random
from datetime import timedelta

import psycopg
import pytest

from guanjian.engine.controls.all_templates import TEMPLATES
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.side import SHAPES
from guanjian.engine.controls.template import Question
from tests.engine.controls.asked import ask
from tests.engine.controls.test_plain_reading import next_arguments
from tests.engine.controls.worlds import ACTS, PEOPLE, START

KINDS = {
    "TIMESTAMP": "timestamp",
    "DOUBLE": "double precision",
    "DATE": "date",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "bigint",
}
MORE = {
    "wd": Rule("time_limit", {"a": "a", "b": "b", "amount": 2, "unit": "wd"}),
    "month": Rule("time_limit", {"a": "a", "b": "b", "amount": 1, "unit": "m", "each": True}),
    "days": Rule("off_hours", {"a": "a", "start": 22, "end": 6, "working_days": True}),
    "three": Rule("apart", {"steps": ["a", ["b", "c"], "d"]}),
}


def a_log():
    """Two hundred objects by a fixed dice."""
    dice, log = random.Random(7), {}
    for number in range(200):
        at, trace = START + timedelta(minutes=dice.randrange(20000)), []
        for _ in range(dice.randrange(1, 8)):
            maybe = lambda *values: dice.choice([None, *values])  # noqa: E731
            trace.append(
                {"activity": dice.choice(ACTS), "at": at, "officer_id": maybe(*PEOPLE), "approver_id": maybe(*PEOPLE)}
                | {"unit_code": maybe("u1", "u2"), "post": maybe("chief"), "evidence": maybe("h1", f"h{number}")}
                | {"amount": maybe(1.0, 4.0, 9.0), "base": maybe(1.0, 3.0), "required": maybe("A", "B", "J")}
                | {"actual": maybe("A", "B", "C"), "party": maybe("e1", "p1"), "reason": maybe("", "said")}
                | {"received_at": maybe(at + timedelta(minutes=90)), "ended_at": maybe(at + timedelta(minutes=45))}
                | {"lon": maybe(121.5, 122.9), "lat": maybe(31.2), "place_lon": maybe(121.5), "place_lat": maybe(31.2)}
                | {"from_lon": maybe(121.4, 121.9), "from_lat": maybe(31.2)}
            )
            at += timedelta(minutes=dice.choice([0, 1, 60, 1440, 20000]))
        log[f"o{number:03d}"] = trace
    return log


WORLD = {
    "authorities": [{"holder": "p1", "activity": "a", "limit_cny": 3.0}, {"holder": "chief", "limit_cny": None}],
    "relations": [{"officer_id": "p1", "other_id": "e1"}, {"officer_id": "p2", "other_id": "p1"}],
    "rosters": [{"unit_code": "u1", "officer_id": "p1", "starts_at": START, "ends_at": START + timedelta(days=9)}],
    "qualifications": [{"officer_id": "p1", "course": "k", "passed": True, "on": START.date(), "expires": None}],
}


def copied(run, postgres) -> None:
    """The tables that the rules read, as plain text and numbers in PostgreSQL."""
    for table in ("log", "working_days", *(f"side_{name}" for name in SHAPES)):
        described = run.connection.execute(f"DESCRIBE {table}").fetchall()
        columns = ", ".join(
            f"{name} {'numeric' if kind.startswith('DECIMAL') else KINDS.get(kind, 'text')}"
            for name, kind, *_ in described
        )
        postgres.execute(f"CREATE TABLE {table} ({columns})")
        rows = run.connection.execute(f"SELECT * FROM {table}").fetchall()
        marks = ", ".join(["%s"] * len(described))
        postgres.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


@pytest.mark.postgres
def test_both_databases_answer_alike(postgres_server):
    rules = {name: Rule(name, next_arguments(name)) for name in TEMPLATES} | MORE
    run = ask(rules, a_log(), WORLD)
    with psycopg.connect(host=postgres_server["HOST"], user="postgres", dbname="postgres") as postgres:
        copied(run, postgres)
        found = 0
        for code, rule in rules.items():
            sql = rule.sql(Question())
            here = set(run.connection.execute(sql).fetchall())
            there = set(postgres.execute(sql).fetchall())
            assert here == there, code
            found += bool(here)
        postgres.rollback()
    assert found > 0.8 * len(rules)
