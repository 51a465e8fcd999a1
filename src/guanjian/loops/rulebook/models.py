"""A rule: what is decided and waits for publication, its versions, its repeal, and how it did in practice."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.ledger.models import Entry
from guanjian.loops.rulebook.citing import Citation, ask_all, cites
from guanjian.loops.rulebook.flow import FLOW
from guanjian.loops.rulebook.needs import Cited
from guanjian.loops.rulebook.rules import ENOUGH
from guanjian.loops.rulebook.versions import Said, last_day, said_on
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

PUBLISHES = ("promulgate", "take_over")
GATED = ("preview/", "filing/")


class Rulebook(Record):
    """One rule or reform from its decision to its repeal. `versions` is what counts; the columns before it what waits."""

    FLOW = FLOW

    number = models.CharField(max_length=300, blank=True, default="", db_index=True)
    kind = models.CharField(max_length=8, blank=True, default="rule")
    form = models.CharField(max_length=12, blank=True, default="internal")
    text = models.TextField(blank=True, default="")
    parameters = models.JSONField(default=list)
    controls = models.JSONField(default=list)
    trainings = models.JSONField(default=list)
    moves = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True, default="")
    order_no = models.CharField(max_length=300, blank=True, default="")
    in_force_on = models.DateField(null=True)
    versions = models.JSONField(default=list)
    repealed_on = models.DateField(null=True)
    fates = models.JSONField(default=list)
    from_day = models.DateField(null=True)
    until_day = models.DateField(null=True)
    measured = models.JSONField(default=list)
    tested = models.PositiveIntegerField(null=True)
    breached = models.PositiveIntegerField(null=True)
    grade = models.CharField(max_length=8, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; publishing adds a version, and what is evaluated anew is not measured yet."""
        super().take(step, facts, actor, at)
        if step.name in PUBLISHES:
            self.number = self.number or self.order_no
            self.versions = [*self.versions, self._version()]
        if step.name == "begin_evaluation":
            self.measured, self.tested, self.breached, self.grade = [], None, None, ""

    def _version(self) -> dict:
        return {
            "number": len(self.versions) + 1,
            "since": self.in_force_on.isoformat(),
            "order_no": self.order_no or self.number,
            "text": self.text,
            "parameters": self.parameters,
            "controls": self.controls,
            "trainings": self.trainings,
            "source": self.source or self.origin,
        }

    def said_on(self, day: date) -> Said | None:
        """The rule as it reads on this day, or None."""
        return said_on(self.versions, self.repealed_on, day)

    @property
    def last_day(self) -> date | None:
        """The day of the newest version."""
        return last_day(self.versions)

    @property
    def is_old(self) -> bool:
        """True for a rule that was registered by hand and not yet checked: it did not pass the gates here."""
        return not self.versions and not self.origin.startswith(GATED)

    @property
    def execution_percent(self) -> int | None:
        """In how many of a hundred tested objects the rule was followed, rounded down; None where too few were tested."""
        if self.tested is None or self.tested < ENOUGH:
            return None
        return 100 * (self.tested - self.breached) // self.tested

    def office_began(self) -> date:
        """The day of the first entry of the ledger."""
        return timezone.localdate(Entry.objects.earliest("id").at)

    def is_taken(self, number: str) -> bool:
        """True when another rule has this number."""
        return Rulebook.objects.filter(number=number).exclude(pk=self.pk).exclude(state="struck").exists()

    def citations(self) -> list[Citation]:
        """Everything that cites this rule, or that it names itself: in any of its versions, in order."""
        own = {Citation(Cited.CONTROL, code) for version in self.versions for code in version["controls"]}
        own |= {Citation(Cited.THRESHOLD, row["code"]) for version in self.versions for row in version["parameters"]}
        own |= {Citation(Cited.TRAINING, name) for version in self.versions for name in version["trainings"]}
        known = {one.key: one for one in [*own, *ask_all(self.number, self.title), *self._other_rules()]}
        return sorted(known.values())

    def _other_rules(self) -> list[Citation]:
        others = Rulebook.objects.exclude(pk=self.pk).exclude(versions=[]).exclude(state="repealed")
        texts = [(other, " ".join(version["text"] for version in other.versions[-1:])) for other in others]
        return [
            Citation(Cited.RULE, other.number, other.title)
            for other, text in texts
            if cites(text, self.number, self.title)
        ]
