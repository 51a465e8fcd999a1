"""What the facts say of each step: is it recorded, is its trace untampered, can it be followed from the beginning?

Every reading gives the same columns: `step object_id unit_code recorded traced traceable`, one row per step taken, or
per step that the facts call for and that nobody recorded. A step that left an event is told by the event; what its own
table says of it counts only where there is none.
"""

from __future__ import annotations

import ibis
from ibis.expr.types import BooleanValue, Table, Value

from guanjian.engine.tables import (
    cases,
    decisions,
    declarations,
    events,
    examinations,
    field_jobs,
    instructions,
    penalties,
    problems,
)
from guanjian.signals.placed import HOUR, between

LATE_HOURS = 24  # a step received by the server later than this, or before it happened, has no untampered trace
OPENINGS = {"entry": "accept", "instruction": "instruct"}  # the step with which the trace of an object begins
DECISIONS = {
    "appointment": "appoint",
    "promotion": "appoint",
    "exchange": "appoint",
    "procurement": "procure",
    "payment": "pay",
    "asset": "dispose_asset",
}
OWN_TABLE = [
    "check_in",
    "check_out",
    "legal_review",
    "approve",
    "file",
    "rectify",
    "decide",
    *sorted(set(DECISIONS.values())),
]


def steps() -> Table:
    """All readings, one below the other."""
    told = events.filter(events.activity.isin(OWN_TABLE)).select(step="activity", object_id="object_id")
    tables = (*_field_work(), *_penalties(), _filings(), _rectifications(), _decisions())
    own = ibis.union(*tables, distinct=False).anti_join(told, ["step", "object_id"])
    return ibis.union(_events(), *_missing(), own, distinct=False)


def _named(text: Value) -> BooleanValue:
    return text.fill_null("") != ""


def _row(facts: Table, step: Value | str, object_id: Value, marks: tuple[Value, Value, Value]) -> Table:
    """The six columns; `marks`: recorded, traced, traceable; an unknown mark is no."""
    names = ("recorded", "traced", "traceable")
    known = {name: mark.cast("boolean").fill_null(False) for name, mark in zip(names, marks, strict=True)}
    step = ibis.literal(step) if isinstance(step, str) else step
    return facts.select(step=step, object_id=object_id, unit_code=facts.unit_code.fill_null(""), **known)


def _events() -> Table:
    """Steps in the trace itself; penalties, which name the entry or the case, are told by their own table."""
    began = events.filter(events.activity.isin(set(OPENINGS.values())))
    began = began.group_by("object_id").agg(began=began["at"].min())
    done = events.filter(events.activity != "penalise").left_join(began, "object_id")
    lag = between(done["at"], done.received_at)
    traced = _named(done.unit_code) & (_named(done.officer_id) | (done.system == "system"))
    traced = traced & (lag >= 0) & (lag <= LATE_HOURS * HOUR)
    traceable = ~done.object_type.isin(list(OPENINGS)) | (done.began <= done["at"])
    return _row(done, done.activity, done.object_id, (done.system != "manual", traced, traceable))


def _missing() -> list[Table]:
    """Steps that other facts call for and that left no event."""
    exams = examinations.inner_join(declarations.select("entry_id", "unit_code"), "entry_id")
    released = declarations.filter(declarations.released_at.notnull())
    called = {
        "examine": (exams, "entry_id"),
        "release": (released, "entry_id"),
        "accept": (declarations, "entry_id"),
        "instruct": (instructions, "instruction_id"),
    }
    never = ibis.literal(False)
    found = []
    for step, (facts, key) in called.items():
        done = events.filter(events.activity == step).select(**{key: events.object_id})
        left = facts.select(key, "unit_code").distinct().anti_join(done, key)
        found.append(_row(left, step, left[key], (never, never, never)))
    return found


def _field_work() -> list[Table]:
    """Arrivals that were planned, departures of those who arrived."""
    there, gone = field_jobs.checked_in_at.notnull(), field_jobs.checked_out_at.notnull()
    arrival = _row(field_jobs, "check_in", field_jobs.job_id, (there, there & (field_jobs.officers.length() > 0), gone))
    arrived = field_jobs.filter(there)
    shown = (arrived.photos > 0).fill_null(False) | (arrived.evidence_hashes.length() > 0).fill_null(False)
    gone = arrived.checked_out_at.notnull()
    return [arrival, _row(arrived, "check_out", arrived.job_id, (gone, gone & shown, gone))]


def _penalties() -> list[Table]:
    """Decisions on penalties, and the review and approval that each needs."""
    done = penalties.inner_join(cases.select("case_id", "unit_code", "filed_at"), "case_id")
    after = done.filed_at <= done.decided_at
    hands = done.officers.length() > 0
    return [
        _row(done, "penalise", done.case_id, (ibis.literal(True), hands, after)),
        _row(done, "legal_review", done.case_id, (_named(done.legal_review_by), _named(done.legal_review_by), after)),
        _row(done, "approve", done.case_id, (_named(done.approved_by), _named(done.approved_by), after)),
    ]


def _filings() -> Table:
    """Cases, which can be followed back when they name their clue or entries."""
    back = _named(cases.clue_id) | (cases.entry_ids.length() > 0)
    return _row(cases, "file", cases.case_id, (ibis.literal(True), _named(cases.unit_code), back))


def _rectifications() -> Table:
    """Problems, which can be followed when they name their node."""
    known = (ibis.literal(True), problems.due_on.notnull(), _named(problems.node_code))
    return _row(problems, "rectify", problems.problem_id, known)


def _decisions() -> Table:
    """Decisions on people, money and things."""
    step = decisions["kind"].cases(*DECISIONS.items(), else_="decide")
    taken = _named(decisions.decider) & _named(decisions.executor)
    seen = _named(decisions.proposer) & _named(decisions.supervisor)
    return _row(decisions, step, decisions.decision_id, (ibis.literal(True), taken, seen))
