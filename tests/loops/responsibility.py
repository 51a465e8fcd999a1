"""What the generic tests must know of meetings and tasks: their facts, their records, who reads them."""

from __future__ import annotations

from guanjian.loops.meeting.models import Meeting
from guanjian.loops.task.models import Task
from tests.days import Ahead

ISSUED_BY = {"issuer_unit_code": "2201", "issuer_house_code": "2201", "issuer_district_code": "2200"}
PART = {
    "role": "host",
    "unit": "2201-01",
    "post": "frontline",
    "what": "逐票复核",
    "standard": "复核率百分之百",
    "by": Ahead(5),
}
PARTICULAR = {
    ("task", "promise"): {"due_on": Ahead(9)},
    ("task", "adjust"): {"post": "section_chief", "finish_by": Ahead(30)},
    ("task", "decompose"): {"parts": [PART]},
    ("task", "extend"): {"finish_by": Ahead(40)},
    ("task", "evaluate"): {"grade": "good"},
}
DECISION = {
    "into": "task",
    "what": "夜班双人查验",
    "unit": "2201",
    "post": "section_chief",
    "standard": "双人率百分之百",
    "by": Ahead(20),
}
SHARED = {"risk": "低报价格", "customs_unit": "2201", "customs_measure": "逐票审价", "police_unit": "22P0",
          "police_measure": "同步研判扩线", "review_on": Ahead(60)}  # fmt: skip
LINE = {"unit": "2201", "figure": "open", "number": "3", "keys": "alert/1 alert/2"}
PARTICULAR |= {
    ("meeting", "lay_agenda"): {
        "alerts": [LINE],
        **{name: [] for name in ("overdue", "recurrences", "stages", "notices")},
    },
    ("meeting", "fix_agenda"): {"from_day": Ahead(-30), "until_day": Ahead(0)},
    ("meeting", "hold"): {"held_on": Ahead(0), "decisions": [DECISION]},
    ("meeting", "hold_jointly"): {"held_on": Ahead(0), "decisions": [DECISION], "shared_risks": [SHARED], "struck": []},
    ("meeting", "give_reason"): {"number": "1"},
}
DECIDED = {"decisions": [DECISION], "followed": {"1": {"task": "task/0"}}}
PREPARED = {
    ("meeting", "lay_agenda"): {"facts": {"fix_agenda": {"from_day": Ahead(-30), "until_day": Ahead(0)}}},
    ("meeting", "hold"): {"kind": "situation", "facts": {"lay_agenda": {}}},
    ("meeting", "hold_jointly"): {"facts": {"lay_agenda": {}}},
    ("meeting", "issue"): {"kind": "situation", "signed_by": "sign_customs"},
    **{("meeting", step): DECIDED for step in ("note_task", "note_outcome", "give_reason")},
}
FIELDS = {
    "task": {
        "post": "section_chief",
        "finish_by": Ahead(10),
        "standard": "整改到位，有据可查",
        "source": "order",
        "kind": "daily",
        **ISSUED_BY,
    },
    "meeting": {"kind": "joint"},
}
MODELS = (Meeting, Task)
READERS = {"task": "front", "meeting": "function"}
NOUNS = {"task": "tasks", "meeting": "meetings"}
