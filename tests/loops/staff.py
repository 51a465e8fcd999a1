"""What the generic tests must know of the loops of people: their facts, their records, who reads them."""

from __future__ import annotations

from datetime import date

from guanjian.loops.classing.models import Classing
from guanjian.loops.course.models import Course
from guanjian.loops.posting.models import Posting
from guanjian.loops.training import bank
from guanjian.loops.training.drawing import draw, right
from guanjian.loops.training.models import Training
from tests.days import Ahead, Hence

QUESTIONS = [
    {"ask": f"第{n}题：人工查验由几名关员实施？", "choice_a": "一名", "choice_b": "两名以上", "choice_c": "不限", "choice_d": f"第{n}款另定",
     "right": "B"}
    for n in range(1, 7)
]  # fmt: skip
BANK = {"questions": QUESTIONS, "asked": 4, "pass_mark": 75, "valid_months": 12}
DRAFT = {**BANK, "asked": "4", "pass_mark": "75", "valid_months": "12", "basis": ["《查验作业规程》"]}
SAMPLE = bank.Version.of(
    "SAMPLE-01",
    "样例课程",
    {**BANK, "number": 1, "bank": "0" * 64, "material": "查验由两名以上关员实施。", "writers": ["writer"]},
)
bank.KEEPERS["sample"] = lambda code, number: SAMPLE if code == SAMPLE.code and number in (0, 1) else None
PAPER = draw("seed", len(QUESTIONS), 4)
RIGHT = [{"number": str(n), "answer": right(drawn, SAMPLE)} for n, drawn in enumerate(PAPER, 1)]
SAT = {"paper": PAPER, "bank_version": 1, "pass_mark": 75, "seed": "seed"}
OWN = {"officer_id": "someone"}
CERTIFICATE = {"mark": 100, "expires_on": Ahead(20)}
ENTERED = {"subject_type": "officer", "subject_id": "front", "starts_on": date(2020, 1, 1)}  # as the cast serves
PROPOSAL = {
    "to_unit": "2201",
    "to_post": "frontline",
    "to_level": "section",
    "starts_on": Ahead(9),
    "present_rank": "6",
    "new_rank": "7",
}
MEASURED = {
    "measured_on": Ahead(0),
    "measured_class": "B",
    "load": "1.20",
    "factors": [{"factor": "history", "value": "0.4", "mean": "0.3", "weight": "0.2"}],
    "measured_posts": [
        {"post": "frontline", "grade": "B", "index": "1.1", "nodes": "18", "gaps": "", "problems": "2"},
        {"post": "house_leader", "grade": "C", "index": "0.8", "nodes": "8", "gaps": "审价", "problems": "0"},
    ],
    "missing": "",
}
PROPOSED = {"unit_class": "B", "in_force_from": Ahead(0), "why_lower": ""}


def _as_measured(one) -> list[dict[str, str]]:
    """Every post that was measured, in the strictest class."""
    return [{"post": row["post"], "grade": "A"} for row in one.measured_posts]


PARTICULAR = {
    ("course", "draft"): DRAFT,
    ("course", "redraft"): DRAFT,
    ("course", "approve"): {"posts": [], "needed_from": Ahead(1)},
    ("training", "submit"): {"answers": RIGHT},
    ("training", "pass_it"): {"mark": "100"},
    ("training", "fail_it"): {"mark": "0"},
    ("posting", "propose"): {**PROPOSAL, "ends_on": ""},
    ("classing", "measure"): MEASURED,
    ("classing", "propose"): lambda one: {**PROPOSED, "posts": _as_measured(one)},
    ("classing", "follow"): {"by": "classing/2", "last_day": Ahead(30)},
}
HELD = {
    "questions": QUESTIONS,
    "asked": 4,
    "pass_mark": 75,
    "valid_months": 12,
    "writers": ["writer", "someone", "function.2200"],
}
USED = {
    **BANK,
    "number": 1,
    "since": Ahead(-9),
    "bank": "0" * 64,
    "material": "样例",
    "basis": [],
    "writers": ["writer"],
}
PREPARED = {
    **{("course", step): HELD for step in ("approve", "send_back", "redraft", "take_up")},
    **{("course", step): {**HELD, "versions": [USED]} for step in ("keep", "retire")},
    ("training", "study"): OWN,
    ("training", "draw"): OWN,
    ("training", "submit"): {**OWN, **SAT},
    ("training", "pass_it"): {**SAT, "answers": RIGHT},
    ("training", "fail_it"): SAT,
    ("training", "time_out"): {**SAT, "due_at": Hence(-1)},
    ("training", "refresh"): CERTIFICATE,
    ("training", "renew"): CERTIFICATE,
    ("posting", "let_go"): {"from_line": "police", "lets_go": "leader"},
    ("posting", "consent"): {"from_line": "customs", "consents": "house_leader"},
    ("posting", "appoint"): {"appoints": "leader"},
    ("posting", "appoint_above"): {"appoints": "leader", "by_above": True},
    ("posting", "revoke"): {"appoints": "leader"},
    ("posting", "enter"): ENTERED,
    ("posting", "advise"): {"advises": "house_leader"},
    ("training", "expire"): {"mark": 100, "expires_on": date(2020, 1, 1)},
}
FIELDS = {
    "posting": {"from_line": "police", "to_unit": "2201", "to_post": "frontline", "starts_on": ENTERED["starts_on"]},
    "course": {},
    "classing": {},
    "training": {"officer_id": "front", "course": SAMPLE.code, "mark": 100},
}
ALONE = {"course": "code", "classing": "sheet"}
MODELS = (Course, Training, Posting, Classing)
READERS = {"course": "function", "training": "function", "posting": "function", "classing": "function"}
NOUNS = {"course": "courses", "training": "trainings", "posting": "postings", "classing": "classings"}
