"""The keys with which another system acts as a person: only their hashes are kept."""

from django.db import models

from guanjian.org.models import Person


class Token(models.Model):
    """One key of one person, for one purpose, for a time. Ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person.username} {self.purpose}"
