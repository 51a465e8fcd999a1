"""会议 and 任务: a conference whose decisions became tasks, a situation meeting that is closed, a task with its parts."""

from __future__ import annotations

from guanjian.crossing.examples.place import Place, day
from guanjian.loops.meeting.actions import call
from guanjian.loops.meeting.models import Meeting
from guanjian.loops.task.actions import open_by_hand
from guanjian.loops.task.models import Task

PRESENT = {"customs_present": ["模拟·关领导", "模拟·职能处室"], "police_present": ["模拟·缉私局长"], "absent": []}
MINUTES = "模拟：通报近一个月预警、逾期和复发情况，研究低报价格风险的共同防控，议定事项如下。"


def play(place: Place) -> None:
    """A conference with its list of shared risks and its tasks, a situation meeting carried out, a task that is decomposed."""
    _conference(place)
    _situation(place)
    _decomposed(place)


def _called(place: Place, title: str, kind: str) -> Meeting:
    given = {"planned_on": day(0), "invited": ["模拟·缉私局", "模拟·风险防控分局", "模拟·各隶属海关"]}
    called = call(place.actor("function"), place.unit(place.district), {"title": title, "kind": kind, **given})
    return place.take(called, ("function", "fix_agenda", {"from_day": day(-30), "until_day": day(0)}))


def _conference(place: Place) -> None:
    standard = "模拟：有台账、有结果、可核查"
    wanted = (
        ("task", "模拟：对低报价格预警逐票审价", place.house, "section_chief"),
        ("task", "模拟：对关联企业同步扩线研判", place.bureau, "police"),
        ("notice", "模拟：通报泵用零件低报价格案", place.district, "risk"),
    )
    decisions = [
        {"into": into, "what": what, "unit": unit, "post": post, "standard": standard, "by": day(25)}
        for into, what, unit, post in wanted
    ]
    shared = {
        "risk": "模拟：泵用零件低报价格",
        "customs_unit": place.house,
        "customs_measure": "布控并逐票审价",
        "police_unit": place.bureau,
        "police_measure": "情报经营、适时立案",
        "review_on": day(90),
    }
    held = {
        "held_on": day(0),
        **PRESENT,
        "decisions": decisions,
        "shared_risks": [shared],
        "struck": [],
        "minutes": MINUTES,
    }
    meeting = place.take(
        _called(place, "模拟：第四季度关警联席会议", "joint"),
        ("function", "hold_jointly", held),
        ("leader", "sign_customs", {}),
        ("police_leader", "sign_police", {}),
        ("function", "issue", {}),
    )
    promise = {"responsible": "模拟·侦查员", "undertaking": "模拟：按关联企业清单逐户研判。", "due_on": day(20)}
    result = {"result": "模拟：研判关联企业十二户，形成线索两条。", "proof": ["模拟研判报告2026-7"]}
    place.take(
        Task.objects.get(origin=meeting.key, unit_code=place.bureau),
        ("police", "promise", promise),
        ("police", "finish", result),
        ("oversight", "evaluate", {"grade": "good", "opinion": "模拟：符合办结标准。"}),
    )


def _situation(place: Place) -> None:
    decision = {
        "into": "task", "what": "模拟：复发问题逐项倒查原因", "unit": place.house, "post": "house_leader",
        "standard": "模拟：原因、责任、措施三清", "by": day(30),
    }  # fmt: skip
    held = {"held_on": day(0), "customs_present": PRESENT["customs_present"], "absent": [], "decisions": [decision]}
    meeting = place.take(
        _called(place, "模拟：十一月执法管理廉政形势分析例会", "situation"),
        ("function", "hold", {**held, "minutes": MINUTES}),
        ("leader", "sign_customs", {}),
        ("function", "issue", {}),
    )
    promise = {"responsible": "模拟·隶属海关关长", "undertaking": "模拟：逐项倒查，形成报告。", "due_on": day(15)}
    result = {"result": "模拟：三项复发问题均已查清原因并落实责任。", "proof": ["模拟倒查报告2026-2"]}
    place.take(
        Task.objects.get(origin=meeting.key),
        ("house_leader", "promise", promise),
        ("house_leader", "finish", result),
        ("oversight", "evaluate", {"grade": "excellent", "opinion": "模拟：提前完成，原因查清。"}),
    )
    place.take(meeting, ("leader", "close", {"summary": "模拟：议定事项一项，已按期落实。"}))


def _decomposed(place: Place) -> None:
    """The head of the house divides what the district asked; the section's part is objected to, the other reports."""
    asked = {
        "title": "模拟：夜班查验双人作业整改", "requirement": "模拟：夜班人工查验一律双人实施。", "standard": "模拟：双人率百分之百",
        "post": "house_leader", "finish_by": day(30), "assisting": [], "source": "plan", "kind": "special", "level": "yellow",
    }  # fmt: skip
    task = open_by_hand(place.actor("leader"), place.unit(place.district), {**asked, "unit": place.house})
    part = {"role": "host", "unit": place.house, "standard": "模拟：班表公布并执行", "by": day(15)}
    parts = [
        {**part, "post": "section_chief", "what": "模拟：重排夜班班表"},
        {**part, "role": "assist", "post": "frontline", "what": "模拟：提供夜班查验记录"},
    ]
    promise = {"responsible": "模拟·隶属海关关长", "undertaking": "模拟：分解到科室，月底前完成。", "due_on": day(28)}
    place.take(task, ("house_leader", "promise", promise), ("house_leader", "decompose", {"parts": parts}))
    chief, officer = Task.objects.filter(origin=task.key).order_by("pk")
    objection = {"ground": "too_soon", "reason": "模拟：十五日内人员调配不到位。"}
    place.take(chief, ("section_chief", "object", objection))
    done = {"percent": "40", "progress": "模拟：已整理前两个月夜班记录。"}
    own = {"responsible": "模拟·现场关员", "undertaking": "模拟：分批整理提供。", "due_on": day(10)}
    place.take(officer, ("frontline", "promise", own), ("frontline", "report", done))
