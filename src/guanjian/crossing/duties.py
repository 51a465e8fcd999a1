"""What does the trace show of a leader's duties? His own steps in his post and territory, compartments left out; never typed in."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.utils import timezone

from guanjian.crossing.dereliction import credits_of, faults_of
from guanjian.crossing.duty_trace import DUTY_OF
from guanjian.ledger.canonical import canonical
from guanjian.ledger.models import Entry
from guanjian.loops.duty.models import Duty
from guanjian.loops.duty.rules import period_is_over
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM, Actor, Holding
from guanjian.org.models import Unit
from guanjian.org.posts import Label, Post, UnitLevel

Row = dict[str, str]
KEPT = 20  # of each duty the newest so many steps are kept by name; all are counted


def turn() -> dict[str, int]:
    """Look at the trace of every list that runs; those whose period is over get their evidence. Asked again, nothing changes."""
    running = [duty for duty in Duty.objects.filter(state="running").order_by("pk") if duty.period_from]
    entries, told = steps_of(running), {"looked": 0, "taken": 0}
    for duty in running:
        traced = traced_of(duty, entries[duty.subject_id])
        if period_is_over(duty) is None:
            advance(duty, "take_evidence", SYSTEM, traced)
            told["taken"] += 1
        elif traced["traced_hash"] != duty.traced_hash:
            advance(duty, "look", SYSTEM, traced)
            told["looked"] += 1
    return told


def steps_of(duties: Collection[Duty]) -> dict[str, list[Entry]]:
    """By person: the entries that may evidence a duty, in one reading of the ledger."""
    found: dict[str, list[Entry]] = defaultdict(list)
    if duties:
        spans = [duty.period for duty in duties]
        within = {"at__gte": min(first for first, _ in spans), "at__lt": max(end for _, end in spans)}
        people = {duty.subject_id for duty in duties}
        for entry in Entry.objects.filter(actor__in=people, event__in=DUTY_OF, **within).order_by("id"):
            found[entry.actor].append(entry)
    return found


def traced_of(duty: Duty, entries: Iterable[Entry]) -> dict[str, Any]:
    """The facts of taking the evidence: each duty with its count, the steps, what speaks for and against, and their hash."""
    rows = _evidence(duty, entries)
    counts = Counter((row["kind"], row["line"]) for row in rows)
    tallies = [{**item, "found": str(counts[item["kind"], item["line"]])} for item in duty.items]
    credits = credits_of(duty)
    known = {"tallies": tallies, "evidence": _newest(rows), "credits": credits, "faults": faults_of(duty, credits)}
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    digest = hashlib.sha256(canonical({**known, "all": rows}).encode()).hexdigest()
    return {**known, "upto": str(newest), "traced_hash": digest}


def acting(duty: Duty) -> Actor:
    """The person with this one post alone, in the unit of the list."""
    unit = Unit.objects.get(pk=duty.unit_code)
    held = Holding(Post(duty.post), unit.code, UnitLevel(unit.level), unit.district_code, unit.house_code)
    return Actor(duty.subject_id, duty.subject_id, (held,))


def _evidence(duty: Duty, entries: Iterable[Entry]) -> list[Row]:
    """His steps in the period that his post may take, in matters that the post reads there."""
    first, end = duty.period
    within = [entry for entry in entries if first <= entry.at < end]
    seen = _seen(acting(duty), {entry.subject for entry in within})
    return [_row(entry) for entry in within if entry.subject in seen and _is_for(duty.post, entry.event)]


def _row(entry: Entry) -> Row:
    kind, line = DUTY_OF[entry.event]
    at = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M")
    return {"kind": kind.value, "line": line.value, "key": entry.subject, "step": entry.event.partition(".")[2], "at": at}  # fmt: skip


def _is_for(post: str, event: str) -> bool:
    loop, _, name = event.partition(".")
    return post in _loops()[loop].FLOW.step(name).by


def _seen(who: Actor, keys: Collection[str]) -> set[str]:
    """Of these matters, those that this post reads; no compartment."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        loop, _, number = key.partition("/")
        numbers[loop].add(int(number))
    found = set()
    for loop, wanted in numbers.items():
        rows = _loops()[loop].objects.visible_to(who).filter(pk__in=wanted).exclude(label=Label.INTEGRITY)
        found |= {f"{loop}/{number}" for number in rows.values_list("pk", flat=True)}
    return found


def _loops() -> dict[str, type[Record]]:
    return {model.FLOW.name: model for model in apps.get_models() if issubclass(model, Record)}


def _newest(rows: list[Row]) -> list[Row]:
    kept, left = [], Counter()
    for row in reversed(rows):
        left[row["kind"], row["line"]] += 1
        if left[row["kind"], row["line"]] <= KEPT:
            kept.append(row)
    return kept[::-1]
