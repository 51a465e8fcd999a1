"""What the generic tests must know of the risk register: its facts, its records, who reads them."""

from __future__ import annotations

from guanjian.loops.register.models import Register
from tests.days import Ahead

ROW = {"week": "2026-W40", "stage": "emerging", "units": "2201 2202", "observed": "12.0", "expected": "3.5"}
TURN = {"week": "2026-W40", "what": "stage", "before": "", "after": "emerging", "evidence": "observed=12.0"}
JUDGED = {
    "week": "2026-W40",
    "stage": "emerging",
    "level": "yellow",
    "units": ["2201", "2202"],
    "owner_said": "leadership 2200",
    "figures": [{"name": "observed", "value": "12.0"}],
    "changes": [TURN],
    "course": [ROW],
}
MEASURE = {"what": "夜班双人查验", "unit": "查验处", "by": Ahead(20)}
PARTICULAR = {
    ("register", "pass_on"): {"to_unit": "2202"},
    ("register", "plan"): {"measures": [MEASURE], "review_on": Ahead(30)},
    ("register", "judge"): JUDGED,
    ("register", "reassign"): {"to_unit": "2202", "owner_kind": "unit"},
    ("register", "fall_quiet"): {"quiet_since": "2026-W41"},
}
PREPARED = {("register", "close"): {"stage": "latent"}}
FIELDS = {"register": {"stage": "emerging", "reach": "local", "shape": "systemic", "week": "2026-W39"}}
MODELS = (Register,)
PLACED = {"register": "2200"}  # its owner's steps are taken in that very unit
READERS = {"register": "function"}
NOUNS = {"register": "risks"}
