"""What the generic tests must know of officers' indicators: their facts, their records, who reads them."""

from __future__ import annotations

from guanjian.customs.formula.indicator import Indicator as Measure
from guanjian.loops.indicator.models import Indicator
from tests.days import Ahead

FORMULA = "AND(CMP(事-企业-查验批次, 20), CMP(事-企业-查获率, <1%))"
SPAN = {"test_from": Ahead(-90), "test_until": Ahead(0)}
MEASURED = Measure.read(FORMULA, district="2200")
COUNTS = {
    "looked": "40",
    "flagged": "3",
    "unclear": "2",
    "objects": "2",
    "confirmed": "1",
    "refuted": "1",
    "confirmed_in_all": "2",
}
RESULT = {
    **COUNTS,
    "a_month": "1.0",
    "spread": [{"unit": "2200", "count": "3"}],
    "examples": ["甲 · 2201"],
    "lake": "x",
}
RESULT |= {"fingerprint": MEASURED.fingerprint()}
PARTICULAR = {
    ("indicator", "preview"): SPAN,
    ("indicator", "ask_back_test"): SPAN,
    ("indicator", "show_preview"): RESULT,
    ("indicator", "back_test"): RESULT,
    ("indicator", "revise"): {"formula": FORMULA, "period": "month", "parameters": []},
    ("indicator", "put_in_force"): {"in_force_from": Ahead(0)},
}
TESTED = {"tested": MEASURED.fingerprint(), "facts": {"ask_back_test": SPAN, "back_test": RESULT}}
PREPARED = {
    ("indicator", step): TESTED for step in ("submit", "begin_trial", "propose", "approve", "put_in_force", "keep")
}
FIELDS = {
    "indicator": {
        "formula": FORMULA,
        "period": "month",
        "line_code": "CLR-EXAM",
        "essence": MEASURED.essence(),
        "likeness": MEASURED.essence(numbers=False),
    }
}
MODELS = (Indicator,)
READERS = {"indicator": "function"}
NOUNS = {"indicator": "indicators"}
