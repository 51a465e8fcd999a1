"""Facts that a step takes, made from its needs; a few steps need particular ones, or a record of a particular kind."""

from __future__ import annotations

from typing import Any

from guanjian.moving.record import Record
from tests.days import Ahead, Hence, as_of_now, day
from tests.loops.families import of_all

ORDINARY = {"acts_from": Ahead(-40), "acts_until": Ahead(-30), "features": [], "inside": [], "inside_said": ""}
PARTICULAR = {  # (loop, step): facts that its rule asks for
    **of_all("PARTICULAR"),
    ("alert", "dispose"): {"transfer_clue": False, "open_rectify": False},
    ("lead", "postpone"): {"review_on": Ahead(20)},
    ("clue", "submit"): {"handlers": ["甲", "乙"], "papers": ["letter", "report"]},
    ("case", "assign"): {"investigators": ["丙", "丁"]},
    ("case", "conclude"): {"price_basis": "known", "value_cny": "900000", "evaded_cny": "300000", **ORDINARY},
    ("case", "pass_review"): {"collective": False},
    ("case", "notify"): {"fine_cny": "5000"},
    ("case", "decide"): {"fine_cny": "4000", "outcome": "penalty"},
    ("case", "decide_together"): {"fine_cny": "4000", "outcome": "penalty", "attended": ["甲", "乙", "丙"]},
    ("case", "feed_back"): {"gap_code": "", "gap_description": ""},
    ("rectify", "plan"): {"finish_by": Ahead(30)},
    ("rectify", "extend"): {"finish_by": Ahead(60)},
    ("rectify", "give_evidence"): {"done_on": Ahead(0)},
    ("oversight", "uphold"): {"measures": ["accountability"]},
    ("urge", "answer"): {"finish_by": Ahead(10)},
    ("urge", "interview"): {"finish_by": Ahead(10)},
}
NOTIFIED = {"kind": "administrative", "facts": {"notify": {"fine_cny": "5000.00"}}}
TO_CUSTOMS = ("reply_customs", "answer_police", "correct_customs", "object_customs")
PREPARED = {  # (loop, step): what the record must be for the step
    **of_all("PREPARED"),
    ("alert", "close_at_first"): {"level": "blue", "salt": "1"},
    ("lead", "lapse"): {"due_at": Hence(-24)},
    ("case", "notify"): {"kind": "administrative"},
    ("case", "decide"): NOTIFIED,
    ("case", "decide_together"): {**NOTIFIED, "collective": True},
    ("case", "turn_criminal"): {"kind": "administrative"},
    ("case", "supplement_again"): {"hands": {"supplement": "somebody"}},
    ("oversight", "proceed"): {"due_at": Hence(-24)},
    **{("oversight", step): {"direction": "to_customs"} for step in TO_CUSTOMS},
    ("urge", "interview"): {"kind": "interview"},
    ("urge", "propose"): {"kind": "accountability"},
}


def value_for(need) -> Any:
    """Some value that the need takes."""
    if need.choices:
        first = need.choices.choices()[0][0]
        return [first] if need.kind == "many" else first
    if need.kind == "rows":
        return [{column.name: value_for(column) for column in need.columns}]
    sample = {"many": ["220120261000000001"], "money": "1000", "date": day(1), "number": "3", "yes": True}
    sample["moment"] = as_of_now(Hence(0))
    return sample.get(need.kind, "经核查，情况如上所述，证据充分。")


def given(record: Record, step_name: str, **changes: Any) -> dict[str, Any]:
    """Facts that let this step pass, with changes."""
    step = record.flow.step(step_name)
    facts = {need.name: value_for(need) for need in step.needs}
    particular = PARTICULAR.get((record.flow.name, step_name), {})
    return as_of_now({**facts, **(particular(record) if callable(particular) else particular), **changes})
