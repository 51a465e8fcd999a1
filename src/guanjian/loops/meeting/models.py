"""A meeting's own columns: who came, what was decided, what both sides hold, and what became of each decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models

from guanjian.kernel.flow import Facts, Step
from guanjian.loops.meeting.flow import FLOW, S
from guanjian.loops.meeting.needs import Kind, Outcome
from guanjian.moving.placing import must_lie_within
from guanjian.moving.record import Record
from guanjian.org.actor import Actor

ISSUED = (S.FOLLOWING, S.CLOSED)
HOLDING = ("hold", "hold_jointly")


class Meeting(Record):
    """One meeting of the unit that called it. The agenda stands among the facts, each item told to its readers alone."""

    FLOW = FLOW

    kind = models.CharField(max_length=12)
    planned_on = models.DateField(null=True)
    invited = models.JSONField(default=list)
    held_on = models.DateField(null=True)
    customs_present = models.JSONField(default=list)
    police_present = models.JSONField(default=list)
    absent = models.JSONField(default=list)
    decisions = models.JSONField(default=list)
    shared_risks = models.JSONField(default=list)
    struck = models.JSONField(default=list)
    minutes = models.TextField(blank=True, default="")
    followed = models.JSONField(default=dict)  # by number of the decision: its task, what became of it, or the reason
    summary = models.TextField(blank=True, default="")

    class Meta(Record.Meta):
        abstract = False

    @property
    def last_day(self) -> date | None:
        """When the last decision is to be done."""
        return max((date.fromisoformat(row["by"]) for row in self.decisions), default=None)

    def outcome_of(self, number: int) -> str:
        """What became of this decision's task."""
        return self._of(number).get("outcome", Outcome.OPEN.value)

    def unsettled(self) -> list[int]:
        """The decisions that have neither a task that is done nor a reason."""
        every = range(1, len(self.decisions) + 1)
        return [one for one in every if self.outcome_of(one) != Outcome.DONE and not self._of(one).get("why")]

    def standing_list(self) -> list[dict[str, Any]]:
        """The risks that customs and police of this unit share as the newest issued conference left them."""
        issued = Meeting.objects.filter(unit_code=self.unit_code, kind=Kind.JOINT, state__in=ISSUED).exclude(pk=self.pk)
        newest = issued.order_by("-held_on", "-pk").first()
        return newest.shared_risks if newest else []

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; units that are named must be there; with the agenda the standing list is laid out."""
        if step.name in HOLDING:
            shared = facts.get("shared_risks", [])
            both = [row[side] for row in shared for side in ("customs_unit", "police_unit")]
            must_lie_within(self, [*both, *(row["unit"] for row in facts["decisions"])])
        super().take(step, facts, actor, at)
        if step.name == "lay_agenda" and self.kind == Kind.JOINT and not self.minutes:
            self.shared_risks = self.standing_list()
        self._follow(step.name, facts)

    def _follow(self, step_name: str, facts: Facts) -> None:
        if step_name == "note_task":
            self._know(facts["number"], task=facts["task_key"])
        if step_name == "give_reason":
            self._know(facts["number"], why=facts["why"])
        if step_name == "note_outcome":
            for number in [number for number, known in self.followed.items() if known.get("task") == facts["task_key"]]:
                told = {"why": facts["said"]} if facts["outcome"] == Outcome.WITHDRAWN else {}
                self._know(number, outcome=facts["outcome"], **told)

    def _of(self, number: int) -> dict[str, str]:
        return self.followed.get(str(number), {})

    def _know(self, number: str, **told: str) -> None:
        self.followed = {**self.followed, number: {**self.followed.get(number, {}), **told}}
