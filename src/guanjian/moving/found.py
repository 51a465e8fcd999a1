"""What a record keeps of the finding that it was opened from; one finding opens once, however often it is found."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from guanjian.kernel.papers import Finding
from guanjian.moving.record import Record
from guanjian.moving.verbs import note, start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


class Found(Record):
    """A record opened from a finding: its detector, score, error control, explanation and evidence."""

    code = models.CharField(max_length=16, db_index=True)
    line_code = models.CharField(max_length=16, blank=True, default="")
    period = models.CharField(max_length=24, blank=True, default="")
    score = models.FloatField(default=0)
    p_value = models.FloatField(null=True)
    q_value = models.FloatField(null=True)
    explanation = models.TextField(blank=True, default="")
    evidence = models.JSONField(default=dict)
    run_id = models.CharField(max_length=64, blank=True, default="")
    finding_key = models.CharField(max_length=200, unique=True)
    dataset = models.CharField(max_length=120, blank=True, default="")
    simulated = models.BooleanField(default=False)
    verdict = models.CharField(max_length=16, blank=True, default="")

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def mark(cls, key: str) -> str:
        """What is kept to know the finding of this key again."""
        return key


def open_once(model: type[Found], finding: Finding, actor: Actor, unit: Unit, source: str, **more: Any) -> Found | None:
    """The record of a new finding; None when it is open already, which its ledger then notes."""
    mark = model.mark(finding.key)
    if known := model.objects.filter(finding_key=mark).first():
        note(f"{model.FLOW.name}.found_again", known.key, actor, {"run": finding.run_id}, known.district_code)
        return None
    fields = {
        "subject_type": finding.subject_type.value,
        "evidence": json.loads(json.dumps(finding.evidence, default=str), parse_constant=lambda _: None),
        "level": finding.level.value,
        "finding_key": mark,
        "dataset": source,
        "simulated": "simul" in source.lower(),  # a lake of the demonstration says so in its name
    }
    same = ("code", "line_code", "period", "score", "p_value", "q_value", "explanation", "run_id", "subject_id")
    return start(model, actor, unit, **{name: getattr(finding, name) for name in same}, **fields, **more)
