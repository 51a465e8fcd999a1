"""The walk: people of all posts take steps of all loops in any order, the clock jumps, and nothing ever breaks."""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from hypothesis.strategies import integers, sampled_from

from guanjian import wiring
from guanjian.crossing import appraising, classes, duties, execution, rosters, rotation, urging, watch
from guanjian.kernel.flow import Step
from guanjian.ledger.models import Entry
from guanjian.ledger.sequencer import seal_all
from guanjian.ledger.verify import verify
from guanjian.loops.alert.actions import open_from_finding as open_alert
from guanjian.loops.lead.actions import open_from_finding as open_lead
from guanjian.loops.posting import actions as postings
from guanjian.loops.rulebook.actions import turn_the_page
from guanjian.loops.training import actions as trainings
from guanjian.moving import verbs
from guanjian.moving.record import Record
from guanjian.moving.sealed import Sealed
from guanjian.moving.sealing import register_records
from guanjian.org.actor import CONCERNED, SYSTEM, Actor
from guanjian.org.calendar import changed
from guanjian.org.models import Relation, Unit
from guanjian.org.posts import Post
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.loops.findings import finding, finding_about_a_person
from tests.loops.world import MODELS, record_of
from tests.walk import chase, leading, office, people, watching
from tests.walk.always import RULES, Deed
from tests.walk.clock import Clock, stopped
from tests.walk.facts import written
from tests.walk.staff import demand_certificates

HAPPENS = {
    f"{name}.{step}"
    for name, model in office.BY_LOOP.items()
    for step in ("start", *(s.name for s in model.FLOW.steps))
}
JUMPS = (timedelta(minutes=7), timedelta(hours=3), timedelta(days=1), timedelta(days=6), timedelta(days=40))
BEGAN = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)  # a Wednesday morning in China, the same in every run
LONGEST = timedelta(days=600)
KINDS = {  # columns in which records of one loop go different ways
    **leading.KINDS,
    **watching.KINDS,
    "case": {"kind": ("criminal", "administrative")},
    "oversight": {"direction": ("to_police", "to_customs")},
    "answer": {"kind": ("prompt", "notice", "conversion", "operation", "support")},
    "training": {"officer_id": ("front", "someone", "risk")},
    "posting": {"from_line": ("police", "customs"), "advises": ("house_leader", "")},
    "meeting": {"kind": ("joint", "situation")},
}
WHAT = (*["carry_on"] * 6, *["carry_the_chain"] * 2, *["meddle"] * 2, *["pass_time"] * 2, "begin_one", "pursue")
seeds = integers(0, 2**32 - 1)


class Walk(RuleBasedStateMachine):
    """One office and its history; rolled back at the end."""

    tried: ClassVar[Counter] = Counter()  # over all examples: how often something was tried, taken and refused
    happened: ClassVar[Counter] = Counter()  # by loop and step, those that follow from others too

    def __init__(self) -> None:
        super().__init__()
        self.stories: dict[str, list[Deed]] = defaultdict(list)
        self.seen = self.turn = 0
        self.kept = ExitStack()
        self.clock = Clock(BEGAN)

    @initialize()
    def settle(self) -> None:
        """An empty office with everybody in it, every loop connected, one clock."""
        self.kept.callback(changed)
        self.kept.enter_context(transaction.atomic())
        self.kept.callback(transaction.set_rollback, True)
        patch = self.kept.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))
        self.kept.enter_context(stopped(self.clock))
        register_records()
        cast.settle()
        changed()
        self.kept.enter_context(unlocked(cast.give_keys(*people.ON_LISTS)))
        one, between, party = people.TIED
        day = timezone.localdate()
        Relation.objects.create(one_id=one, other_id=between, kind="relative", declared_on=day)
        Relation.objects.create(one_id=between, other_id=party, kind="interest", declared_on=day)
        demand_certificates()
        self.seen = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
        for model in MODELS:
            self.begin(Random(0), model)

    @rule(what=sampled_from(WHAT), seed=seeds)
    def something_happens(self, what: str, seed: int) -> None:
        """One turn; the seed and its number decide who does what with which record."""
        self.turn += 1
        getattr(self, f"_{what}")(Random(seed * 1_000_003 + self.turn))
        self._look()

    def _begin_one(self, rng: Random) -> None:
        """A finding arrives, or any loop begins a record."""
        about = {"period": f"turn {self.turn}"}
        if rng.random() < 0.4:
            about["subject_id"] = rng.choice(("E0001", "E0002", "E0003"))
            open_alert(finding(**about), Unit.objects.get(pk="2201"), SYSTEM)
        elif rng.random() < 0.3:
            open_lead(finding_about_a_person(**about), Unit.objects.get(pk="2201-01"), SYSTEM)
        else:
            self.begin(rng, rng.choice(MODELS), subject_id=rng.choice(("E0002", "E0003")))

    def _carry_on(self, rng: Random) -> None:
        """People with the right posts do what one record waits for, up to ten times, while it gets on."""
        self._carry(self._open(rng), rng)

    def _carry_the_chain(self, rng: Random) -> None:
        """The longest ways to an end: a clue, its case and its task, one after the other; a case or a lead alone."""
        model = office.BY_LOOP[rng.choice(("clue", "clue", "case", "lead"))]
        going = list(model.objects.filter(closed_at=None).order_by("-version")[:3])
        if not going:
            return
        first = rng.choice(going)
        others = (first.case_key, first.rectify_key, first.key) if model is office.BY_LOOP["clue"] else ()
        for key in filter(None, (first.key, *others)):
            loop, _, number = key.partition("/")
            self._carry(office.BY_LOOP[loop].objects.get(pk=int(number)), rng, patience=0)

    def _carry(self, record: Record | None, rng: Random, patience: float = 0.6) -> None:
        before = None
        for _ in range(10):
            if (
                record is None
                or not (likely := self._likely(record, rng, patience))
                or (record.state, likely[0]) == before
            ):
                return
            before = record.state, likely[0]
            self.take(record, *likely, rng)
            record = type(record).objects.get(pk=record.pk)

    def _meddle(self, rng: Random) -> None:
        """Anybody tries any step of any record, as it is now or as it was before, three times over."""
        for _ in range(3):
            if (record := self._any(rng)) is not None:
                step = rng.choice([step for step in record.flow.steps if step.by != (Post.SYSTEM,)])
                self.take(record, step, rng.choice(people.PEOPLE), rng, record.version - rng.randint(0, 1))

    def _pursue(self, rng: Random) -> None:
        """Somebody sees one thing through: to where no walk has come yet."""
        chase.pursue(self, rng)

    def _pass_time(self, rng: Random) -> None:
        """The clock jumps, by minutes or by weeks; now and then what watches it looks at it."""
        self.wait(rng.choice(JUMPS))
        if rng.random() < 0.2:
            watch.overdue()
            urging.urge()
            urging.lift_all()
            turn_the_page()
            duties.turn()
            appraising.turn()
            trainings.turn()
            postings.turn()
            rosters.turn()
            classes.turn(None)
            rotation.turn()
            execution.measure_all(None)

    def wait(self, by: timedelta) -> bool:
        """Put the clock forward; not without end: the table of holidays has one."""
        if patient := self.clock.at - self.clock.began < LONGEST:
            self.clock.forward(by)
        return patient

    def teardown(self) -> None:
        """What was sealed is seen by nobody, and the whole ledger agrees with every record."""
        try:
            if self.stories:
                self._look()
                sealed = [one for model in MODELS for one in model.objects.filter(state="sealed")]
                for one in sealed:
                    seen = [
                        who.person_id for who in people.PEOPLE if type(one).objects.visible_to(who).filter(pk=one.pk)
                    ]
                    assert seen == [], f"{one.key} is sealed and seen by {seen}"
                seal_all()
                report = verify()
                assert report.ok, [breach.text() for breach in report.breaches]
                assert report.records == sum(model.objects.count() for model in MODELS)
        finally:
            self.kept.close()

    def begin(self, rng: Random, model: type[Record], **more: str) -> None:
        about = {"subject_type": "enterprise", "subject_id": "E0001", **more}
        kind = {name: rng.choice(values) for name, values in KINDS.get(model.FLOW.name, {}).items()}
        record_of(model, **{**({} if issubclass(model, Sealed) else about), **kind})
        self._look()

    def _open(self, rng: Random) -> Record | None:
        """One of the records that are going on: of any loop alike, or of all records alike."""
        going = office.going()
        if not going:
            return None
        loop = rng.choice(sorted({loop for loop, _ in going})) if rng.random() < 0.5 else ""
        name, number = rng.choice([one for one in going if loop in ("", one[0])])
        return office.BY_LOOP[name].objects.get(pk=number)

    def _any(self, rng: Random) -> Record | None:
        model = rng.choice(MODELS)
        numbers = list(model.objects.values_list("pk", flat=True))
        return model.objects.get(pk=rng.choice(numbers)) if numbers else None

    def _likely(self, record: Record, rng: Random, patience: float) -> tuple[Step, Actor] | None:
        """A step that the record waits for and somebody for it: mostly one that is open to him, and that leads on."""
        steps = [step for step in record.flow.awaited(record.state) if step.by != (Post.SYSTEM,)]
        pairs = [(step, rng.choice(able)) for step in steps if (able := office.able(record, step))]
        readable = office.readable(record)
        if rng.random() < 0.85:
            pairs = [(step, who) for step, who in pairs if step.why_not(who, readable) is None] or pairs
        weights = [4 if step.weight == "main" else 1 for step, _ in pairs]
        if not pairs or (max(weights) == 1 and rng.random() < patience):
            return None  # it waits for another loop: to stop it is not the first thing to do
        return rng.choices(pairs, weights)[0]

    def take(self, record: Record, step: Step, who: Actor, rng: Random, version: int | None = None) -> None:
        """Try it, a second after what was before: a refusal changes nothing; a step leaves exactly its own entry and what
        follows from it."""
        self.clock.forward(timedelta(seconds=1))
        before, due_at = office.photograph(), record.due_at
        given = written(office.readable(record), step.name, who, rng)
        Walk.tried["steps"] += 1
        if refusal := office.refused(record, step, who, given, record.version if version is None else version):
            Walk.tried["refused"] += 1
            assert office.photograph() == before, f"{record.key} {step.name}: refused and yet changed: {refusal}"
            return
        Walk.tried["taken"] += 1
        note(f"{self.clock.at:%m-%d %H:%M} {who.person_id} {record.key} {step.name}")
        assert not office.tied(record, who), (
            f"{who.person_id} is tied to the party of {record.key} and took {step.name}"
        )
        first = self._look(due_at)[0]
        wanted = (record.key, f"{record.flow.name}.{step.name}")
        assert (first.subject, first.event) == wanted, f"{wanted} left {first}"
        assert first.actor in (who.person_id, CONCERNED.person_id)
        moved = type(record).objects.get(pk=record.pk)
        target = str(step.target or record.state)
        assert moved.version > record.version
        assert moved.state == target or len(self.stories[record.key]) > record.version + 1, (
            f"{record.key} {moved.state}"
        )

    def _look(self, due_at: Any = None) -> list[Entry]:
        """Read the new entries into the stories and ask every rule of every record that they touched."""
        new = list(Entry.objects.filter(id__gt=self.seen).order_by("id"))
        self.seen = new[-1].id if new else self.seen
        steps = [entry for entry in new if entry.event in HAPPENS]
        for entry in steps:
            loop, _, name = entry.event.partition(".")
            self.stories[entry.subject].append(Deed(name, entry.actor, entry.at, due_at))
            Walk.happened[loop, name] += 1
        for key in dict.fromkeys(entry.subject for entry in steps):
            self._ask(key, [entry for entry in steps if entry.subject == key])
        versions, records = office.counted()
        assert versions == sum(map(len, self.stories.values())), "a version without its entry, or an entry without it"
        assert records == len(self.stories)
        return steps

    def _ask(self, key: str, entries: list[Entry]) -> None:
        loop, _, number = key.partition("/")
        record, story = office.BY_LOOP[loop].objects.get(pk=int(number)), self.stories[key]
        assert entries[-1].record_hash == record.as_left(), f"{key} is not as its entry left it"
        for ask in RULES:
            ask(record, story)
