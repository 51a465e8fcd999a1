"""What was done weeks ago: a leader's period that is over with its trace, an appraisal whose period is over; and what the schedule does.

`python -m tests.journeys.stage_duties` prints their numbers as JSON; with `turn`, it does what the schedule does every night.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

from guanjian.cli import open_office
from tests.journeys.stage_governance import days_ago

PROBLEM = {"problem": "抽查发现封志号漏登，夜班交接无人核对。", "gap_code": "", "level": "yellow"}


def duty() -> int:
    """Drawn up 25 days ago; the head of the house planned two problems and answered the police, the chief found one himself."""
    from django.utils import timezone

    from guanjian.loops.duty.actions import DEFAULT, STATED, draw_up
    from guanjian.loops.oversight.models import Oversight
    from guanjian.loops.rectify.actions import open_problem
    from guanjian.moving.verbs import advance
    from guanjian.org.models import Appointment, Unit
    from tests.cast import actor
    from tests.loops.samples import given
    from tests.loops.world import record_before

    today, house = timezone.localdate(), Unit.objects.get(pk="2201")
    with days_ago(25):
        held = Appointment.objects.get(person__username="house_head")
        made = draw_up(actor("leader"), held, [*DEFAULT, STATED], today - timedelta(days=26), today - timedelta(days=1))
    with days_ago(10):
        for who, title, node in (("chief", "封志登记不全", "seal"), ("function", "查验记录缺页", "record")):
            task = {**PROBLEM, "title": title, "source": "own" if who == "chief" else "sweep", "node_code": node}
            one = open_problem(actor(who), house, task)
            advance(one, "plan", actor("house_head"), given(one, "plan"))
        step = Oversight.FLOW.step("reply_customs")
        notice = record_before(Oversight, step, step.source[0])
        advance(notice, step.name, actor("house_head"), given(notice, step.name))
    return made.pk


def appraisal() -> int:
    """Opened by headquarters 25 days ago; since then two clues were received, and one was filed."""
    from django.utils import timezone

    from guanjian.loops.appraisal.actions import open_sheet
    from guanjian.loops.clue.models import Clue
    from guanjian.moving.verbs import advance
    from guanjian.org.models import Unit
    from tests.cast import actor
    from tests.loops.samples import given
    from tests.loops.world import record_before

    today = timezone.localdate()
    span = {"period_from": today - timedelta(days=26), "period_until": today - timedelta(days=1)}
    facts = {"district": "2200", "why_again": "", **{name: day.isoformat() for name, day in span.items()}}
    with days_ago(25):
        sheet = open_sheet(actor("function_hq"), Unit.objects.get(pk="0000"), facts)
    with days_ago(10):
        for filed in (True, False):
            step = Clue.FLOW.step("transfer")
            clue = record_before(Clue, step, step.source[0])
            clue = advance(clue, "transfer", actor("front"), given(clue, "transfer"))
            clue = advance(clue, "receive", actor("police"), given(clue, "receive"))
            if filed:
                advance(clue, "file_administrative", actor("police_head"), given(clue, "file_administrative"))
    return sheet.pk


def main(what: str = "") -> None:
    """Lay both out, or let the schedule turn."""
    open_office()
    from guanjian.crossing import appraising, duties

    if what == "turn":
        print(json.dumps({**duties.turn(), **appraising.turn()}))
    else:
        print(json.dumps({"duty": duty(), "appraisal": appraisal()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
