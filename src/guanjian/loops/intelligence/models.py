"""The request's own columns. The source is none of them: it stays among the facts that only the police are told."""

from django.db import models

from guanjian.loops.intelligence.flow import FLOW
from guanjian.moving.record import Record


class Intelligence(Record):
    """One request for intelligence and its product."""

    FLOW = FLOW

    question = models.TextField(blank=True, default="")
    product = models.TextField(blank=True, default="")
    reliability = models.CharField(max_length=12, blank=True, default="")
    target_type = models.CharField(max_length=12, blank=True, default="")
    target_id = models.CharField(max_length=300, blank=True, default="")
    value = models.CharField(max_length=8, blank=True, default="")

    class Meta(Record.Meta):
        abstract = False
