"""What is to be done with this record now, by this person or by whom else: the panel beside every record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from guanjian.kernel.errors import GuanjianError
from guanjian.kernel.flow import Step
from guanjian.kernel.words import Text
from guanjian.moving.certified import why_uncertified
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.pages.desk import Desk
from guanjian.pages.forms import Field, fields, said_before
from guanjian.pages.turn import is_duty

ORDER = {"main": 0, "normal": 1, "grave": 2}


@dataclass(frozen=True)
class Tried:
    """A step that was refused: what was typed and the sentence that says why."""

    step: str
    typed: Mapping[str, Any]
    problem: GuanjianError


@dataclass(frozen=True)
class Offer:
    """One step that this person may take now, with its form."""

    step: Step
    fields: list[Field]
    is_open: bool
    problem: Text | None = None


@dataclass(frozen=True)
class Panel:
    """The offers, or whom the record waits for; `blocked` are the person's own steps that may not be taken, and why;
    `elsewhere` those that are taken on a page of their own; `beside`: all offers are rights beside a duty of others.
    """

    offers: list[Offer]
    waiting: list[tuple[Step, Text]]
    blocked: list[tuple[Step, Text]]
    elsewhere: list[Step] = field(default_factory=list)
    problem: Text | None = None
    closed: bool = False
    beside: bool = False
    group: str = field(
        default_factory=lambda: token_hex(4)
    )  # of the offers, one of which is open: of this answer alone

    @property
    def first(self) -> Offer | None:
        """The one obvious next thing."""
        return self.offers[0] if self.offers else None


def open_steps(record: Record, actor: Actor) -> list[Step]:
    """The steps that this person may take now; of a row in a long list only those of its state are asked."""
    return [step for step in record.flow.awaited(record.state) if step.why_not(actor, record) is None]


def next_step(record: Record, actor: Actor) -> Step | None:
    """The one obvious next thing of a row, or None while it waits for others."""
    return min(open_steps(record, actor), key=lambda step: ORDER[step.weight], default=None)


def next_title(record: Record, actor: Actor) -> Text | None:
    """What that is called."""
    step = next_step(record, actor)
    return step.title if step else None


def at_once(desk: Desk, actor: Actor) -> list[Step]:
    """The steps that may be taken on several at once: of this person's posts, nothing grave, nothing that signs or names."""
    return [
        step
        for step in desk.model.FLOW.steps
        if actor.holds(*step.by)
        and not (step.weight == "grave" or step.signs or step.remote or step.heard or step.named)
    ]


def panel(record: Record, actor: Actor, tried: Tried | None = None) -> Panel:
    """All that the page says about what comes next."""
    own = open_steps(record, actor)
    offered = sorted((step for step in own if not step.remote), key=lambda step: ORDER[step.weight])
    untrained = {step.name: reason for step in offered if (reason := why_uncertified(record, step, actor))}
    offered = [step for step in offered if step.name not in untrained]
    elsewhere = [step for step in own if step.remote and not why_uncertified(record, step, actor)]
    others = [step for step in record.flow.awaited(record.state) if step not in (*offered, *elsewhere)]
    possible = [step for step in others if _expected(step, record)]
    mine = [
        step
        for step in others
        if not step.remote and any(actor.covers(post, record) for post in step.posts_for(record))
    ]
    beside = bool(own) and not any(is_duty(step, record.flow, record.state) for step in own)
    opened = tried.step if tried and tried.step in {step.name for step in offered} else None
    first = next((step.name for step in offered[:1] if not (beside and step.weight == "grave")), "")
    return Panel(
        offers=[
            _offer(step, record, tried if step.name == opened else None, step.name == (opened or first))
            for step in offered
        ],
        waiting=[(step, posts_of(step, record)) for step in possible or others],
        elsewhere=elsewhere,
        blocked=[
            (step, reason) for step in mine if (reason := step.why_not(actor, record) or untrained.get(step.name))
        ],
        problem=tried.problem.text if tried and not opened else None,
        closed=record.is_closed,
        beside=beside,
    )


def _expected(step: Step, record: Record) -> bool:
    """Whether to tell of a step of others: it may happen, somebody is there for it, and it is no mere note of the system."""
    posts = step.posts_for(record)
    noted = step.target is None and set(posts) == {Post.SYSTEM}
    return bool(posts) and not noted and not (step.bar and step.bar(record))


def _offer(step: Step, record: Record, tried: Tried | None, is_open: bool) -> Offer:
    typed = tried.typed if tried else said_before(step.needs, record)
    return Offer(step, fields(step.needs, typed, step.name), is_open, tried.problem.text if tried else None)


def posts_of(step: Step, record: Record) -> Text:
    """Who takes the step: its posts in both languages."""
    labels = [post.label for post in step.posts_for(record)]
    return Text("、".join(label.zh for label in labels), " or ".join(label.en for label in labels))
