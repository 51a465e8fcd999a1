"""What the generic tests must know of the duties of leaders and of the appraisal of districts."""

from __future__ import annotations

from datetime import date

from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.duty.models import Duty
from tests.days import Ahead, Hence

SPAN = {"period_from": Ahead(-1), "period_until": Ahead(30)}
OVER = {"period_until": Ahead(-1)}
TRACED = {"tallies": [], "evidence": [], "credits": [], "faults": [], "upto": "7", "traced_hash": "0" * 64}
FROZEN = {"inputs": [{"measure": "transferred", "unit": "2201", "count": "3"}], "upto": "7", "inputs_hash": "0" * 64}
PARTICULAR = {
    ("duty", "look"): TRACED,
    ("duty", "take_evidence"): TRACED,
    ("duty", "state"): {"missed": []},
    ("duty", "object"): {"missed": []},
    ("appraisal", "freeze"): FROZEN,
    ("appraisal", "recount"): FROZEN,
    ("appraisal", "ask_recount"): lambda one: {"left_out": [one.key]},
    ("appraisal", "correct"): lambda one: {"left_out": [one.key]},
    ("appraisal", "object"): {"named": []},
}
PREPARED = {
    ("duty", "take_evidence"): OVER,
    ("appraisal", "freeze"): OVER,
    ("duty", "lapse"): {"due_at": Hence(-24)},
    ("duty", "publish"): {"told_on": date(2020, 1, 1)},
    ("appraisal", "decide"): {"told_on": date(2020, 1, 1)},
    ("appraisal", "publish"): {"inputs_hash": "0" * 64},
}
FIELDS = {
    "duty": {**SPAN, "post": "house_leader", "subject_type": "officer", "subject_id": "g990002"},
    "appraisal": SPAN,
}
ALONE = {"duty": "sheet", "appraisal": "sheet"}
MODELS = (Duty, Appraisal)
READERS = {"duty": "oversight", "appraisal": "leader"}
NOUNS = {"duty": "duties", "appraisal": "appraisals"}
