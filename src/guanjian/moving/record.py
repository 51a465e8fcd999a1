"""What every loop's record is made of, and who may see it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from guanjian.kernel.clock import running, turned
from guanjian.kernel.flow import FOR, Facts, Flow, Step
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import end_of, lamp
from guanjian.ledger.canonical import canonical
from guanjian.moving.models import Signature
from guanjian.org.actor import Actor
from guanjian.org.calendar import in_force, working_days
from guanjian.org.models import Unit
from guanjian.org.posts import Label, Post, UnitLevel


def new_salt() -> str:
    """Thirty-two random bytes that keep the ledger's hashes of a compartment from being guessed."""
    return secrets.token_hex(32)


# Written out in the text: the index of the compartments is used only where no parameter stands for the label.
IN_COMPARTMENT = Q(label=RawSQL(f"'{Label.INTEGRITY.value}'", (), models.CharField()))


class Records(models.QuerySet):
    """Every read of a loop begins with `visible_to`: rows that a person may not see never leave the database."""

    beyond_posts = False  # True where somebody sees a row that lies outside the territory of all his posts

    def visible_to(self, actor: Actor) -> Self:
        """The rows in the territory of the actor's posts that read this loop, and the compartments that he is on."""
        allowed = Q(pk__in=[])
        for held in actor.holdings:
            if held.post in self.model.FLOW.posts:
                allowed |= self._reach(held)
        return self.filter(allowed)

    @staticmethod
    def _reach(held) -> Q:
        compartment = IN_COMPARTMENT & Q(compartment=held.unit_code)
        inside = compartment if held.post == Post.OVERSIGHT and not held.acting_for else Q(pk__in=[])
        match held.level:
            case UnitLevel.HQ:
                return inside | ~IN_COMPARTMENT
            case UnitLevel.DISTRICT:
                return inside | Q(district_code=held.district_code) & ~IN_COMPARTMENT
            case UnitLevel.HOUSE:
                return inside | Q(house_code=held.house_code) & ~IN_COMPARTMENT
            case _:
                return inside | Q(unit_code=held.unit_code) & ~IN_COMPARTMENT

    def waiting_for(self, actor: Actor) -> Self:
        """Of the visible rows, those in a state in which one of the actor's posts has a step."""
        posts = {held.post for held in actor.holdings}
        states = {state for step in self.model.FLOW.steps if posts & set(step.by) for state in step.source}
        return self.visible_to(actor).filter(state__in=sorted(states))

    def about(self, subject_type: str, subject_id: str) -> Self:
        """The rows about one subject."""
        return self.filter(subject_type=subject_type, subject_id=subject_id)


class Record(models.Model):
    """One matter in a loop. Written by `moving` only; `hands` says who took which step, `facts` what was given."""

    FLOW: ClassVar[Flow]

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=24)
    level = models.CharField(max_length=8, default=Level.BLUE)
    rank = models.SmallIntegerField(default=3)  # of the level: the order of a queue needs no CASE
    unit_code = models.CharField(max_length=12)
    house_code = models.CharField(max_length=12, default="", blank=True)
    district_code = models.CharField(max_length=12)
    label = models.CharField(max_length=10, default=Label.LIMITED)
    compartment = models.CharField(max_length=12, default="", blank=True)
    subject_type = models.CharField(max_length=12, default="", blank=True)
    subject_id = models.CharField(max_length=80, default="", blank=True)
    author_id = models.CharField(max_length=40)
    hands = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    clocks = models.JSONField(default=dict)  # by state: when its wait began and stood still
    origin = models.CharField(max_length=60, default="", blank=True)  # the record that this one was opened from
    salt = models.CharField(max_length=64, default=new_salt)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = Records.as_manager()

    class Meta:
        abstract = True
        indexes = [  # `label` stands last so that a bounded count never touches the table
            models.Index(fields=["state", "rank", "due_at", "label"], name="%(class)s_national_queue"),
            models.Index(fields=["district_code", "state", "rank", "due_at", "label"], name="%(class)s_district_queue"),
            models.Index(fields=["house_code", "state", "rank", "due_at", "label"], name="%(class)s_house_queue"),
            *(  # what is closed, the newest first
                models.Index(
                    fields=[*place, "state", "closed_at"],
                    condition=Q(closed_at__isnull=False),
                    name=f"%(class)s_{name}_closed",
                )
                for name, place in (("national", []), ("district", ["district_code"]), ("house", ["house_code"]))
            ),
            models.Index(fields=["subject_type", "subject_id"], name="%(class)s_subject"),
            models.Index(fields=["origin"], name="%(class)s_origin"),
            models.Index(
                fields=["compartment", "state", "rank", "due_at"],
                condition=Q(label=Label.INTEGRITY.value),
                name="%(class)s_compartment",
            ),
        ]

    @property
    def flow(self) -> Flow:
        """The step table of this record's loop."""
        return type(self).FLOW

    @property
    def key(self) -> str:
        """How the ledger and other records name this one: "alert/12"."""
        return f"{self.flow.name}/{self.pk}"

    @property
    def heading(self) -> Text | str:
        """What it is called on a page: its title, in both languages where it is made of words that are known in both."""
        return self.title

    @property
    def state_label(self):
        """The shown name of the state."""
        return self.flow.state(self.state).label

    @property
    def is_closed(self) -> bool:
        """True in a state that ends the loop."""
        return self.state in self.flow.ends

    def lamp(self, now: datetime | None = None) -> str:
        """green, yellow, red or none: how the present wait stands."""
        return lamp(self.entered_at, self.due_at, now or timezone.now())

    def place_in(self, unit: Unit) -> None:
        """Lay the record in this unit's territory."""
        self.unit_code, self.house_code, self.district_code = unit.code, unit.house_code, unit.district_code

    def concerns(self) -> set[str]:
        """The people whom the matter is about: they take no step in it."""
        if self.subject_type in (Subject.OFFICER, Subject.PAIR):
            return {self.subject_id.split("|")[0]}
        return set()

    def parties(self) -> set[str]:
        """The people and enterprises that somebody with a tie to must stand aside from."""
        if self.subject_type in (Subject.OFFICER, Subject.PAIR, Subject.ENTERPRISE):
            return set(self.subject_id.split("|"))
        return set()

    def places(self) -> set[str]:
        """The units that the matter is about: where a loop asks for it, those who serve or served there stand aside."""
        return {self.unit_code}

    def began(self) -> date:
        """Since when it happened: a post left before does not bind."""
        return timezone.localdate(self.opened_at)

    def open_for(self, actor: Actor) -> Self:
        """Have the content ready for this person's step; plain columns need nothing, a sealed record its key."""
        return self

    def must_be_open(self) -> None:
        """Raise `Locked` when the content could not be read for whom it was asked for."""

    def store(self, insert: bool = False) -> tuple[str, ...]:
        """Write the row; returns the people who are no longer on its list."""
        self.save(force_insert=insert, force_update=not insert)
        return ()

    def reread(self) -> None:
        """The row as the database gives it back."""
        self.refresh_from_db()

    def named(self, actor: Actor) -> str:
        """How the ledger names who acts."""
        return actor.person_id

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """Change the fields as the step says: state, facts, hands, clock, version."""
        absent = step.in_place_of(actor, self)
        kept = {name: hand for name, hand in self.hands.items() if name != f"{step.name}{FOR}"}
        self.hands = {**kept, step.name: actor.person_id, **({f"{step.name}{FOR}": absent} if absent else {})}
        self.facts = {**self.facts, step.name: facts}
        for name, value in facts.items():
            if name in _columns(type(self)):
                column = _columns(type(self))[name]
                setattr(self, name, column.to_python(value) if value != "" else column.get_default())
        self.version += 1
        if step.prolongs:
            self.due_at = end_of(date.fromisoformat(self.facts[step.prolongs]["until"]))
        if step.target is not None:
            self.enter(step.target, at)

    def enter(self, state: Names, at: datetime) -> None:
        """Begin or resume the wait of this state; a state that ends the loop closes the record."""
        self.clocks = turned(self.clocks, (self.state, self.entered_at), state.value, self.flow.holds, at)
        since, stops = running(self.clocks, state.value, at)
        self.state, self.entered_at = state.value, at
        day = timezone.localdate(at)
        self.due_at = self.flow.due(self, since, working_days(), lambda limit: in_force(limit, day), stops)
        self.closed_at = at if self.is_closed else None

    def told_to(self, actor: Actor) -> dict[str, Facts]:
        """What was given at each step, without the facts that none of this person's posts is told (a source)."""
        kept = self.flow.protected
        return {
            name: {key: value for key, value in facts.items() if self._may_know(actor, kept.get(name, {}).get(key, ()))}
            for name, facts in self.facts.items()
        }

    def _may_know(self, actor: Actor, only: tuple[Names, ...]) -> bool:
        return not only or any(actor.covers(post, self) for post in only)

    def content(self) -> str:
        """The hash of what a signature is under: all facts given, but for those of the signing steps themselves.

        The stay in this state is part of it: what was sent back and comes again word for word is signed again.
        """
        signing = {step.name for step in self.flow.steps if step.signs}
        given = {name: facts for name, facts in self.facts.items() if name not in signing}
        return _hash({"subject": self.key, "facts": given, "since": self.entered_at})

    def signed(self, step_name: str) -> bool:
        """True when a signature of this step stands under the facts as they are now."""
        return Signature.objects.filter(subject=self.key, step=step_name, content=self.content()).exists()

    def as_left(self) -> str:
        """The hash of every field: the step's ledger entry carries it, so that a change without a step is noticed."""
        return _hash(dict(self._fields()))

    def _fields(self):
        return [(field.attname, getattr(self, field.attname)) for field in self._meta.concrete_fields]


def _columns(model: type[Record]) -> dict[str, models.Field]:
    """The fields that a loop adds to those of every record: only these are filled from a step's facts."""
    shared = {field.name for field in Record._meta.get_fields()}
    return {f.name: f for f in model._meta.concrete_fields if f.name not in shared and not f.primary_key}


def _hash(values: dict) -> str:
    return hashlib.sha256(canonical(_plain(values)).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(timezone.get_default_timezone()).isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)
