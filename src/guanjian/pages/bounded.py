"""Which rows a person's posts reach, and which of them wait for him: as arms, each in the order of an index.

A queue is asked for as several arms, each with equality on the columns of one index (territory, state) and the order of
that index, and the arms are laid together by the database (`laid`): no sort and no count ever walks the whole table. One
`OR` over territories would read every row that matches before the first could be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from time import time
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from guanjian.kernel.flow import FOR, Step, is_bureau
from guanjian.moving.record import IN_COMPARTMENT, Record
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Post, UnitLevel
from guanjian.pages.turn import steps_of, turns

Minute = tuple[int, str]
PLACES = {
    UnitLevel.HQ: (),
    UnitLevel.DISTRICT: ("district_code",),
    UnitLevel.HOUSE: ("house_code",),
    UnitLevel.SECTION: ("house_code", "unit_code"),
}


class Arm(NamedTuple):
    """The rows that one post reaches, or none does; `narrow` where they are few: then all states are one piece."""

    held: Holding | None
    rows: QuerySet
    narrow: bool = False

    def parts(self, states: Sequence[str]) -> list[Sequence[str]]:
        """These states as the pieces in which they are asked for."""
        whole = [states] if states else []
        return whole if self.narrow else [[state] for state in states]


def alone(actor: Actor, held: Holding) -> Actor:
    """The same person with this one post."""
    return Actor(actor.person_id, actor.name, (held,))


def arms(model: type[Record], actor: Actor) -> Iterator[Arm]:
    """Per post that reads this loop: the visible rows, said so that an index serves them; last, what is seen by no post.

    The filter that follows `visible_to` only repeats a part of it as plain equality; it can never show more.
    """
    for held in dict.fromkeys(actor.holdings):
        if held.post not in model.FLOW.posts:
            continue
        seen = model.objects.visible_to(alone(actor, held))
        yield Arm(held, seen.filter(~IN_COMPARTMENT, **_place(held)))
        if held.post == Post.OVERSIGHT:
            yield Arm(held, seen.filter(IN_COMPARTMENT, compartment=held.unit_code), narrow=True)
    yield Arm(None, model.objects.visible_to(Actor(actor.person_id, actor.name)), narrow=True)


def _place(held: Holding) -> dict[str, str]:
    known = {"district_code": held.district_code, "house_code": held.house_code, "unit_code": held.unit_code}
    return {column: known[column] for column in PLACES[held.level]}


def waiting(arm: Arm, actor: Actor, states: Collection[str] | None = None, *, duty: bool = True) -> QuerySet:
    """Of the rows of this arm, those with something to do for its post, without those that must pass through other hands
    than this person's; or (`duty=False`) those in which it may act beside somebody else's duty.

    In these states, or in all in which this post has such a step.
    """
    flow, held = arm.rows.model.FLOW, arm.held
    states = turns(flow, held, duty) if states is None else list(states)
    found = arm.rows.filter(state=states[0]) if len(states) == 1 else arm.rows.filter(state__in=states)
    for one in states:
        steps = steps_of(held, flow, one, duty) if held else []
        if steps and all(step.apart_from or step.whose or step.own or step.side for step in steps):
            found = found.exclude(_barred(steps, actor, held), state=one)
    return found


def _barred(steps: Sequence[Step], actor: Actor, held: Holding) -> Q:
    """True of a record in which every one of these steps is for other hands, another post or side than this person's.

    Whoever stands in for somebody is bound by both their hands, whichever of them acted for the other.
    A hand that is not there yet is asked for first: NULL would hide the record from everybody.
    """
    every, bound = Q(), [one for one in (actor.person_id, held.acting_for) if one]
    for step in steps:
        mine = Q()
        for earlier in step.apart_from:
            for hand in (earlier, f"{earlier}{FOR}"):
                mine |= Q(**{"hands__has_key": hand, f"hands__{hand}__in": bound})
        if step.own:
            mine |= ~Q(unit_code=held.unit_code)
        if step.whose:
            mine |= ~Q(**{step.whose: held.post})
        if step.side:
            police = Q(**{f"{step.side}_unit_code__regex": "^..P"})
            mine |= ~police if is_bureau(held.unit_code) else police
        if step.side and _place(held):
            mine |= ~Q(**{f"{step.side}_{column}": code for column, code in _place(held).items()})
        every &= mine
    return every


def going(model: type[Record]) -> list[str]:
    """The states that do not end the loop."""
    return [str(state) for state in model.FLOW.states if state not in model.FLOW.ends]


def this_minute() -> Minute:
    """What a kept text of a query is asked with: it is built anew each minute, and for each kind of database."""
    return int(time() // 60), connection.vendor
