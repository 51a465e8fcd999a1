"""Where a walk must come: the ends to which the rules of `always` apply, and the way there through the step table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from guanjian.kernel.flow import Flow, Step
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from tests.walk import office
from tests.walk.governance import RARE as RARE_OF_RULES
from tests.walk.leading import RARE as RARE_OF_LEADERS
from tests.walk.responsibility import RARE as RARE_OF_TASKS
from tests.walk.staff import RARE as RARE_OF_STAFF
from tests.walk.watching import RARE as RARE_OF_WATCHES

if TYPE_CHECKING:
    from tests.walk.machine import Walk

End = tuple[str, str]  # a loop and its step
RARE: tuple[list[End], ...] = (  # any one of each; a walk that never comes there proves nothing about its rule
    [("clue", "close"), ("clue", "countersign")],
    [("case", "decide"), ("case", "decide_together")],
    [("case", "prosecute")],
    [("lead", "conclude")],
    [("lead", "seal")],
    [("instruction", "approve")],
    [("operation", "launch")],
    [("prompt", "complete")],
    [("convert", "complete")],
    *RARE_OF_RULES,
    *RARE_OF_LEADERS,
    *RARE_OF_TASKS,
    *RARE_OF_STAFF,
    *RARE_OF_WATCHES,
)
OFTEN = 30  # steps of each loop
FAR, PATIENCE = 1_000, 24
JUMPS = (timedelta(hours=3), timedelta(days=2), timedelta(days=12), timedelta(days=35))


def never(walk: type[Walk]) -> list[list[End]]:
    """The ends where no walk has come yet."""
    return [ends for ends in RARE if not any(walk.happened[end] for end in ends)]


def seldom(walk: type[Walk]) -> list[str]:
    """The loops of which too little was seen."""
    taken = dict.fromkeys(office.BY_LOOP, 0)
    for (loop, step), times in walk.happened.items():
        taken[loop] += times * (step != "start")
    return [loop for loop, times in taken.items() if times < OFTEN]


def pursue(walk: Walk, rng: Random) -> None:
    """Lead one record to an end that no walk has seen, or anywhere in a loop of which little was seen."""
    if missing := never(type(walk)):
        loop, step = rng.choice(rng.choice(missing))
        wanted = [step]
    elif few := seldom(type(walk)):
        loop, wanted = rng.choice(few), []
    else:
        return
    _lead(walk, _chosen(walk, loop, rng), wanted, rng)


def _chosen(walk: Walk, loop: str, rng: Random) -> Record:
    """A record of this loop that goes on; a new one where there is none, and now and then all the same."""
    model = office.BY_LOOP[loop]
    numbers = list(model.objects.filter(closed_at=None).values_list("pk", flat=True))
    if not numbers or rng.random() < 0.2:
        walk.begin(rng, model)
        return model.objects.order_by("-pk")[0]
    return model.objects.get(pk=rng.choice(numbers))


def _lead(walk: Walk, record: Record, wanted: list[str], rng: Random, deep: int = 2) -> None:
    """Take the steps that lead there, wait where the time has not come, and see to what was opened from the record."""
    ways = distances(record.flow, wanted)
    for _ in range(PATIENCE):
        record = type(record).objects.get(pk=record.pk)
        if record.closed_at or any(walk.happened[record.flow.name, step] for step in wanted):
            return
        if pairs := _onward(record, ways, wanted, rng):
            walk.take(record, *rng.choice(pairs), rng)
        elif deep and (opened := office.children(record)):
            for one in opened:
                _lead(walk, one, [], rng, deep - 1)
        elif not walk.wait(rng.choice(JUMPS)):
            return


def _onward(record: Record, ways: dict[str, int], wanted: list[str], rng: Random) -> list[tuple[Step, Actor]]:
    """The steps that come nearer, each with somebody who may take it now; the wanted step before all others."""
    here, readable = ways.get(str(record.state), FAR), office.readable(record)
    near = [
        step
        for step in record.flow.awaited(record.state)
        if step.by != (Post.SYSTEM,) and (step.name in wanted or _after(step, record, ways) < here)
    ]
    free = [(step, [who for who in office.able(record, step) if step.why_not(who, readable) is None]) for step in near]
    pairs = [(step, rng.choice(able)) for step, able in free if able]
    return [pair for pair in pairs if pair[0].name in wanted] or pairs


def _after(step: Step, record: Record, ways: dict[str, int]) -> float:
    """How far it is from where this step leads; a signature stays and comes half a step nearer until it is given."""
    if step.target is None or step.target == record.state:
        signs = step.signs and not record.signed(step.name)
        return ways.get(str(record.state), FAR) - 0.5 if signs else FAR
    return ways.get(str(step.target), FAR)


def distances(flow: Flow, wanted: Iterable[str]) -> dict[str, int]:
    """By state: how many steps it is to a state from which a wanted step starts; without one, to an end."""
    there = {str(state) for step in flow.steps if step.name in wanted for state in step.source}
    found = dict.fromkeys(there or map(str, flow.ends), 0)
    for far in range(1, len(flow.steps) + 1):
        last = {state for state, steps in found.items() if steps == far - 1}
        for step in flow.steps:
            if step.target is not None and str(step.target) in last:
                for state in step.source:
                    found.setdefault(str(state), far)
    return found
