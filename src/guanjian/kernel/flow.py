"""A step table is the specification of a loop: who may do what, in which state, giving what, within how long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Calendar, Limit, Stops, Unit, due, end_of

WITHIN = Text("本辖区", "of this territory")
OWNING = Text("本件所在单位", "of the unit that it lies with")
OVER = Text("上一级", "of a level above")
ASKING = Text("下达一方", "of the side that asked")
FOR = ".for"  # beside the hand that took a step: the absent colleague in whose place it was taken
Facts = dict[str, Any]
Rule = Callable[[Any, Facts], Text | None]
Bar = Callable[[Any], Text | None]


class Actor(Protocol):
    """Who acts: one person with the posts held today."""

    person_id: str

    def serves(self, post: str, unit_code: str) -> bool: ...

    def covers(self, post: str, record: Any, above: bool = False) -> bool: ...

    def acting_for(self, posts: Collection[str], record: Any, above: bool = False, own: bool = False) -> str: ...


def is_bureau(unit_code: str) -> bool:
    """True of the code of a police unit."""
    return unit_code[2:3] == "P"


@dataclass(frozen=True)
class Side:
    """The territory of another unit that a record names, as a post reaches one."""

    unit_code: str
    house_code: str
    district_code: str
    label: str
    compartment: str

    @property
    def bureau(self) -> bool:
        """True of the police's side: a bureau of anti-smuggling bears a P behind its district's number."""
        return is_bureau(self.unit_code)

    @classmethod
    def of(cls, record: Any, name: str) -> Side:
        """From the columns that begin with this name."""
        where = (getattr(record, f"{name}_{column}") for column in ("unit_code", "house_code", "district_code"))
        return cls(*where, record.label, record.compartment)


@dataclass(frozen=True)
class Wait:
    """A state in which somebody's turn runs: the limit, by warning level where it differs.

    `until` names the record's own date (a review, a promised day) that ends the wait when it comes before the limit.
    `holds` names the state whose clock stands still while this one waits for the other side.
    """

    state: Names
    limit: Limit | Mapping[str, Limit]
    until: str = ""
    holds: Names | None = None

    def limit_at(self, level: str) -> Limit:
        """The limit for a record of this level; where levels differ, an unknown one gets the shortest listed first."""
        if isinstance(self.limit, Limit):
            return self.limit
        return self.limit.get(level) or next(iter(self.limit.values()))


def graded(code: str, source: str, **limits: tuple[int, Unit]) -> dict[str, Limit]:
    """Limits by warning level, the shortest first: `graded("limit.alert.pushed", source, red=(2, "h"), …)`."""
    return {level: Limit(amount, unit, source, f"{code}.{level}") for level, (amount, unit) in limits.items()}


@dataclass(frozen=True)
class Step:
    """One thing that may happen to a record.

    `apart_from` names earlier steps whose hands must be other hands; `bar` says what about the record forbids the
    step now, `rule` what about the facts given; `sets` are the facts that taking the step fixes by itself; a `heard`
    step is the right of the person concerned, who answers for himself. Without a target the record stays where it is
    and its clock runs on; `prolongs` names the earlier step whose `until` date becomes the end of the wait.
    A step `above` is for the level over the record's own unit: who was asked does not accept his own answer. An `own` one
    is for that unit alone: whoever stands over it reads and does not act in its place. One with a
    `side` is for the territory of another unit that the record names beside its own (columns `<side>_unit_code` …), and of
    customs and police for the one that it belongs to: a bureau reads its whole district and does not judge for customs there.
    Of those who hold the post only they take a step whom the record's attribute `named` lists, and nobody whom
    `kept_from` lists; of the posts only the one that the attribute `whose` names. A `remote` step carries
    what a device signed, or what is asked on a page of its own: it is taken there, never through the form of the panel.
    A step that is `open_to_learners` is taken without the certificate that the post needs: it leads to it.
    A step that `signs` binds the signer to the facts given so far; one that comes `after` signatures wants each of
    them to stand for the present facts: whatever changes a fact makes them void.
    """

    name: str
    title: Text
    source: tuple[Names, ...]
    target: Names | None
    by: tuple[Names, ...]
    needs: tuple[Need, ...] = ()
    apart_from: tuple[str, ...] = ()
    bar: Bar | None = None
    rule: Rule | None = None
    sets: Facts = field(default_factory=dict, hash=False)
    heard: bool = False
    prolongs: str = ""
    signs: bool = False
    above: bool = False
    own: bool = False
    side: str = ""
    whose: str = ""
    named: str = ""
    kept_from: str = ""
    remote: bool = False
    open_to_learners: bool = False
    after: tuple[str, ...] = ()
    help: Text | None = None
    weight: str = "normal"  # normal, main (the obvious next thing) or grave (asks to confirm)

    def why_not(self, actor: Actor, record: Any) -> Text | None:
        """The reason why this actor may not take the step on this record now, or None."""
        if record.state not in self.source:
            return Text("“{step}”在“{state}”状态下不能进行。", "“{step}” cannot be taken in state “{state}”.").filled(
                step=self.title, state=record.flow.state(record.state).label
            )
        return (
            self._wrong_person(actor, record)
            or self._same_hands(actor, record)
            or self._unsigned(record)
            or (self.bar and self.bar(record))
        )

    def posts_for(self, record: Any) -> tuple[Names, ...]:
        """Whose step it is on this record: its posts, or of them the one that the record names."""
        return tuple(post for post in self.by if not self.whose or post == getattr(record, self.whose))

    def is_for(self, actor: Actor, record: Any) -> bool:
        """True when this person holds one of the posts where it takes one."""
        held = [post for post in self.posts_for(record) if actor.covers(post, record, self.above)]
        held = [post for post in held if not self.own or actor.serves(post, record.unit_code)]
        return any(not self.side or actor.covers(post, Side.of(record, self.side)) for post in held)

    def _wrong_person(self, actor: Actor, record: Any) -> Text | None:
        if self.heard and actor.person_id in record.concerns():
            return None
        if not self.is_for(actor, record):
            posts = [post.label for post in self.posts_for(record) or self.by]
            where = ASKING if self.side else OVER if self.above else OWNING if self.own else WITHIN
            return Text("“{step}”由{where}的{posts}办理。", "“{step}” is for {posts} {where}.").filled(
                where=where,
                step=self.title,
                posts=Text("、".join(p.zh for p in posts), " or ".join(p.en for p in posts)),
            )
        if self.named and actor.person_id not in getattr(record, self.named):
            return Text(
                "“{step}”只由本件指定的人员本人办理。", "“{step}” is for the people named in this matter."
            ).filled(step=self.title)
        if self.kept_from and self._hands_of(actor, record) & set(getattr(record, self.kept_from)):
            return Text("“{step}”须由未参与本件的人办理。", "“{step}” is for somebody who has no part in it.").filled(
                step=self.title
            )
        if self._hands_of(actor, record) & record.concerns():
            return Text("本人是当事人，须回避。", "You are concerned in this matter and must recuse yourself.")
        return None

    def _hands_of(self, actor: Actor, record: Any) -> set[str]:
        """The actor, and the absent colleague for whom he would act: what binds either of them binds the step."""
        return {actor.person_id, self.in_place_of(actor, record)} - {""}

    def in_place_of(self, actor: Actor, record: Any) -> str:
        """The absent colleague through whose post alone this person would take the step; mostly nobody."""
        where, above = (Side.of(record, self.side), False) if self.side else (record, self.above)
        return actor.acting_for(self.posts_for(record), where, above, self.own and not self.side)

    def _same_hands(self, actor: Actor, record: Any) -> Text | None:
        mine = self._hands_of(actor, record)
        for earlier in self.apart_from:
            if mine & {record.hands.get(earlier), record.hands.get(f"{earlier}{FOR}")}:
                return Text(
                    "须由另一人办理：本人已办理过“{step}”。", "Another person must do this: you took “{step}” yourself."
                ).filled(step=record.flow.name_of(earlier))
        return None

    def _unsigned(self, record: Any) -> Text | None:
        for earlier in self.after:
            if not record.signed(earlier):
                return Text(
                    "须先经“{step}”；内容改动后原签署无效，须重签。",
                    "“{step}” must be signed first; a change of content voids a signature.",
                ).filled(step=record.flow.name_of(earlier))
        return None

    def checked(self, record: Any, given: Mapping[str, Any]) -> Facts:
        """Only what is asked, each value read into its kind; `NotAllowed` or `BadInput` with the sentence otherwise."""
        facts = {need.name: need.read(given.get(need.name)) for need in self.needs}
        if self.rule and (reason := self.rule(record, facts)):
            raise NotAllowed(reason)
        return {**facts, **self.sets}


@dataclass(frozen=True)
class Flow:
    """The whole loop as data. `readers` may see the records of their territory without any step of their own."""

    name: str
    title: Text
    begins: Names
    ends: tuple[Names, ...]
    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    readers: tuple[Names, ...] = ()
    opens: tuple[Names, ...] = ()  # posts that may begin a record by hand; empty: only wiring does
    opening: tuple[Need, ...] = ()
    aside: tuple[str, ...] = ("relation",)  # the grounds of recusal that this loop asks for (org.recusal.Ground)

    @cached_property
    def states(self) -> type[Names]:
        """The enum of this loop's states."""
        return type(self.begins)

    def state(self, value: str) -> Names:
        """The member for a stored value."""
        return self.states(value)

    @cached_property
    def posts(self) -> frozenset[Names]:
        """Every post that may read a record of this loop in its territory."""
        acting = {post for step in self.steps for post in step.by}
        return frozenset(acting | set(self.readers) | set(self.opens))

    def step(self, name: str) -> Step:
        """The step of this name; `NotAllowed` for an unknown one."""
        for step in self.steps:
            if step.name == name:
                return step
        raise NotAllowed(f"没有“{name}”这一步。", f"There is no step “{name}”.")

    def name_of(self, step_name: str) -> Text:
        """The shown name of a step; the opening of a record counts as `start`."""
        return Text("登记", "Open") if step_name == "start" else self.step(step_name).title

    def next_steps(self, actor: Actor, record: Any) -> list[Step]:
        """The steps that this actor may take on this record now: the buttons of the page."""
        return [step for step in self.steps if step.why_not(actor, record) is None]

    def awaited(self, state: str) -> list[Step]:
        """The steps, whoever's, that a record in this state waits for."""
        return [step for step in self.steps if state in step.source]

    @cached_property
    def protected(self) -> dict[str, dict[str, tuple[Names, ...]]]:
        """By step: the facts that only certain posts are told, and which."""
        kept = {step.name: {need.name: need.only for need in step.needs if need.only} for step in self.steps}
        return {name: needs for name, needs in kept.items() if needs}

    @cached_property
    def holds(self) -> dict[str, str]:
        """By waiting state: the state whose clock stands still meanwhile."""
        return {wait.state.value: wait.holds.value for wait in self.waits if wait.holds is not None}

    def due(
        self, record: Any, since: datetime, calendar: Calendar, limits: Callable[[Limit], Limit], stops: Stops = ()
    ) -> datetime | None:
        """When the present wait, begun at `since` and standing still in `stops`, is over; None where none runs."""
        for wait in self.waits:
            if wait.state == record.state:
                ends = due(since, limits(wait.limit_at(record.level)), calendar, stops)
                day = getattr(record, wait.until) if wait.until else None
                return min(ends, end_of(day)) if day else ends
        return None

    def mermaid(self) -> str:
        """The drawing of the loop, for docs/loops.md."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.begins}"]
        lines += [f"    {state} : {state.label.zh}" for state in self.states]
        for step in self.steps:
            lines += [f"    {source} --> {step.target or source} : {step.title.zh}" for source in step.source]
        return "\n".join(lines + [f"    {end} --> [*]" for end in self.ends])
