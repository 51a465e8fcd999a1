"""风险提示、排查 and 成果转化: what units are sent, what they answer, and what their answers open."""

from __future__ import annotations

from guanjian.crossing.examples.place import Move, Place, day
from guanjian.loops.answer.models import Answer
from guanjian.loops.convert import actions as conversions
from guanjian.loops.convert.models import Convert
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify import actions as rectifications
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.verbs import start


def play(place: Place) -> None:
    """A prompt concluded, a sweep with a “no”, a problem that came back; a conversion in use, another to be approved."""
    prompt = _issued(place, "模拟：连续低价申报风险提示", "prompt")
    for unit in (place.house, place.neighbour):
        place.take(Answer.objects.get(origin=prompt.key, unit_code=unit), *_self_checked(unit))
    place.take(prompt, ("risk", "conclude", {"summary": "两个单位均已自查，未发现同类问题，规则同步完善。"}))
    sweep = _issued(place, "模拟：查验规范专项排查", "sweep", ["是否双人查验", "记录仪是否全程开启"])
    place.take(Answer.objects.get(origin=sweep.key, unit_code=place.house), *_swept(place.house))
    _came_back(place)
    _converted(place)


def _issued(place: Place, title: str, kind: str, checklist: list[str] | None = None) -> Prompt:
    said = {
        "kind": kind,
        "message": "模拟：请对照本单位业务逐项自查，发现问题立行立改并按期答复。",
        "units": [place.house, place.neighbour],
        "checklist": checklist or [],
        "answer_by": day(20),
    }
    prompt = start(Prompt, place.actor("risk"), place.unit(place.district), title=title, level="yellow")
    return place.take(prompt, ("risk", "submit", said), ("leader", "sign_off", {"opinion": "同意下发。"}))


def _self_checked(unit: str) -> tuple[Move, ...]:
    checked = {
        "checked": "模拟：抽查近三个月同类报关单，逐票核对价格资料。",
        "result": "none",
        "problem": "",
        "proof": ["模拟：自查台账2026-11"],
    }
    return (
        (f"{unit}.section_chief", "acknowledge", {"responsible": "模拟·科长"}),
        (f"{unit}.section_chief", "self_check", checked),
        ("function", "accept", {"opinion": "自查扎实，予以通过。"}),
    )


def _swept(unit: str) -> tuple[Move, ...]:
    lines = ["是", "否：两次查验记录仪中途断电，未及时更换"]
    return (
        (f"{unit}.section_chief", "acknowledge", {"responsible": "模拟·科长"}),
        (f"{unit}.section_chief", "answer_lines", {"answers": lines, "proof": ["模拟：排查表2026-11"]}),
    )


def _came_back(place: Place) -> None:
    """The gap that the chain has plugged is found again: one level up, a draft prompt lies by itself."""
    problem = {
        "title": "模拟：连续低报再次未触发审价",
        "problem": "抽查发现新税号未纳入汇总比对范围。",
        "source": "audit",
    }
    again = {**problem, "gap_code": "price_check", "node_code": "", "level": "orange"}
    rectifications.open_problem(place.actor("function"), place.unit(), again)


def _converted(place: Place) -> None:
    found = {
        "title": "模拟：督察审计发现减免税后续监管断档",
        "source": "audit",
        "document": "模拟督审〔2026〕9号",
        "finding": "减免税货物年度报告逾期未催报，系统不提示。",
        "about_unit": place.house,
    }
    done = _decided(place, found)
    place.take(done, ("leader", "approve", {"opinion": "同意，限期落实。"}))
    place.take(Rectify.objects.get(origin=done.key), *_mended())
    unit = place.neighbour
    place.take(Answer.objects.get(origin=done.key), *_made(unit))
    place.take(done, ("oversight", "verify", {"seen": "运行一个月，逾期报告全部提示并催报到位。"}))
    other = {
        **found,
        "title": "模拟：缉私行政案卷评查发现告知文书缺项",
        "source": "police_files",
        "document": "模拟评查2026-3",
    }
    _decided(place, other)


def _decided(place: Place, found: dict) -> Convert:
    cause = {"cause": "rules", "cause_text": "职责交接未写入岗位说明，系统也没有提示。", "alike": "本关区其他隶属海关"}
    demands = [
        {"into": "task", "unit": place.house, "what": "补催全部逾期年度报告", "by": day(20)},
        {"into": "rule", "unit": place.neighbour, "what": "修订后续监管作业指引并试用", "by": day(40)},
    ]
    measures = {"at_once": "补催逾期报告并逐户核实。", "for_good": "指引与系统提示同步修订。", "demands": demands}
    conversion = conversions.open_by_hand(place.actor("function"), place.unit(place.district), found)
    return place.take(conversion, ("function", "analyse", cause), ("function", "decide", measures))


def _mended() -> tuple[Move, ...]:
    plan = {
        "at_once": "逐户催报并登记。",
        "for_good": "纳入月度对账。",
        "responsible": "模拟·科长",
        "finish_by": day(15),
    }
    done = {"done": "逾期年度报告已全部催报并核对。", "done_on": day(0), "proof": ["模拟：催报台账"]}
    return (
        ("section_chief", "plan", plan),
        ("frontline", "give_evidence", done),
        ("section_chief", "apply", {"conclusion": "逾期报告已清零。"}),
        ("function", "close_out", {"review_opinion": "台账核对无误，同意销号。"}),
    )


def _made(unit: str) -> tuple[Move, ...]:
    made = {"made": "模拟：指引第十二条已修订并在本关试用。", "reference": "模拟指引2026-12", "in_use_since": day(0)}
    return (
        (f"{unit}.section_chief", "acknowledge", {"responsible": "模拟·科长"}),
        (f"{unit}.section_chief", "confirm_made", made),
        ("function", "accept", {"opinion": "已启用，予以通过。"}),
    )
