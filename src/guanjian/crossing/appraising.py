"""What does an appraisal count? Steps in the ledger of the district, as known at one instant; counted again, the same comes out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

from guanjian.ledger.canonical import canonical
from guanjian.ledger.models import Entry
from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.appraisal.needs import Measure
from guanjian.loops.appraisal.rules import period_is_over
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.posts import Label

COUNTS = {
    Measure.ALERTS: ("alert.dispose",),
    Measure.EXAMINED: ("instruction.examine",),
    Measure.TRANSFERRED: ("clue.transfer",),
    Measure.SUPPLEMENTED: ("clue.supplement",),
    Measure.CLOSED_OUT: ("rectify.close_out",),
    Measure.RECEIVED: ("clue.receive",),
    Measure.RETURNED: ("clue.return_papers",),
    Measure.REFUSED: ("clue.refuse",),
    Measure.CRIMINAL: ("clue.file_criminal",),
    Measure.ADMINISTRATIVE: ("clue.file_administrative",),
    Measure.DECIDED: ("case.decide", "case.decide_together"),
    Measure.PROSECUTED: ("case.prosecute",),
    Measure.FED_BACK: ("case.feed_back",),
    Measure.OPERATIONS: ("operation.conclude",),
    Measure.BREACHES: ("oversight.uphold",),
}
OF_EVENT = {event: measure for measure, events in COUNTS.items() for event in events}
ALONG_THE_CHAIN = {
    Measure.CHAIN_FILED: ("clue.file_criminal", "clue.file_administrative"),
    Measure.CHAIN_FED_BACK: ("clue.feed_back",),
    Measure.CHAIN_PLUGGED: ("clue.plug",),
}
Seen = dict[Measure, dict[str, str]]  # by measure: each matter once, with its unit


def turn() -> dict[str, int]:
    """Freeze every sheet whose period is over, count again where it was asked; how many."""
    told = {"frozen": 0, "recounted": 0}
    for state, step, name in (("opened", "freeze", "frozen"), ("recounting", "recount", "recounted")):
        for one in Appraisal.objects.filter(state=state).order_by("pk"):
            if one.period_from and period_is_over(one) is None:
                advance(one, step, SYSTEM, counted(one))
                told[name] += 1
    return told


def counted(one: Appraisal) -> dict[str, Any]:
    """The inputs of a sheet as known when it was first frozen, without the matters left out."""
    upto = one.upto or _newest()
    seen = _along_the_chain(one, upto, _in_the_period(one, upto))
    counts = {measure: Counter(units.values()) for measure, units in seen.items()}
    rows = [
        {"measure": measure.value, "unit": unit, "count": str(count)}
        for measure in Measure
        for unit, count in sorted(counts.get(measure, {}).items())
    ]
    about = {
        "district": one.district_code,
        "from": one.period_from,
        "until": one.period_until,
        "left_out": one.left_out,
    }
    matters = {measure.value: sorted(units) for measure, units in seen.items()}
    digest = hashlib.sha256(canonical({**about, "upto": upto, "rows": rows, "matters": matters}).encode()).hexdigest()
    return {"inputs": rows, "upto": str(upto), "inputs_hash": digest}


def _newest() -> int:
    return Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _in_the_period(one: Appraisal, upto: int) -> Seen:
    """Each matter once for each thing that happened to it in the period."""
    first, end = one.period
    seen: Seen = defaultdict(dict)
    entries = Entry.objects.filter(stream=one.district_code, id__lte=upto, at__gte=first, at__lt=end)
    for entry in entries.filter(event__in=OF_EVENT).order_by("id").iterator():
        body = json.loads(entry.body)
        if body.get("label", Label.INTEGRITY) == Label.INTEGRITY or entry.subject in one.left_out:
            continue
        seen[OF_EVENT[entry.event]][entry.subject] = body["unit"]
        if entry.event == "instruction.examine" and body["facts"].get("found") == "find":
            seen[Measure.FINDS][entry.subject] = body["unit"]
    return seen


def _along_the_chain(one: Appraisal, upto: int, seen: Seen) -> Seen:
    """How far the clues that were transferred in the period had come by the instant, whenever that was."""
    clues = seen.get(Measure.TRANSFERRED, {})
    for measure, events in ALONG_THE_CHAIN.items():
        later = Entry.objects.filter(stream=one.district_code, id__lte=upto, event__in=events)
        come = set(later.values_list("subject", flat=True)) & set(clues)
        if come:
            seen[measure] = {key: clues[key] for key in come}
    return seen
