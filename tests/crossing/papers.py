"""Judgements made by hand, for what follows them."""

from __future__ import annotations

from dataclasses import replace

from guanjian.kernel.papers import Level
from guanjian.kernel.risks import Answerable, Change, Judgement, Owner, Reach, Risk, RiskCell, Shape, Stage
from guanjian.kernel.words import Text

LEVELS = {Stage.LATENT: "blue", Stage.EMERGING: "yellow", Stage.TRENDING: "orange", Stage.GENERAL: "red"}
SAID = Text("查验环节夜班放行偏高。", "Night releases are high in examination.")
CELL = RiskCell("system", SAID, SAID, 3, SAID, 0.7, None, 0.42)


def owner(kind: str, unit: str) -> Owner:
    """Who answers."""
    return Owner(Answerable(kind), unit, "CLR-EXAM", (), Text("涉及的关区过半。", "Half of the districts."))


def risk(lineage: str, stage: str, week: str, who: Owner | None = None) -> Risk:
    """A risk in one week."""
    row = {"week": week, "stage": stage, "units": ["2201", "5301"], "observed": 12.0, "expected": 3.5}
    turn = Change(week, "stage", "", stage, {"observed": 12.0, "belief": [0.1, 0.9]})
    return Risk(
        lineage,
        Text("查验：夜班放行", "Examination: night releases"),
        "CLR-EXAM",
        ("EXM-02",),
        ("2201", "5301"),
        "2026-W10",
        Stage(stage),
        Reach.LOCAL,
        Shape.SYSTEMIC,
        who or owner("department", "0000"),
        Level(LEVELS[Stage(stage)]),
        CELL,
        SAID,
        {"observed": 12.0, "expected": 3.5, "belief": [0.1, 0.9]},
        (turn,),
        (row,),
    )


def paper(week: str, *risks: Risk) -> Judgement:
    """The judgement of a week."""
    return Judgement(week, f"run-{week}", risks)


def returned(one: Risk, week: str) -> Risk:
    """The same, come back in this week after it had ended."""
    return replace(one, changes=(*one.changes, Change(week, "kin", "ended", "returned")))
