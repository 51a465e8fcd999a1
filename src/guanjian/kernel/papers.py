"""What crosses between the analysis side and the office side: Finding to the office, Outcome to the analysis."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from guanjian.kernel.words import Names


class Level(Names):
    """How urgent: the four warning colours."""

    RED = "red", "红色", "Red"
    ORANGE = "orange", "橙色", "Orange"
    YELLOW = "yellow", "黄色", "Yellow"
    BLUE = "blue", "蓝色", "Blue"

    @property
    def rank(self) -> int:
        """0 for red … 3 for blue: the order of a queue."""
        return list(Level).index(self)


class Subject(Names):
    """What a finding is about."""

    ENTRY = "entry", "报关单", "Declaration"
    ITEM = "item", "商品项", "Goods item"
    ENTERPRISE = "enterprise", "企业", "Enterprise"
    OFFICER = "officer", "关员", "Officer"
    UNIT = "unit", "单位", "Unit"
    PAIR = "pair", "关员与企业", "Officer and trader"
    CASE = "case", "案件", "Case"
    RULE = "rule", "制度", "Rule"
    CLUSTER = "cluster", "风险聚集", "Cluster"

    @property
    def names_a_person(self) -> bool:
        """True when a finding on it opens in the INTEGRITY compartment and never outside."""
        return self in (Subject.OFFICER, Subject.PAIR)


class Verdict(Names):
    """What a disposal decided about a finding."""

    CONFIRMED = "confirmed", "属实", "Confirmed"
    REFUTED = "refuted", "排除", "Refuted"
    UNDETERMINED = "undetermined", "无法认定", "Undetermined"


@dataclass(frozen=True, slots=True)
class Finding:
    """A lead with its evidence and error control; never a verdict. Amounts inside `evidence` are strings."""

    code: str
    unit_code: str
    line_code: str
    subject_type: Subject
    subject_id: str
    period: str
    score: float
    level: Level
    explanation: str
    run_id: str
    p_value: float | None = None
    q_value: float | None = None
    evidence: dict = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same lead found again has the same key: detector, subject, unit and period."""
        return "|".join((self.code, self.subject_type, self.subject_id, self.unit_code, self.period))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the office learned about a finding: cases teach detectors."""

    outcome_id: str
    finding_id: str
    code: str
    subject_type: Subject
    subject_id: str
    verdict: Verdict
    decided_at: datetime
    source: str
    amount_cny: Decimal | None = None
