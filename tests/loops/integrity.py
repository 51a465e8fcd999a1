"""What the generic tests must know of the loops in the compartment: their facts, their records, who reads them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.loops.inquiry.models import Inquiry


def _day(offset: int) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


PARTICULAR = {
    ("inquiry", "launch"): {"team": ["甲", "乙"]},
    ("inquiry", "hand_over"): {"officers": ["g220104"]},
    ("inquiry", "choose_mode"): {"handle_until": _day(20)},
}
PREPARED = {
    ("inquiry", "assess"): {"look_back_total": 3},
}
FIELDS = {
    "inquiry": {"label": "integrity", "compartment": "2200", "subject_unit": "2201", "case_key": "case/1",
                "triggers": ["higher_order"], "evidence": ["二类：挂牌督办"]},
}  # fmt: skip
MODELS = (Inquiry,)
READERS = {"inquiry": "oversight"}
NOUNS = {"inquiry": "inquiries"}
