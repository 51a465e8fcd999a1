"""A roster's own columns: the site and the days, the shifts as they stand, the watch log, the swap that waits, the reading."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.roster import fitness, shifts
from guanjian.loops.roster.flow import BUREAU, FLOW, HOUSE, S
from guanjian.loops.roster.rules import now
from guanjian.loops.roster.shifts import Shift
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.calendar import in_force

TO_READ = timedelta(days=3)  # after the last day
LOGGED = ("take_up", "hand_over", "open_clue")


class Roster(Record):
    """Who stands watch on one site in one period. It lies in the house; the policemen are of the district's bureau."""

    FLOW = FLOW

    place = models.CharField(max_length=120, blank=True, default="")
    from_day = models.DateField()
    until_day = models.DateField()
    shifts = models.JSONField(default=list)
    staff = models.JSONField(default=dict)  # by person: the post in which he stands, and the certificates it needed
    log = models.JSONField(default=list)
    swap = models.JSONField(default=dict)
    swap_post = models.CharField(max_length=20, blank=True, default="")
    planned = models.PositiveIntegerField(null=True)
    covered = models.PositiveIntegerField(null=True)
    partial = models.PositiveIntegerField(null=True)
    missed = models.PositiveIntegerField(null=True)
    minutes_planned = models.PositiveIntegerField(null=True)
    minutes_done = models.PositiveIntegerField(null=True)
    clues = models.PositiveIntegerField(null=True)
    swaps = models.PositiveIntegerField(null=True)
    watches = models.JSONField(default=list)
    summary = models.TextField(blank=True, default="")
    why_missed = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="a_roster_ends_after_it_begins"),
        ]

    @property
    def watch(self) -> list[Shift]:
        """The shifts as they stand, swaps included."""
        return shifts.read(self.shifts)

    @property
    def read_by(self) -> date:
        """When the trace is to be read."""
        return self.until_day + TO_READ

    @property
    def expected(self) -> set[str]:
        """Who is to take up the shift that is going on, and has not."""
        at = now()
        going_on = [shift for shift in self.watch if shift.going_on(at)]
        return {who for one in going_on for who in one.people if not shifts.times(self.log, "take_up", one, (who,))}

    @property
    def standing(self) -> set[str]:
        """Who has taken up a shift and not handed it over."""
        return {
            row["by"] for row in self.log if row["what"] == "take_up"
            and not any(one["what"] == "hand_over" and (one["by"], one["number"]) == (row["by"], row["number"]) for one in self.log)
        }  # fmt: skip

    @property
    def swapping(self) -> set[str]:
        """Whom the swap that waits is about."""
        return {self.swap["leaves"], self.swap["stands_in"]} if self.swap else set()

    def shift(self, number: int) -> Shift | None:
        """The shift of this number."""
        return next((one for one in self.watch if one.number == number), None)

    def hours(self, limit: Limit) -> int:
        """A limit in hours as it is in force today."""
        return in_force(limit, timezone.localdate()).amount

    def unfit(self, given: list[Shift], only: Shift | None = None) -> Text | None:
        """Why these shifts cannot be stood by these people; `only`: the others were looked at before."""
        reason = fitness.why_unfit(self, [only] if only else given)
        return reason or fitness.unrested(given, self._elsewhere(), self.hours(shifts.REST))

    def _elsewhere(self) -> list[Shift]:
        """The shifts of the other rosters of the district around these days."""
        near = Roster.objects.filter(district_code=self.district_code, until_day__gte=self.from_day - TO_READ)
        near = near.filter(from_day__lte=self.until_day + TO_READ).exclude(state__in=(S.DRAFT, S.WITHDRAWN))
        return [shift for one in near.exclude(pk=self.pk) for shift in one.watch]

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; who took up or handed over which shift is logged at the moment when he did."""
        logged = self._logged(step.name, facts, actor, at) if step.name in LOGGED else None
        super().take(step, facts, actor, at)
        match step.name:
            case "arrange":
                self.shifts = [shift.row for shift in self.watch]
                self.staff = fitness.qualified(self, self.watch)
            case "ask_swap":
                self.swap, self.swap_post = facts, self._decides(facts)
            case "grant_swap":
                self._swapped()
            case "refuse_swap":
                self.swap, self.swap_post = {}, ""
        if logged:
            self.log = [*self.log, logged]

    def _logged(self, what: str, facts: Facts, actor: Actor, at: datetime) -> dict[str, object]:
        """One line of the watch log, with the shift that this person stands."""
        mine = [one for one in self.watch if actor.person_id in one.people]
        taken = [row["number"] for row in self.log if row["what"] == "take_up" and row["by"] == actor.person_id]
        number = next((one.number for one in mine if one.going_on(at)), 0) if what == "take_up" else taken[-1]
        said = next((str(facts[name]) for name in ("noted", "handed", "clue_title") if facts.get(name)), "")
        return {"what": what, "by": actor.person_id, "at": at.isoformat(), "number": number, "said": said}

    def _decides(self, facts: Facts) -> str:
        """The head of the side that the swap is about."""
        shift = self.shift(int(facts["number"]))
        return (BUREAU if facts["leaves"] in shift.police else HOUSE)[0].value

    def _swapped(self) -> None:
        number, leaves, stands_in = int(self.swap["number"]), self.swap["leaves"], self.swap["stands_in"]
        changed = [one.with_another(leaves, stands_in) if one.number == number else one for one in self.watch]
        self.shifts, self.swap, self.swap_post = [shift.row for shift in changed], {}, ""
        self.staff = fitness.qualified(self, self.watch)
