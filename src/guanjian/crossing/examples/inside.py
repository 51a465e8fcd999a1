"""廉政线索核实, 一案双查 and 违纪违法案件管理, in their compartments: one closed and one that goes on of each."""

from __future__ import annotations

from guanjian.crossing.examples.place import SOURCE, Move, Place, finding
from guanjian.kernel.papers import Subject
from guanjian.loops.discipline import actions as matters
from guanjian.loops.discipline.models import Discipline
from guanjian.loops.inquiry import actions as inquiries
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.org.actor import SYSTEM

MEMBERS = ("oversight", "oversight.2", "0000.oversight", "0000.oversight.2")


def play(place: Place) -> None:
    """The list's own keys are open while they work."""
    with place.unlocked(*MEMBERS):
        _leads(place)
        _inquiries(place)
        _matters(place)


def _leads(place: Place) -> None:
    """One that could not be determined after the person was heard; one whose question waits for the person's reply."""
    place.take(_lead(place, "2026-09"), *VERIFIED, *ENDED)
    place.take(_lead(place, "2026-10"), *VERIFIED)


def _lead(place: Place, period: str) -> Lead:
    who = place.person("frontline.2").username
    made = finding(
        place,
        (Subject.OFFICER, who),
        "模拟：与某企业的查验派单明显高于随机水平。",
        code="INT-02",
        line_code="INT",
        period=period,
    )
    return open_from_finding(made, place.unit(), SYSTEM, source=SOURCE)


VERIFIED: tuple[Move, ...] = (
    ("oversight", "sign", {}),
    ("oversight", "verify", {"checked": "模拟：核对排班、派单日志和查验记录，派单由系统随机产生。", "proof": ["模拟：派单日志2026-10"]}),
    ("oversight", "ask", {"question": "请说明当月对该企业查验的派单来源和回避情况。"}),
)  # fmt: skip
ENDED: tuple[Move, ...] = (
    ("oversight", "reply", {"reply": "模拟：均为系统派单，与该企业无利害关系。"}),
    ("oversight", "conclude", {"verdict": "undetermined", "reasons": "模拟：样本偏少，现有材料无法认定，不等于属实。"}),
    ("oversight.2", "countersign", {"opinion": "同意，继续常态监测。"}),
)


def _inquiries(place: Place) -> None:
    """The one that the chain's case set off by itself, and one that an investigator reports at once."""
    for inquiry in Inquiry.objects.filter(compartment=place.district, state="triggered"):
        place.take(inquiry, *_looked_into())
    report = {
        "title": "模拟：水客团伙案",
        "case_key": "",
        "inside": ["needed"],
        "inside_said": "模拟：夜间通道多次免检放行。",
    }
    reported = inquiries.open_by_report(place.actor("police"), place.unit(place.bureau), report)
    place.take(reported, ("0000.oversight", "assess", {
        "risk": "medium", "risk_reasons": "模拟：通道排班与团伙过关时段重合，需进一步核实。"}))  # fmt: skip


def _looked_into() -> tuple[Move, ...]:
    team = {"team": ["模拟·督察甲", "模拟·督察乙"], "plan": "模拟：调取放行记录与排班，逐岗复核监管是否到位。"}
    return (
        ("oversight", "assess", {"risk": "low", "risk_reasons": "模拟：经办分散在多个岗位，未见固定人员。"}),
        ("oversight.2", "launch", team),
        ("oversight.2", "find_none", {"reason": "模拟：逐票复核未见违规放行，未发现人员问题。"}),
        ("oversight", "circulate", {"analysis": "模拟：低报利用单票阈值，监管规则须按企业汇总。"}),
        ("oversight", "close", {"opinion": "同意办结，规则建议已转职能部门。"}),
    )


def _matters(place: Place) -> None:
    """What a chief reported is settled by two; an anonymous report is filed and its reporter answered."""
    report = {
        "title": "模拟：查验人员接受企业宴请",
        "unit": "",
        "officer_id": place.person("frontline.2").username,
        "told": "模拟：群众反映该员接受企业宴请，请核实。",
    }
    place.take(matters.open_by_report(place.actor("section_chief"), place.unit(), report), *SETTLED)
    matters.receive("模拟：某通道夜间放行不登记，希望核查。", place.house)
    hotline = Discipline.objects.exclude(receipt="").get()
    place.take(hotline, SETTLED[0], ("oversight", "answer", {"message": "模拟：已受理并向上一级报备，核实后答复。"}))


SETTLED: tuple[Move, ...] = (
    ("oversight", "file", {
        "filing_no": "模拟督审备〔2026〕3号", "filed_with": "总署督察机构", "filed": "模拟：反映问题及初步核实安排。"}),
    ("oversight", "propose", {"mode": "end", "way": "own", "reason": "模拟：票据证明当日为自费聚餐，反映不实。"}),
    ("oversight.2", "approve_end", {"opinion": "同意了结，向本人澄清。"}),
)  # fmt: skip
