"""出台前审查, 改革报备审查 and 制度立改废: what passes the gates, what headquarters answers, what is in force."""

from __future__ import annotations

from datetime import date

from guanjian.crossing.examples.place import Move, Place, day
from guanjian.loops.filing.models import Filing
from guanjian.loops.preview.models import Preview
from guanjian.loops.preview.needs import Flag, Hazard
from guanjian.loops.rulebook import actions as rules
from guanjian.loops.rulebook.models import Rulebook
from guanjian.moving.verbs import start

TEXT = "第一条 为规范查验作业，防控执法廉政风险，制定本办法。\n第二条 人工查验由两名以上关员实施。"
BOARD = ["模拟·关领导甲", "模拟·关领导乙", "模拟·关领导丙", "模拟·关领导丁"]


def play(place: Place) -> None:
    """A rule that waits for its day, a draft before the public, two reforms before headquarters, a rule under evaluation."""
    rule = place.take(_drafted(place, "模拟：查验双人作业管理办法", "rule"), *_passed("inspect_plan"))
    order = {"order_no": "模拟关规〔2026〕7号", "in_force_on": day(35)}
    place.take(Rulebook.objects.get(origin=rule.key), ("leader", "promulgate", order))
    notice = {"notice_no": "模拟公告2026-12", "channel": "模拟·门户网站", "consult_until": day(31)}
    place.take(_drafted(place, "模拟：企业申诉办理规定", "rule"), ("function", "announce", notice))
    _reforms(place)
    _of_old(place)


def _drafted(place: Place, title: str, kind: str) -> Preview:
    given = {"kind": kind, "form": "normative", "necessity": "模拟：近期多起问题源于作业要求不统一。"}
    draft = start(Preview, place.actor("function"), place.unit(place.district), title=title, level="blue", **given)
    said = {
        "text": TEXT,
        "parameters": [{"code": "exam.officers", "value": "2", "since": ""}],
        "controls": ["C-EXM-01"],
    }
    looked = {
        "report_no": "模拟调研2026-4",
        "sampled": [place.house, place.neighbour],
        "data": "模拟：抽取近一年查验记录三百份比对。",
        "found": "模拟：单人查验多发生在夜班，须以制度固定双人要求。",
    }
    content = {**said, "trainings": ["模拟：查验规范培训"]}
    return place.take(draft, ("function", "draft", content), ("function", "research", looked))


def _passed(node: str) -> tuple[Move, ...]:
    """From the consultation to the decision, each gate by the hands that it is for."""
    expert = {"home": "模拟大学", "interest": "none", "said": "程序清楚，建议明确夜班安排。"}
    hazards = [{"kind": kind.value, "where": "第二条", "against": "双人到场、系统留痕"} for kind in Hazard]
    law = {
        "above": "与海关法一致。",
        "authority": "属本关管理权限。",
        "procedure": "程序完备。",
        "opinion": "合法，同意。",
    }
    return (
        ("leader", "exempt", {"exempt": "no_outsider", "exempt_reason": "模拟：只规范内部作业分工，不影响企业。"}),
        ("function", "consult_experts", {
            "experts": [{**expert, "name": "模拟·专家甲"}, {**expert, "name": "模拟·专家乙"}], "heeded": "已增加夜班安排。"}),
        ("oversight", "pass_integrity", {"hazards": hazards, "opinion": "风险点均有措施。"}),
        ("function.2", "pass_legality", law),
        ("oversight.2", "pass_control", {
            "nodes": [{"node": node, "built": "semi", "measure": "系统派单，双人签到"}],
            "moves": [{"node": node, "from_post": "examination", "to_post": "risk"}], "nothing_moves": False,
            "flags": list(Flag), "residual": "low", "opinion": "权力调整清楚，同意。"}),
        ("leader", "decide", {
            "meeting": "模拟关务会议纪要2026-9", "entitled": "5", "attended": BOARD, "votes_for": "3", "votes_against": "1",
            "votes_withheld": "0", "dissent": "模拟：建议先在一个隶属海关试行。", "resolution": "同意出台。"}),
    )  # fmt: skip


def _reforms(place: Place) -> None:
    """One that headquarters examines, one that it refused."""
    filed = {
        "summary": "模拟：查验派单改由风险部门按风险等级统一派发。",
        "scope": "全关区",
        "papers": ["report", "text", "explanation", "record"],
    }
    for title, node in (("模拟：查验统一派单改革", "dispatch"), ("模拟：自设企业分类标准改革", "classify_firms")):
        draft = place.take(_drafted(place, title, "reform"), *_passed(node))
        reform = Filing.objects.get(origin=draft.key)
        place.take(reform, ("function", "file", filed), ("0000.function", "accept", {}))
    examined = {
        "law": "与总署统一信用管理办法不一致。",
        "uniform": "影响执法统一性。",
        "compared": "其他关区均执行统一标准。",
        "proposal": "建议不同意实施。",
    }
    answer = {"answer_no": "模拟署函〔2026〕21号", "answer": "企业分类执行全国统一标准，不得自设。"}
    place.take(reform, ("0000.function", "examine", examined), ("0000.leader", "refuse", answer))


def _of_old(place: Place) -> None:
    """Two rules from before this office: one is taken over and evaluated, one has long been replaced."""
    known = {"form": "internal", "parameters": [], "controls": ["C-EXM-01", "C-EXM-02"], "trainings": []}
    for number, title in (("模拟关规〔2024〕3号", "模拟：查验作业规程"), ("模拟关规〔2019〕8号", "模拟：旧版查验要求")):
        given = {**known, "title": title, "number": number, "in_force_on": date(2024, 5, 1), "text": TEXT}
        rule = rules.open_by_hand(place.actor("function"), place.unit(place.district), given)
        if number.endswith("3号"):
            place.take(rule, ("oversight", "take_over", {"seen": "模拟：核对原件，现行有效。"}))
            place.take(rule, ("oversight", "begin_evaluation", {"from_day": day(-180), "until_day": day(-1)}))
        else:
            place.take(rule, ("oversight", "strike", {"reason": "模拟：已被2024年规程取代。"}))
