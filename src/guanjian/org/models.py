"""The tables of the organisation: units, people, their posts, the holiday table, dated parameters."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guanjian.kernel.words import Text
from guanjian.org.actor import Actor, Holding
from guanjian.org.posts import Post, UnitLevel


class Unit(models.Model):
    """One unit of the tree; `district_code` and `house_code` are those that it lies in (its own included)."""

    code = models.CharField(max_length=12, primary_key=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    level = models.CharField(max_length=10)
    kind = models.CharField(max_length=12, default="customs")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    district_code = models.CharField(max_length=12, default="", db_index=True)
    house_code = models.CharField(max_length=12, default="")
    peer_group = models.CharField(max_length=10, default="")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    @property
    def name(self) -> Text:
        """The name in both languages."""
        return Text(self.name_zh, self.name_en)

    def __str__(self) -> str:
        return str(self.name)


class People(BaseUserManager):
    """Finding a person by the sign-in name."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """One person who may sign in. There is no superuser: what one may do comes from posts alone."""

    username = models.CharField(max_length=40, unique=True)  # the officer id: one identity everywhere
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, default="")
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="zh")
    date_joined = models.DateTimeField(default=timezone.now)

    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name_zh"]

    @property
    def name(self) -> Text:
        """The name in both languages."""
        return Text(self.name_zh, self.name_en or self.name_zh)

    def __str__(self) -> str:
        return str(self.name)

    def actor(self) -> Actor:
        """This person with the posts held today, and after them those of colleagues for whom he stands in today."""
        today = timezone.localdate()
        absent = Leave.objects.filter(deputy=self, since__lte=today, until__gte=today, ended_on=None).values("person")
        held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
        theirs = Q(person__in=absent, person__is_active=True) & ~Q(post__in=PERSONAL)
        rows = held.filter(Q(person=self) | theirs).select_related("unit", "person").order_by("pk")
        own = [row.holding for row in rows if row.person_id == self.pk]
        others = [replace(row.holding, acting_for=row.person.username) for row in rows if row.person_id != self.pk]
        return Actor(self.username, self.name_zh, (*own, *others))


class Appointment(models.Model):
    """A post held by a person in a unit for a time; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField()
    until = models.DateField(null=True)
    is_admin = models.GeneratedField(
        expression=Q(post__in=[Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN]),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_admin=True, until=None), name="one_administrator_post_to_a_person"
            ),
            models.CheckConstraint(condition=~Q(post=Post.SYSTEM), name="nobody_is_the_system"),
        ]

    @property
    def holding(self) -> Holding:
        """The pure value that rights are decided on."""
        unit = self.unit
        return Holding(Post(self.post), unit.code, UnitLevel(unit.level), unit.district_code, unit.house_code)


PERSONAL = (Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN, Post.CUSTODIAN)  # posts that nobody else stands in for


class Leave(models.Model):
    """A person is away and a colleague stands in: his posts are the deputy's too on these days, in the deputy's own name."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leaves")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputised")
    since = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_stands_in_for_himself"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_leave_ends_after_it_begins"),
        ]


class Holiday(models.Model):
    """One day that the rule “Monday to Friday” gets wrong."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=8)  # holiday or workday
    name = models.CharField(max_length=40, default="")
    provisional = models.BooleanField(default=False)  # statutory day whose yearly arrangement is not yet published


class Parameter(models.Model):
    """A dated value: a time limit, a threshold. The newest row that is in force on a day counts."""

    code = models.CharField(max_length=60)
    value = models.JSONField()
    since = models.DateField()
    source = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "since"], name="one_value_to_a_code_and_day")]


class Relation(models.Model):
    """A declared tie between a person and another person or an enterprise: for recusal only, shown in no profile."""

    one_id = models.CharField(max_length=40, db_index=True)
    other_id = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20)  # relative, interest, former_employer
    declared_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one_id", "other_id", "kind"], name="a_relation_once")]


class Posting(models.Model):
    """Where a person served, as the personnel office knows it: the history behind today's appointments."""

    person_id = models.CharField(max_length=40, db_index=True)
    unit_code = models.CharField(max_length=12)
    post = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "unit_code", "post", "since"], name="a_posting_once")
        ]


class Power(models.Model):
    """Which post holds a node of internal control, from a day on: written when a decision that moves power is published."""

    node = models.CharField(max_length=80, db_index=True)
    post = models.CharField(max_length=20)
    since = models.DateField()
    district_code = models.CharField(max_length=12)
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "district_code", "source"], name="a_node_moves_once_by_a_source")
        ]


class Mandate(models.Model):
    """Who proposes, consents and appoints from a day on: entered by one administrator, in force when another has confirmed it."""

    line = models.CharField(max_length=8)
    leaders = models.BooleanField()
    levels = models.JSONField()
    over = models.BooleanField()
    consents = models.CharField(max_length=20)
    appoints = models.CharField(max_length=20)
    above = models.BooleanField()
    since = models.DateField()
    source = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=40)
    confirmed_by = models.CharField(max_length=40, blank=True, default="")
    dropped_by = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("entered_by")), name="another_confirms_a_mandate"),
            models.CheckConstraint(condition=Q(confirmed_by="") | Q(dropped_by=""), name="what_was_dropped_never_held"),
        ]


class Certificate(models.Model):
    """What an assessment of a person in a course showed: passed until a day, or failed. The newest one counts."""

    person_id = models.CharField(max_length=40)
    course = models.CharField(max_length=40)
    passed = models.BooleanField()
    on = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "course", "source"], name="an_assessment_counts_once"),
            models.CheckConstraint(
                condition=Q(passed=True, until__isnull=False, until__gte=F("on")) | Q(passed=False, until__isnull=True),
                name="only_a_passed_assessment_lasts",
            ),
        ]


class Token(models.Model):
    """One key with which another system acts as a person, for one purpose, for a time; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class KeyPair(models.Model):
    """A person's key pair: whatever is closed for him is closed with `public`; `lock` is the private key under his password."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keypairs")
    public = models.CharField(max_length=64)
    lock = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_present_key_pair")
        ]
