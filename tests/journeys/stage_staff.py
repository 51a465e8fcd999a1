"""What was decided before: a course that the front line needs since today; and what the schedule does by itself.

`python -m tests.journeys.stage_staff` lays it out and prints its number as JSON; with `turn` and a day it does what the
schedule does on that day.
"""

from __future__ import annotations

import json
import sys
from datetime import date

from guanjian.cli import open_office
from tests.days import date_in

CODE, COURSE = "EXM-01", "查验规范"
RIGHT = "两名以上"
QUESTIONS = [
    {"ask": f"第{n}题：人工查验由几名关员实施？", "choice_a": "一名", "choice_b": RIGHT, "choice_c": "不限", "choice_d": "由企业指定",
     "right": "B"}
    for n in range(1, 7)
]  # fmt: skip
DRAFT = {
    "material": "人工查验由两名以上关员实施；查验记录当场填写，双人签名。",
    "basis": ["《查验作业规程》"],
    "questions": QUESTIONS,
    "asked": "4",
    "pass_mark": "75",
    "valid_months": "12",
}


def course() -> int:
    """Drafted, taken up and approved by two people; needed by the front line of the district since today."""
    from django.utils import timezone

    from guanjian.loops.course.actions import open_by_hand
    from guanjian.moving.verbs import advance
    from guanjian.org import certificates
    from guanjian.org.models import Unit
    from tests.cast import actor

    facts = {"title": COURSE, "code": CODE, "about": "查验岗位上岗培训。"}
    made = advance(
        open_by_hand(actor("function"), Unit.objects.get(pk="2200"), facts), "draft", actor("function"), DRAFT
    )
    made = advance(made, "take_up", actor("function_two"), {})
    tomorrow = date_in(1).isoformat()
    approval = {"posts": ["frontline"], "needed_from": tomorrow, "opinion": "同意使用。"}
    made = advance(made, "approve", actor("function_two"), approval)
    certificates.demand(CODE, ["frontline"], "2200", timezone.localdate(), made.key)
    return made.pk


def main(what: str = "", day: str = "") -> None:
    """Lay it out, or let the schedule turn."""
    open_office()
    from guanjian.loops.posting import actions as postings
    from guanjian.loops.training import actions as trainings

    if what == "turn":
        print(json.dumps({"trainings": trainings.turn(), "postings": postings.turn(date.fromisoformat(day))}))
    else:
        print(json.dumps({"course": course()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
