"""Every template read once more, slowly: one trace after another, event after event, as the sentence says it."""

from __future__ import annotations

from guanjian.kernel.workdays import Calendar
from tests.engine.controls.plain_facts import (
    amount_needs,
    at_most,
    band,
    downgraded,
    duplicate_evidence,
    filled,
    on_route,
    reached,
    share,
    speed,
    split,
    within,
)
from tests.engine.controls.plain_order import FLOW
from tests.engine.controls.plain_people import (
    apart,
    authority,
    back_dated,
    off_hours,
    overlap,
    qualified,
    recusal,
    rostered,
    self_approved,
    time_limit,
    too_short,
    too_soon,
    two_persons,
)


def seq(trace):
    return [event["activity"] for event in trace]


FACTS = {
    f.__name__: f
    for f in (
        time_limit, too_soon, too_short, off_hours, back_dated, overlap, apart, self_approved, two_persons, authority,
        recusal, rostered, qualified, within, reached, speed, on_route, duplicate_evidence, share, filled, at_most,
        amount_needs, downgraded, band, split,
    )
}  # fmt: skip


def breached(rule, log, world=None) -> set:
    """The objects (or, where the rule groups by something else, the groups) that break the rule."""
    world = {"calendar": Calendar(), "authorities": [], "relations": [], "rosters": [], "qualifications": []} | (
        world or {}
    )
    if rule.name in FLOW:
        return {o for o, trace in log.items() if not FLOW[rule.name](seq(trace), **rule.args)}
    return FACTS[rule.name](log, world, **rule.args)
