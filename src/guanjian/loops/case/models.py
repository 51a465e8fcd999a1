"""The case information base: what was established, what was decided, what is fed back, and who may read it when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guanjian.loops.case.flow import FLOW
from guanjian.loops.case.needs import Scope
from guanjian.moving.record import Record, Records
from guanjian.org.actor import Holding
from guanjian.org.posts import Post

DEPARTMENTS = (Post.FUNCTION, Post.RISK)
FRONT = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER)


class CaseRecords(Records):
    """While it is investigated a case is the police's; what it teaches is open from the feedback on."""

    @staticmethod
    def _reach(held: Holding) -> Q:
        within = Records._reach(held)
        if held.post in DEPARTMENTS:
            return within & Q(scope__in=[Scope.OPEN, Scope.LIMITED])
        return within & Q(scope=Scope.OPEN) if held.post in FRONT else within


class Case(Record):
    """One criminal or administrative case."""

    FLOW = FLOW

    kind = models.CharField(max_length=16)
    bureau = models.CharField(max_length=12, blank=True, default="")
    filing_no = models.CharField(max_length=300, blank=True, default="")
    party = models.CharField(max_length=8, blank=True, default="")
    channel = models.CharField(max_length=16, blank=True, default="")
    modus = models.JSONField(default=list)
    enterprises = models.JSONField(default=list)
    hs_code = models.CharField(max_length=300, blank=True, default="")
    price_basis = models.CharField(max_length=12, blank=True, default="")
    declared_price_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    actual_price_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    value_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    evaded_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    evidence_level = models.CharField(max_length=12, blank=True, default="")
    acts_from = models.DateField(null=True)
    acts_until = models.DateField(null=True)
    features = models.JSONField(default=list)
    collective = models.BooleanField(default=False)
    outcome = models.CharField(max_length=12, blank=True, default="")
    fine_cny = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    lesson = models.TextField(blank=True, default="")
    advice = models.JSONField(default=list)
    advice_text = models.TextField(blank=True, default="")
    advice_to = models.CharField(max_length=300, blank=True, default="")
    scope = models.CharField(max_length=8, blank=True, default="")
    gap_code = models.CharField(max_length=16, blank=True, default="")
    gap_description = models.TextField(blank=True, default="")

    objects = CaseRecords.as_manager()

    class Meta(Record.Meta):
        abstract = False
