"""A judgement comes back from JSON as it was written."""

import json

from guanjian.kernel.papers import Level
from guanjian.kernel.risks import Answerable, Change, Judgement, Owner, Reach, Risk, RiskCell, Shape, Stage
from guanjian.kernel.words import Text

SAID = Text("夜班放行偏高", "Too many releases at night")
RISK = Risk(
    "R-2026W03-01",
    SAID,
    "CLR-RELEASE",
    ("EXM-04",),
    ("2201", "2202"),
    "2026-W03",
    Stage.EMERGING,
    Reach.LOCAL,
    Shape.CROSS,
    Owner(Answerable.LEADERSHIP, "2200", "CLR-RELEASE", (), SAID),
    Level.YELLOW,
    RiskCell("power", SAID, SAID, 2, SAID, 0.4, None, 0.3),
    SAID,
    {"observed": 12.0},
    (Change("2026-W05", "stage", "latent", "emerging", {"p": 0.01}),),
    ({"week": "2026-W05", "units": ["2201"]},),
)


def test_a_judgement_is_the_same_after_json():
    paper = Judgement("2026-W05", "run", (RISK,), (SAID,), ({"unit_code": "2201"},))
    again = Judgement.from_dict(json.loads(json.dumps(paper.as_dict())))
    assert again == paper
    assert again.risks[0].stage is Stage.EMERGING


def test_stages_ripen_in_their_order():
    assert [stage.rank for stage in Stage] == [0, 1, 2, 3]
