"""An urging: of which matter, in which wait, how often before."""

from django.db import models

from guanjian.loops.urge.flow import FLOW, Kind
from guanjian.moving.record import Record


class Urge(Record):
    """One urging of one overdue wait; it lies in the unit whose matter is late."""

    FLOW = FLOW

    kind = models.CharField(max_length=16, default=Kind.URGE)
    wait = models.CharField(max_length=120, unique=True)  # the matter, its state and when that began: urged once
    said = models.TextField(blank=True, default="")
    finish_by = models.DateField(null=True)
    ruling = models.CharField(max_length=12, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
