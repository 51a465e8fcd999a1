"""A job outside the office: the plan's columns, and what the devices signed. Its officers alone open it on site."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.flow import Facts, Step
from guanjian.kernel.words import Text
from guanjian.ledger.canonical import canonical
from guanjian.loops.fieldwork.chain import read
from guanjian.loops.fieldwork.evidence import path_of
from guanjian.loops.fieldwork.flow import FLOW, S
from guanjian.loops.fieldwork.site import Site
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Actor
from guanjian.org.posts import Post

ANOTHERS_DEVICE = Text("该条目由另一人的设备签名，须本人上传。", "Another officer's device signed this: he uploads it.")


class Jobs(Records):
    """A front-line officer sees the jobs that name him or that he planned; the others read by their territory."""

    def visible_to(self, actor: Actor) -> Self:
        """What the actor's posts reach, the front line narrowed to its own jobs."""
        own = Q(first_officer=actor.person_id) | Q(second_officer=actor.person_id) | Q(author_id=actor.person_id)
        allowed = Q(pk__in=[])
        for held in actor.holdings:
            if held.post in FLOW.posts:
                allowed |= self._reach(held) & own if held.post == Post.FRONTLINE else self._reach(held)
        return self.filter(allowed)


class Fieldwork(Record):
    """One job. `items` holds, in the order of arrival, what each device signed, by whom and when it was received."""

    FLOW = FLOW

    kind = models.CharField(max_length=16)
    place = models.CharField(max_length=300)
    place_lon = models.FloatField()
    place_lat = models.FloatField()
    planned_start = models.DateTimeField()
    planned_end = models.DateTimeField()
    first_officer = models.CharField(max_length=40, db_index=True)
    second_officer = models.CharField(max_length=40, db_index=True)
    items = models.JSONField(default=list)

    objects = Jobs.as_manager()

    class Meta(Record.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=~Q(first_officer=F("second_officer")), name="two_officers_not_one"),
        ]

    @property
    def officers(self) -> tuple[str, str]:
        """The two who go."""
        return self.first_officer, self.second_officer

    @property
    def planned_on(self) -> date:
        """The day by which somebody is there."""
        return timezone.localdate(self.planned_end)

    @property
    def site(self) -> Site:
        """What the items tell."""
        return Site(self.items)

    def missing_photos(self) -> list[str]:
        """The photos that a device has named and that are not here."""
        return [one.item.facts["hash"] for one in self.site.photos if not path_of(one.item.facts["hash"]).exists()]

    def missing_files(self) -> list[str]:
        """Photos and tracks that a device still has to deliver."""
        gone = {one.item.facts["hash"] for one in self.site.done("track")} if self.state == S.CLOSED else set()
        return [digest for digest in self.site.files if digest not in gone and not path_of(digest).exists()]

    def take(self, step: Step, facts: Facts, actor: Actor, at: datetime) -> None:
        """What a device sent is kept as it was signed, with who brought it and when: nothing is corrected."""
        if "item" in facts and self.site.owner(read(facts["item"])) != actor.person_id:
            raise NotAllowed(ANOTHERS_DEVICE)
        super().take(step, facts, actor, at)
        if step.remote:
            kept = {"step": step.name, "by": actor.person_id, "received_at": at.isoformat(), **facts}
            self.items = [*self.items, kept]

    def content(self) -> str:
        """A signature is under everything that the devices sent, not only under the newest of each kind."""
        return hashlib.sha256(f"{super().content()}{canonical(self.items)}".encode()).hexdigest()
