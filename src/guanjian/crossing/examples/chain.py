"""预警 → 线索 → 案件 → 反馈 → 堵漏 → 成效, once to its end; beside it others that stand in the middle."""

from __future__ import annotations

from guanjian.crossing.examples.place import SOURCE, Move, Place, day, finding, waiting
from guanjian.kernel.papers import Level, Subject
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.clue import actions as clues
from guanjian.loops.clue.models import Clue
from guanjian.loops.rectify import actions as rectifications
from guanjian.loops.rectify.models import Rectify
from guanjian.org.actor import SYSTEM

CHECKED = "调取合同、发票和付汇凭证，与同期同类商品申报价格、国际行情逐票比对，申报单价明显偏低且无合理说明。"
HANDLERS = ["模拟·现场关员甲", "模拟·现场关员乙"]
GOODS = "8413910090"


def play(place: Place) -> None:
    """The chain itself, then one alert, one clue, one case and one rectification that go on."""
    alert = _alert(place, "模拟：申报单价低于同行", "SIM0000001")
    place.take(alert, *ALERT)
    clue = Clue.objects.get(origin=alert.key)
    place.take(
        clue,
        *_transfer(alert.subject_id, "980000"),
        ("police_leader", "file_criminal", {"filing_no": "模拟缉刑立〔2026〕1号"}),
    )
    case = Case.objects.get(origin=clue.key)
    place.take(case, *_investigated(alert.subject_id), *_decided())
    _plug(place, Rectify.objects.get(origin=clue.key))
    place.take(clue, ("function", "close", {"opinion": "漏洞已堵塞并经会签成效，同意闭环。"}))
    place.take(alert, *REVIEWED)
    place.take(case, ("risk", "close", {"adopted": "已采纳：该税号列入价格布控，审价指引已印发。"}))
    _going_on(place)
    _own_problem(place)


def _alert(place: Place, said: str, number: str) -> Alert:
    """One that was found in this house, or else one that is made for the example."""
    found = waiting().filter(house_code=place.house).first()
    made = finding(place, (Subject.ENTERPRISE, number), said)
    return found or open_from_finding(made, place.unit(), SYSTEM, source=SOURCE)


ALERT: tuple[Move, ...] = (
    ("frontline", "sign", {}),
    ("frontline", "verify", {"checked": CHECKED, "proof": ["模拟：价格比对表2026-10", "模拟：企业说明函1份"]}),
    ("frontline", "confirm", {"finding_facts": "同一商品申报单价仅为同行中位价的四成。", "amount_cny": "980000"}),
    ("section_chief", "dispose", {
        "measures": ["instructed"], "opinion": "涉嫌低报价格，移交缉私并提请布控。", "transfer_clue": True}),
)  # fmt: skip
REVIEWED: tuple[Move, ...] = (
    ("frontline", "feed_back", {"result": "线索已立案查处，价格审核漏洞已整改。"}),
    ("function", "review", {
        "business_cause": "审价环节对连续低价申报没有触发复核。", "business_control": "修订审价指引，低于同行三成转人工。"}),
    ("oversight", "close", {"integrity_cause": "none", "integrity_control": "经办环节双人作业，未见廉政问题。"}),
)  # fmt: skip


def _transfer(enterprise: str, value: str) -> tuple[Move, ...]:
    form = {
        "source": "alert",
        "source_papers": ["模拟报关单220120261000000001"],
        "modus": ["low_price"],
        "enterprises": [enterprise],
        "hs_code": GOODS,
        "value_cny": value,
        "evaded_cny": "310000",
        "handlers": HANDLERS,
        "papers": ["letter", "report", "goods"],
        "summary": "模拟：该企业连续十一个月以低价申报进口泵用零件，付汇金额与申报金额不符。",
    }
    return (
        ("frontline", "submit", form),
        ("house_leader", "approve", {"opinion": "事实清楚，同意移交。"}),
        ("frontline", "transfer", {"transferred_by": HANDLERS[0]}),
        ("police", "receive", {"receipt_no": "模拟回执2026-1"}),
    )


def _investigated(enterprise: str) -> tuple[Move, ...]:
    found = {
        "party": "unit",
        "channel": "clearance",
        "modus": ["low_price"],
        "enterprises": [enterprise],
        "hs_code": GOODS,
        "price_basis": "known",
        "declared_price_cny": "96.40",
        "actual_price_cny": "241.00",
        "value_cny": "980000",
        "evaded_cny": "310000",
        "evidence_level": "B",
        "facts_found": "模拟：制作两套合同发票，差额通过境外账户另行支付，涉案三十批次。",
        "acts_from": day(-400),
        "acts_until": day(-60),
        "features": ["industry"],
    }
    return (
        ("police_leader", "assign", {"investigators": ["模拟·侦查员甲", "模拟·侦查员乙"]}),
        ("police", "conclude", found),
    )


def _decided() -> tuple[Move, ...]:
    lesson = {
        "lesson": "同一收发货人分散在不同口岸低报，单票差额小、连续时间长，须按企业汇总比对。",
        "advice": ["valuation"],
        "advice_text": "对低于同行三成的连续申报自动转人工审价。",
        "advice_to": "关税处",
        "answer_by": day(30),
        "scope": "open",
        "gap_code": "price_check",
        "gap_description": "系统按单票设阈值，连续小额低报不触发审价。",
    }
    return (
        ("police_legal", "pass_review", {"opinion": "事实清楚，证据相互印证。"}),
        ("police_leader", "prosecute", {"opinion_no": "模拟缉诉〔2026〕1号"}),
        ("police", "record_judgment", {"judgment": "模拟：法院判决被告单位犯走私普通货物罪，判处罚金。"}),
        ("police", "feed_back", lesson),
    )


def _plug(place: Place, task: Rectify) -> None:
    """Mended, closed out, measured and countersigned: as far as the volume lets it be said."""
    done = ("按企业汇总的价格比对规则已上线并培训全科人员。", "审价规则已修订，价格漏洞已堵塞。")
    scope = {"scope_kind": "hs_code", "scope_code": GOODS, "review_on": day(180)}
    task = place.take(
        task,
        *_mended(*done),
        ("function", "ask_effect", scope),
        ("oversight", "sign_effect", {"effect_opinion": "比对口径和数据来源无误。"}),
    )
    task.refresh_from_db()
    step = "look_back" if task.comparison.measurable else "send_to_review"
    place.take(task, ("oversight", step, {"seen": "抽查三十票，新规则均已触发，未见同类低报。"}))


def _mended(done: str, conclusion: str) -> tuple[Move, ...]:
    plan = {
        "at_once": "即日起对在途单证逐票复核。",
        "for_good": "修订作业指引并固化到系统。",
        "responsible": "模拟·科长",
        "finish_by": day(30),
    }
    return (
        ("section_chief", "plan", plan),
        ("frontline", "give_evidence", {"done": done, "done_on": day(0), "proof": ["模拟：作业指引修订稿2026-7"]}),
        ("section_chief", "apply", {"conclusion": conclusion}),
        ("function", "close_out", {"review_opinion": "材料齐全，抽查属实，同意销号。"}),
    )


def _going_on(place: Place) -> None:
    alert = _alert(place, "模拟：同一商品在多个口岸低价申报", "SIM0000002")
    place.take(alert, *ALERT[:2])
    by_hand = {"title": "模拟：旅检渠道多次携带高值商品", "subject_id": ""}
    clue = clues.open_by_hand(place.actor("frontline"), place.unit(), by_hand)
    place.take(clue, *_transfer("SIM0000003", "150000")[:1])
    filed = clues.open_by_hand(
        place.actor("frontline"), place.unit(), {"title": "模拟：归类不实", "subject_id": "SIM0000004"}
    )
    place.take(
        filed,
        *_transfer("SIM0000004", "90000"),
        ("police_leader", "file_administrative", {"filing_no": "模拟缉行立〔2026〕2号"}),
    )
    asked = {
        "support": "classification",
        "support_unit": place.district,
        "question": "模拟：请就涉案商品是否属于专用零件出具归类意见。",
        "support_by": day(10),
    }
    case = Case.objects.get(origin=filed.key)
    place.take(case, *_investigated("SIM0000004")[:1], ("police", "ask_support", asked))


def _own_problem(place: Place) -> None:
    """Found by the unit itself, mended and held; no gap code, so that nothing has to be measured."""
    problem = {"title": "模拟：查验记录仪充电交接不留痕", "problem": "记录仪领用、归还未登记，无法核对片段归属。"}
    given = {**problem, "source": "own", "gap_code": "", "node_code": "", "level": Level.YELLOW.value}
    task = rectifications.open_problem(place.actor("section_chief"), place.unit(), given)
    mended = _mended("已启用领用登记并与片段编号逐日核对。", "领用归还均已登记，可逐段核对。")
    place.take(task, *mended, ("oversight", "look_back", {"seen": "随机抽查十日登记，领用归还齐全。"}))
