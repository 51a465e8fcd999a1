"""The tables of other systems: what each is and may, its keys, what it posted, where it is told, and what was told."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from guanjian.kernel.words import Names, Text
from guanjian.loops.alert.models import Alert
from guanjian.org.actor import Actor, Holding
from guanjian.org.models import Unit
from guanjian.org.posts import Post, UnitLevel

BAR = " | "


class Scope(Names):
    """What a system may."""

    POST = "post", "报送线索", "Post findings"
    READ = "read", "接收自报线索的处置结果", "Receive the outcomes of its own findings"
    HEAR = "hear", "接收事件通知", "Be told of events"


class Reader(Names):
    """As whom a system is told of events: an ordinary business post, never oversight, police or an administrator."""

    FUNCTION = "function", "职能部门", "Functional department"
    RISK = "risk", "风险分析员", "Risk analyst"
    FRONTLINE = "frontline", "现场关员", "Front-line officer"


class System(models.Model):
    """One other system: an actor of its own. Registered by one administrator, opened by another, ended, never deleted."""

    code = models.CharField(max_length=5, unique=True)  # the middle of its findings' codes: EXT-<code>-…
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+"
    )  # it posts and hears of no other territory
    lines = models.JSONField(default=list)  # business lines it may post on; empty: all
    scopes = models.JSONField(default=list)
    reads_as = models.CharField(max_length=20, default=Reader.FUNCTION)
    registered_by = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=40, blank=True, default="")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(opened_by=F("registered_by")), name="two_administrators_to_a_system")
        ]

    @property
    def person_id(self) -> str:
        """How the ledger names it; no person's number looks like this."""
        return f"system/{self.code}"

    @property
    def holding(self) -> Holding:
        """The one post in one territory that decides what it may be told of."""
        unit = self.unit
        return Holding(Post(self.reads_as), unit.code, UnitLevel(unit.level), unit.district_code, unit.house_code)

    def actor(self, hears: bool = False) -> Actor:
        """The system as it acts: without any post, but for what it may be told of."""
        return Actor(self.person_id, self.name_zh, (self.holding,) if hears else ())


class SystemKey(models.Model):
    """One key of a system, for a time; only its hash is kept."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Posted(models.Model):
    """A finding that a system posted, under its own number: once, however often it is sent."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="posted")
    own_id = models.CharField(max_length=80)
    content = models.CharField(max_length=64)
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "own_id"], name="a_finding_once_by_its_own_number")]


class Subscription(models.Model):
    """An address of a system and the events it is told of there. The signing key lies here closed."""

    system = models.ForeignKey(System, on_delete=models.PROTECT, related_name="subscriptions")
    address = models.CharField(max_length=400)
    events = models.JSONField(default=list)  # loops, or single events such as alert.close
    secret = models.TextField(blank=True, default="")
    registered_by = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=200, blank=True, default="")
    went_well_at = models.DateTimeField(null=True)
    fence = models.IntegerField(default=0)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(opened_by=F("registered_by")), name="two_administrators_to_an_address")
        ]

    @property
    def why_stopped(self) -> Text:
        """Why nothing is sent any more."""
        return in_both(self.stopped_because)

    @property
    def runs(self) -> bool:
        """True while it is told."""
        return self.opened_at is not None and self.stopped_at is None


def new_number() -> str:
    """The number of a delivery: a receiver that gets it twice knows it again."""
    return f"msg_{uuid.uuid4().hex}"


class Stand(Names):
    """How a delivery stands."""

    WAITING = "waiting", "待发送", "Waiting"
    DELIVERED = "delivered", "已送达", "Delivered"
    WITHHELD = "withheld", "不再可见，未发送", "No longer within its reach: not sent"
    GIVEN_UP = "given_up", "多次失败，已放弃", "Given up after failing"


class Delivery(models.Model):
    """One event to be told at one address; `id` is the order in which it is told, `number` stays the same when sent again."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    number = models.CharField(max_length=40, unique=True, default=new_number)
    event = models.CharField(max_length=60)
    record = models.CharField(max_length=60)
    state = models.CharField(max_length=24)
    unit_code = models.CharField(max_length=12)
    happened_at = models.DateTimeField()
    stand = models.CharField(max_length=12, default=Stand.WAITING)
    attempts = models.IntegerField(default=0)
    first_tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["subscription", "id"], condition=Q(stand=Stand.WAITING.value), name="delivery_waiting"
            ),
            models.Index(
                fields=["subscription", "record"], condition=Q(stand=Stand.WAITING.value), name="delivery_record"
            ),
        ]

    @property
    def said(self) -> Text:
        """What was answered, or why nothing was."""
        return in_both(self.answer)


def in_both(kept: str) -> Text:
    """A sentence that is kept in both languages, “中文 | English”; anything else reads the same in both."""
    zh, bar, en = kept.partition(BAR)
    return Text(zh, en if bar else zh)
