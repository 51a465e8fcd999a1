"""What is said of a risk that spreads: its stage, its reach, its shape, whose it is; one paper a week for the office."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from guanjian.kernel.papers import Level
from guanjian.kernel.words import Names, Text

UNDETECTABLE = Text(
    "{short}个单位的此项指标业务量不足，单独不可发现：窗口内期望须达到{needed:.0f}起（翻倍、把握80%）。",
    "Not detectable at this volume in {short} units alone: {needed:.0f} expected cases in the window are needed (doubling, power 80 %).",
)


class Stage(Names):
    """How far a risk has ripened."""

    LATENT = "latent", "潜伏", "Latent"
    EMERGING = "emerging", "苗头", "Emerging"
    TRENDING = "trending", "倾向", "Trending"
    GENERAL = "general", "普遍", "General"

    @property
    def rank(self) -> int:
        """0 for latent … 3 for general."""
        return list(Stage).index(self)


class Reach(Names):
    """How wide it lies over the units."""

    LOCAL = "local", "局部", "Local"
    GLOBAL = "global", "全局", "Global"


class Shape(Names):
    """How a risk lies; the owner follows: headquarters' department, the district's leadership, or the unit itself."""

    SYSTEMIC = "systemic", "系统性", "Systemic"
    REGIONAL = "regional", "区域性", "Regional"
    CROSS = "cross", "条线与区域交叉", "Line crossed with area"
    GENERAL = "general", "全面", "Everywhere"
    SINGLE = "single", "单点", "Single point"


class Answerable(Names):
    """In which capacity somebody answers for a risk."""

    DEPARTMENT = "department", "总署职能部门", "Headquarters department"
    LEADERSHIP = "leadership", "直属海关领导班子", "Leadership of the district"
    UNIT = "unit", "隶属海关", "The house itself"


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers: a unit in a capacity, for a department its line; `others` share it, each in its own territory."""

    kind: Answerable
    unit_code: str
    line_code: str
    others: tuple[str, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class Change:
    """One dated turn in a risk's life, with the figures it rests on. `what` is stage, reach, shape, owner or kin."""

    week: str
    what: str
    before: str
    after: str
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RiskCell:
    """Factor → incident → consequence; `consequence` 1–5, 5 is beyond own means; likelihood and residual 0–1."""

    factor: str
    factor_basis: Text
    incident: Text
    consequence: int
    consequence_basis: Text
    likelihood: float
    control: float | None
    residual: float


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk as judged in one week. `course` is one row per week, for looking at the spread again."""

    lineage_id: str
    title: Text
    line_code: str
    indicator_codes: tuple[str, ...]
    unit_codes: tuple[str, ...]
    since: str
    stage: Stage
    reach: Reach
    shape: Shape
    owner: Owner
    level: Level
    cell: RiskCell
    explanation: Text
    figures: dict[str, Any]
    changes: tuple[Change, ...] = ()
    course: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of one week: its risks, what was followed besides, and what could not be seen."""

    week: str
    run_id: str
    risks: tuple[Risk, ...]
    notes: tuple[Text, ...] = ()
    alarms: tuple[dict[str, Any], ...] = ()
    contagion: tuple[dict[str, Any], ...] = ()
    volumes: tuple[dict[str, Any], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> Judgement:
        """The paper again from what `as_dict` gave, after JSON."""
        rest = {name: tuple(told[name]) for name in ("alarms", "contagion", "volumes")}
        notes = tuple(Text(**note) for note in told["notes"])
        return cls(told["week"], told["run_id"], tuple(map(risk_of, told["risks"])), notes, **rest)


def risk_of(told: dict[str, Any]) -> Risk:
    """One risk from plain values."""
    owner, cell = told["owner"], told["cell"]
    typed = {
        "title": Text(**told["title"]),
        "explanation": Text(**told["explanation"]),
        "stage": Stage(told["stage"]),
        "reach": Reach(told["reach"]),
        "shape": Shape(told["shape"]),
        "level": Level(told["level"]),
        "owner": Owner(
            **owner
            | {
                "kind": Answerable(owner["kind"]),
                "others": tuple(owner["others"]),
                "reason": Text(**owner["reason"]),
            }
        ),
        "cell": RiskCell(
            **cell | {name: Text(**cell[name]) for name in ("factor_basis", "incident", "consequence_basis")}
        ),
        "changes": tuple(Change(**change) for change in told["changes"]),
    }
    listed = {name: tuple(told[name]) for name in ("indicator_codes", "unit_codes", "course")}
    return Risk(**told | typed | listed)
