"""Signatures under what was signed; what may be found by a word; and of sealed records: for whom the key is closed, and
what two people decide together.
"""

from django.db import models
from django.db.models import F, Q

from guanjian.kernel.words import Names
from guanjian.org.models import KeyPair


class Signature(models.Model):
    """One countersignature. `content` is the hash of the record's facts as they were signed; the initiator never signs."""

    subject = models.CharField(max_length=60)
    step = models.CharField(max_length=40)
    person_id = models.CharField(max_length=40)
    initiator_id = models.CharField(max_length=40)
    content = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person_id=F("initiator_id")), name="an_initiator_never_approves"),
            models.UniqueConstraint(fields=["subject", "step", "content"], name="one_signature_to_a_step_and_content"),
        ]
        indexes = [models.Index(fields=["subject", "content"], name="signature_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.step}"


class Gathered(models.Model):
    """A finding that a record answers for beside its own: the later months of one breach. Only its mark is kept."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    mark = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loop", "mark"], name="one_record_to_a_gathered_finding")]


class Findable(models.Model):
    """One record as search finds it: its place, its state and its words, cut. Sealed records are not here."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    state = models.CharField(max_length=24)
    closed = models.BooleanField(default=False)
    unit_code = models.CharField(max_length=12)
    house_code = models.CharField(max_length=12, default="", blank=True)
    district_code = models.CharField(max_length=12)
    opened_on = models.DateField()
    reach = models.TextField()  # the same place and state as words, for the full-text table of SQLite
    title = models.TextField()
    words = models.TextField()  # the title's too

    class Meta:
        constraints = [models.UniqueConstraint(fields=["loop", "number"], name="one_findable_to_a_record")]

    def __str__(self) -> str:
        return f"{self.loop}/{self.number}"


class Kept(Names):
    """What a wrap holds."""

    MEMBER = "member", "知悉名单", "Member of the list"
    SHARE = "share", "保管人份额", "Custodian's share"


class Wrap(models.Model):
    """The key of one sealed record, closed for one person: the whole of it, or a custodian's share (`part` is its number)."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    keypair = models.ForeignKey(KeyPair, on_delete=models.PROTECT, related_name="+")
    part = models.PositiveSmallIntegerField(default=0)
    box = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loop", "number", "kind", "keypair"], name="one_wrap_to_a_record_and_key")
        ]


class Disclosure(models.Model):
    """A member asks to see whom a record is about; a custodian agrees or refuses. `reason` is closed for the custodians."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    reason = models.JSONField(default=dict)  # by key pair
    decided_by = models.CharField(max_length=40, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="nobody_discloses_to_himself"),
            models.CheckConstraint(condition=Q(agreed=False) | ~Q(decided_by=""), name="somebody_agreed"),
        ]
        indexes = [models.Index(fields=["loop", "number", "asked_by"], name="disclosure_record")]


class Recovery(models.Model):
    """Two custodians give a record back to a person whom no member can let in: the first gives his share, the second joins."""

    loop = models.CharField(max_length=24)
    number = models.BigIntegerField()
    person_id = models.CharField(max_length=40)  # who is to be let in
    first_by = models.CharField(max_length=40)
    first_at = models.DateTimeField()
    given = models.JSONField(default=dict)  # by key pair of every other custodian: the first share and the reason
    second_by = models.CharField(max_length=40, default="", blank=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(second_by=F("first_by")), name="two_different_custodians")]
