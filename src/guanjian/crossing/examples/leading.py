"""一岗双责 and 反走私绩效综合考评: a leader whose list runs and one who was assessed; a sheet that runs and a published one."""

from __future__ import annotations

from datetime import date

from guanjian.crossing import appraising, duties
from guanjian.crossing.examples.place import Place, day
from guanjian.loops.appraisal.actions import open_sheet
from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.duty.actions import DEFAULT, STATED, draw_up, open_list
from guanjian.loops.duty.models import Duty
from guanjian.org.models import Appointment

POOR = {"grade": "poor", "diligence": "", "opinion": "模拟：履责期内账本中没有本人办理的检查、研判和谈话。"}


def play(place: Place) -> None:
    """The running ones first: what they show is what the examples before have left in the trace."""
    leader = place.actor("leader")
    given = {"unit_code": place.house, "post": "house_leader", "holder": place.person("house_leader").username}
    open_list(leader, place.unit(), {**given, "period_from": day(-30), "period_until": day(60), "items": []})
    given = {"unit_code": place.house, "post": "section_chief", "holder": place.person("section_chief").username}
    open_list(leader, place.unit(), {**given, "period_from": day(-30), "period_until": day(60), "items": []})
    over = _drawn_before(place)
    sheets = [_sheet(place, day(-30), day(60)), _sheet(place, day(-120), day(-1))]
    duties.turn()
    appraising.turn()
    _assessed(place, over)
    _appraised(place, sheets[1])


def _drawn_before(place: Place) -> Duty:
    """A period that was over before this office began: its trace is empty, and that is what it says."""
    held = Appointment.objects.get(person=place.person("house_leader"), unit_id=place.house)
    first, last = (date.fromisoformat(day(offset)) for offset in (-120, -31))
    return draw_up(place.actor("leader"), held, [*DEFAULT, STATED], first, last)


def _assessed(place: Place, duty: Duty) -> None:
    stated = {
        "business": "模拟：每月带队检查查验现场，组织夜班作业风险研判。",
        "integrity": "模拟：与各科室负责人逐一谈话，逐项落实巡察整改。",
        "shortfall": "模拟：系统启用前的工作未留痕。",
        "missed": [],
    }
    place.take(
        duty,
        ("house_leader", "state", stated),
        ("leader", "assess", {**POOR, "outcome": "propose"}),
        ("oversight", "confirm", {"second_opinion": "模拟：与取证结果一致。"}),
        ("house_leader", "object", {"grounds": "模拟：系统启用前没有留痕条件，不应追究。", "missed": []}),
        ("oversight.2", "amend", {**POOR, "outcome": "none", "answer": "模拟：异议成立，不再提出问责建议；等次依留痕不变。"}),
        ("function", "publish", {}),
    )  # fmt: skip


def _sheet(place: Place, first: str, last: str) -> Appraisal:
    facts = {"district": place.district, "period_from": first, "period_until": last, "why_again": ""}
    return open_sheet(place.actor("0000.function"), place.unit("0000"), facts)


def _appraised(place: Place, sheet: Appraisal) -> None:
    place.take(
        sheet,
        ("0000.function", "review", {"review_opinion": "模拟：计数与账本一致。"}),
        ("leader", "object", {"grounds": "模拟：启用系统前移交的线索未计入。", "named": []}),
        ("0000.oversight", "uphold", {"answer": "模拟：只计账本所载，各关区口径一致。"}),
        ("0000.leader", "decide", {"decision": "模拟：同意审定。"}),
        ("0000.oversight", "publish", {}),
    )
