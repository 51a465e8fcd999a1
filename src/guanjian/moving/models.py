"""Signatures: who put a name under what, bound to the hash of what was signed; never changed, never deleted."""

from django.db import models
from django.db.models import F, Q


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
