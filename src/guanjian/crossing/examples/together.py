"""专项行动 and 外勤作业: what customs and police do together, and what two officers do on site."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.crossing.examples.place import Move, Place, day
from guanjian.loops.answer.models import Answer
from guanjian.loops.fieldwork import actions as jobs
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.operation.models import Operation
from guanjian.moving.verbs import start

RESULTS = (("40", "6", "2", "1860000"), ("25", "2", "1", "540000"))


def play(place: Place) -> None:
    """One operation concluded on its comparison, one that waits for the police's signature; two jobs outside."""
    done = _planned(place, "模拟：国门利剑·化工品专项行动", "3824999999")
    place.take(done, ("leader", "customs_agrees", {"opinion": "同意方案。"}), *LAUNCHED)
    units = (place.house, place.neighbour)
    for unit, counts in zip(units, RESULTS, strict=True):
        place.take(Answer.objects.get(origin=done.key, unit_code=unit), *_reported(unit, counts))
    place.take(done, *CONCLUDED)
    other = _planned(place, "模拟：泵用零件联合监控", "8413910090")
    place.take(other, ("leader", "customs_agrees", {"opinion": "同意联合监控。"}))
    _jobs(place)


def _planned(place: Place, title: str, goods: str) -> Operation:
    plan = {
        "plan": "模拟：风险部门筛选对象，现场重点查验，缉私同步研判扩线。",
        "customs_lead": "模拟·风险分析员",
        "police_lead": "模拟·侦查员",
        "starts_on": day(0),
        "ends_on": day(60),
        "tasks": [
            {"unit": place.house, "what": "对清单内商品重点查验", "by": day(30)},
            {"unit": place.neighbour, "what": "对关联企业实施核查", "by": day(40)},
        ],
    }
    about = {"subject_type": "hs_code", "subject_id": goods}
    operation = start(Operation, place.actor("risk"), place.unit(place.district), title=title, **about)
    return place.take(operation, ("risk", "submit", plan))


LAUNCHED: tuple[Move, ...] = (
    ("police_leader", "police_agrees", {"opinion": "同意，缉私同步参与。"}),
    ("risk", "launch", {}),
)
CONCLUDED: tuple[Move, ...] = (
    ("function", "evaluate", {"evaluation": "模拟：行动内查获率以比对结果为准；样本不足时不作高低结论。"}),
    ("leader", "conclude", {"lessons": "对象筛选条件转为常态布控。"}),
)


def _reported(unit: str, counts: tuple[str, ...]) -> tuple[Move, ...]:
    named = dict(zip(("examined", "finds", "cases", "value_cny"), counts, strict=True))
    return (
        (f"{unit}.section_chief", "acknowledge", {"responsible": "模拟·科长"}),
        (f"{unit}.section_chief", "report_result", {**named, "summary": "模拟：按清单逐票查验，查获情况已移交缉私。"}),
        ("function", "accept", {"opinion": "数据与台账一致。"}),
    )


def _jobs(place: Place) -> None:
    """One that is planned for today, one that was called off."""
    _job(place, "模拟：某物流园3号查验台", "220120261100000207")
    called_off = _job(place, "模拟：某企业厂区", "220120261100000209")
    place.take(called_off, ("section_chief", "cancel", {"reason": "企业申请改期，另行安排。"}))


def _job(place: Place, where: str, entry: str) -> Fieldwork:
    begins = timezone.now() + timedelta(hours=1)
    officers = [place.person(who).username for who in ("frontline", "frontline.2")]
    facts = {
        "kind": "examination",
        "subject_type": "entry",
        "subject_id": entry,
        "place": where,
        "place_lon": "121.503",
        "place_lat": "31.245",
        "planned_start": begins.isoformat(),
        "planned_end": (begins + timedelta(hours=4)).isoformat(),
        "officers": officers,
    }
    return jobs.plan(place.actor("section_chief"), place.unit(), facts)
