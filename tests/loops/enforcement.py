"""What the generic tests must know of the loops of orders and answers: their facts, their records, who reads them."""

from __future__ import annotations

from guanjian.loops.answer.models import Answer
from guanjian.loops.convert.models import Convert
from guanjian.loops.instruction.models import Instruction
from guanjian.loops.intelligence.models import Intelligence
from guanjian.loops.operation.models import Operation
from guanjian.loops.prompt.models import Prompt
from tests.days import Ahead, Hence

DEMANDS = [
    {"into": "task", "unit": "2201", "what": "补审在途单证", "by": Ahead(20)},
    {"into": "rule", "unit": "2200", "what": "修订审价规程", "by": Ahead(40)},
]
TASKS = [
    {"unit": "2201", "what": "重点查验", "by": Ahead(20)},
    {"unit": "2202", "what": "核查企业", "by": Ahead(25)},
]
PARTICULAR = {
    ("instruction", "submit"): {"valid_from": Ahead(0), "valid_to": Ahead(30)},
    ("instruction", "examine"): {"examiners": ["甲", "乙"], "found": "find", "handling": "4"},
    ("intelligence", "provide"): {"source": "线人七号"},
    ("intelligence", "instruct"): {"receiving_unit": "2201"},
    ("prompt", "submit"): {"units": ["2201", "2202"], "checklist": [], "answer_by": Ahead(20)},
    ("answer", "self_check"): {"result": "found"},
    ("answer", "answer_lines"): {"answers": ["是", "否：未双人查验"]},
    ("answer", "confirm_made"): {"in_use_since": Ahead(0)},
    ("answer", "report_result"): {"examined": "9", "finds": "3", "cases": "1"},
    ("answer", "extend"): {"answer_by": Ahead(60)},
    ("convert", "decide"): {"demands": DEMANDS},
    ("operation", "submit"): {"starts_on": Ahead(0), "ends_on": Ahead(30), "tasks": TASKS},
    ("rectify", "ask_effect"): {"scope_kind": "all", "scope_code": "", "review_on": Ahead(90)},
    ("case", "ask_support"): {"support_unit": "2200", "support_by": Ahead(10)},
}
COUNTED = {"before_found": 40, "before_examined": 100, "after_found": 1, "after_examined": 100}
PAST = Hence(-72)
PREPARED = {
    ("instruction", "sign"): {"due_at": Hence(24)},
    ("instruction", "expire"): {"valid_to": Ahead(-3)},
    ("answer", "urge"): {"due_at": PAST},
    ("answer", "answer_lines"): {"kind": "sweep", "lines": ["价格审核", "双人查验"]},
    ("answer", "confirm_made"): {"kind": "conversion"},
    ("answer", "report_result"): {"kind": "operation"},
    ("answer", "advise"): {"kind": "support"},
    ("answer", "take_advice"): {"kind": "support"},
    ("rectify", "sign_effect"): COUNTED,
    ("rectify", "send_to_review"): {"gap_code": "price_check", **dict.fromkeys(COUNTED, 1), "signed_by": "sign_effect"},
    ("rectify", "end_review"): {"signed_by": "sign_effect"},
    ("operation", "evaluate"): dict.fromkeys(
        ("inside_found", "inside_examined", "outside_found", "outside_examined"), 1
    ),
}
FIELDS = {"answer": {"kind": "prompt"}, "operation": {"subject_type": "hs_code", "subject_id": "8413910090"}}
MODELS = (Instruction, Intelligence, Prompt, Answer, Convert, Operation)
READERS = {
    "instruction": "front",
    "intelligence": "risk",
    "prompt": "chief",
    "answer": "front",
    "convert": "function",
    "operation": "risk",
}
NOUNS = {
    "instruction": "instructions",
    "intelligence": "intelligence",
    "prompt": "prompts",
    "answer": "answers",
    "convert": "conversions",
    "operation": "operations",
}
