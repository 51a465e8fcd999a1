"""What a record keeps of the finding that it was opened from; one finding opens once, however often it is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models

from guanjian.kernel.gathering import together
from guanjian.kernel.papers import Finding, Subject
from guanjian.kernel.words import Text
from guanjian.moving.models import Gathered
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

    @property
    def heading(self) -> Text | str:
        """The detector's name in both languages and what it is about; a title that was closed stays closed."""
        known, zh = self.evidence.get("detector_en", ""), self.evidence.get("detector_zh", "")
        if not (known and zh and self.title.startswith(zh)):
            return self.title
        about = Subject(self.subject_type).label
        rest = self.title.removeprefix(zh).replace(f"：{about.zh} ", f": {about.en} ", 1)
        return Text(self.title, known + rest)

    @classmethod
    def mark(cls, key: str) -> str:
        """What is kept to know the finding of this key again."""
        return key


def open_once(
    model: type[Found],
    findings: Sequence[Finding],
    actor: Actor,
    unit: Unit,
    *,
    titled: Callable[[Finding], str],
    **more: Any,
) -> Found | None:
    """One record of those findings that no record answers for yet, gathered into one; None when all are known.

    The records that know some of them note in the ledger that they were found again.
    """
    marks = {finding.key: model.mark(finding.key) for finding in findings}
    knowing = {finding.key: _known(model, marks[finding.key]) for finding in findings}
    for known in {record.pk: record for record in knowing.values() if record}.values():
        note(f"{model.FLOW.name}.found_again", known.key, actor, {"run": findings[0].run_id}, known.district_code)
    new = sorted((each for each in findings if knowing[each.key] is None), key=lambda each: each.period)
    if not new:
        return None
    finding = together(new)
    fields = _fields(finding) | {"finding_key": marks[new[0].key], "title": titled(finding)}
    record = start(model, actor, unit, **fields, **more)
    loop = model.FLOW.name
    Gathered.objects.bulk_create(Gathered(loop=loop, number=record.pk, mark=marks[each.key]) for each in new[1:])
    return record


def _known(model: type[Found], mark: str) -> Found | None:
    """The record that answers for a finding: its own, or one that it was gathered into."""
    if own := model.objects.filter(finding_key=mark).first():
        return own
    gathered = Gathered.objects.filter(loop=model.FLOW.name, mark=mark).values("number")
    return model.objects.filter(pk__in=gathered).first()


def _fields(finding: Finding) -> dict[str, Any]:
    same = ("code", "line_code", "period", "score", "p_value", "q_value", "explanation", "run_id", "subject_id")
    return {name: getattr(finding, name) for name in same} | {
        "subject_type": finding.subject_type.value,
        "evidence": json.loads(json.dumps(finding.evidence, default=str), parse_constant=lambda _: None),
        "level": finding.level.value,
    }


def of_dataset(source: str) -> dict[str, Any]:
    """Where a finding's data come from; a lake of the demonstration says so in its name."""
    return {"dataset": source, "simulated": "simul" in source.lower()}
