"""What the generic tests must know of the loops in the compartment: their facts, their records, who reads them."""

from __future__ import annotations

from datetime import date

from guanjian.loops.discipline import mailbox
from guanjian.loops.discipline.models import Discipline
from guanjian.loops.inquiry.models import Inquiry
from tests.days import Ahead

PARTICULAR = {
    ("inquiry", "launch"): {"team": ["甲", "乙"]},
    ("inquiry", "hand_over"): {"officers": ["g220104"]},
    ("inquiry", "choose_mode"): {"handle_until": Ahead(20)},
}
APPROVED = ("approve_talk", "approve_verify", "approve_hold", "approve_review")
PARTICULAR |= {("discipline", name): {"by_date": Ahead(20)} for name in APPROVED}
PARTICULAR |= {("discipline", name): {"effective_on": Ahead(0)} for name in ("execute", "execute_dismissal")}
PARTICULAR[("discipline", "sanction")] = {"party_sanction": ""}
CODE = "0000-1111-2222-3333-4444-5555"
BOXED = {"receipt": mailbox.receipt_of(CODE), "letter_box": mailbox.box_of(CODE)}
PREPARED = {
    **{("discipline", f"approve_{mode}"): {"mode": mode} for mode in ("talk", "verify", "hold", "end", "review")},
    ("discipline", "execute"): {"sanction": "warning"},
    ("discipline", "execute_dismissal"): {"sanction": "dismissal"},
    ("discipline", "lift"): {"sanction": "warning", "effective_on": Ahead(-200)},
    ("discipline", "answer"): BOXED,
    ("discipline", "say_more"): BOXED,
    ("inquiry", "assess"): {"look_back_total": 3, "looked_from": date(2023, 1, 1), "looked_until": date(2026, 1, 1)},
}
FIELDS = {
    "inquiry": {"label": "integrity", "compartment": "2200", "subject_unit": "2201", "case_key": "case/1",
                "triggers": ["higher_order"], "evidence": ["二类：挂牌督办"]},
}  # fmt: skip
FIELDS["discipline"] = {"label": "integrity", "compartment": "2200", "subject_unit": "2201", "source": "report"}
MODELS = (Inquiry, Discipline)
READERS = {"inquiry": "oversight", "discipline": "oversight"}
NOUNS = {"inquiry": "inquiries", "discipline": "disciplines"}
