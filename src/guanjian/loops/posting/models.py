"""A posting: who, from where to where, with which rank out of which band, and whose consent the authority table asks for."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel import ranks
from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.words import Text
from guanjian.loops.posting.flow import FLOW
from guanjian.loops.posting.needs import Mode
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.authority import LETS_GO, authority
from guanjian.org.models import Appointment, Unit
from guanjian.org.posts import Post, UnitLevel

PROPOSED_ABOVE = Text(
    "按干部管理权限，此职务由上一级人事部门提名。", "Personnel of the level above proposes for this post."
)


class Posting(Record):
    """One person's way to one post. It is about him: he takes no step in it, and who is related to him stands aside."""

    FLOW = FLOW

    mode = models.CharField(max_length=10, blank=True, default="transfer")
    why = models.TextField(blank=True, default="")
    from_unit = models.CharField(max_length=12, blank=True, default="")
    from_post = models.CharField(max_length=20, blank=True, default="")
    from_line = models.CharField(max_length=8, blank=True, default="customs")
    to_unit = models.CharField(max_length=12, blank=True, default="")
    to_post = models.CharField(max_length=20, blank=True, default="")
    to_line = models.CharField(max_length=8, blank=True, default="customs")
    to_level = models.CharField(max_length=16, blank=True, default="")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    present_rank = models.PositiveSmallIntegerField(null=True)
    new_rank = models.PositiveSmallIntegerField(null=True)
    band_high = models.PositiveSmallIntegerField(null=True)
    band_low = models.PositiveSmallIntegerField(null=True)
    band_source = models.CharField(max_length=120, blank=True, default="")
    lets_go = models.CharField(max_length=20, blank=True, default="")
    consents = models.CharField(max_length=20, blank=True, default="")
    appoints = models.CharField(max_length=20, blank=True, default="")
    by_above = models.BooleanField(default=False)
    authority_source = models.CharField(max_length=200, blank=True, default="")
    released = models.BooleanField(default=False)
    stay = models.CharField(max_length=80, blank=True, default="")  # the stay that a rotation ends: opened once
    rotate_by = models.DateField(null=True)
    advises = models.CharField(max_length=20, blank=True, default="")
    order_no = models.CharField(max_length=300, blank=True, default="")
    meeting = models.CharField(max_length=300, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(new_rank=None)
                | Q(new_rank__isnull=False, band_high__isnull=False, band_low__isnull=False,
                    new_rank__gte=F("band_high"), new_rank__lte=F("band_low")),
                name="no_rank_outside_its_band",
            ),
            models.UniqueConstraint(fields=["stay"], condition=~Q(stay=""), name="one_rotation_to_a_stay"),
        ]  # fmt: skip

    @property
    def crosses(self) -> bool:
        """True when he changes between customs and police for good."""
        return self.from_line != self.to_line and self.mode != Mode.ATTACH

    def line_at(self, code: str) -> str | None:
        """The line of a unit of this record's district; None where there is no such unit."""
        unit = Unit.objects.filter(pk=code, district_code=self.district_code).first()
        return unit.kind if unit else None

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What the step says; a proposal lies in the unit that would take him, under the authority of its first day."""
        super().take(step, facts, actor, at)
        if step.name == "propose":
            self._settle(Unit.objects.get(pk=self.to_unit), actor)

    def _settle(self, unit: Unit, actor: Actor) -> None:
        self.place_in(unit)
        self.to_line, day = unit.kind, self.starts_on
        self.band_high, self.band_low = ranks.band(self.to_line, self.to_level, day) if self.new_rank else (None, None)
        self.band_source = ranks.law_of(self.to_line, day).source if self.new_rank else ""
        held = authority(self.to_line, self.to_post, self.to_level, day)
        over = held.over and unit.level != UnitLevel.HQ
        if over and not actor.covers(Post.FUNCTION, self, above=True):
            raise NotAllowed(PROPOSED_ABOVE)
        self.lets_go = LETS_GO[self.from_line] if self.crosses else ""
        in_house = held.consents != "house_leader" or unit.house_code
        self.consents = held.consents if in_house else held.appoints  # a district's own office has no head of house
        self.appoints, self.by_above, self.authority_source = held.appoints, held.above, held.source

    @property
    def rank_approver(self) -> Text | str:
        """Who approves the award of the rank."""
        return ranks.approver(self.to_line, self.new_rank, self.starts_on) if self.new_rank else ""

    @property
    def propose_by(self) -> date | None:
        """The end of the stay, where it lay ahead when the rotation opened: what is long over gets the ordinary limit."""
        return self.rotate_by if self.rotate_by and self.rotate_by >= timezone.localdate(self.entered_at) else None

    def holds_new(self) -> bool:
        """The register of posts has it, from the day of the order."""
        return self._held(self.to_unit, self.to_post).filter(since=self.starts_on).exists()

    def holds_old(self) -> bool:
        """The former post has not been ended; for an attachment it need not be."""
        if self.mode == Mode.ATTACH or (self.from_unit, self.from_post) == (self.to_unit, self.to_post):
            return False
        return self._held(self.from_unit, self.from_post).filter(until=None).exists()

    def _held(self, unit: str, post: str):
        return Appointment.objects.filter(person__username=self.subject_id, unit_id=unit, post=post)

    @property
    def overdue_since(self) -> date | None:
        """Since when he should have been in the post; None before that day."""
        today = timezone.localdate()
        return self.starts_on if self.state == "appointed" and self.starts_on and self.starts_on < today else None
