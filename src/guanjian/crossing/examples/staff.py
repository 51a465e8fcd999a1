"""课程题库, 教育培训 and 干部交流: a course in use, people who learn, have passed and have failed, two postings under way."""

from __future__ import annotations

from guanjian.crossing.examples.place import Place, day
from guanjian.loops.course import actions as courses
from guanjian.loops.posting import actions as postings
from guanjian.loops.training import actions as trainings
from guanjian.loops.training.drawing import right
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance

CODE = "SIM-EXM"
ASKED = (
    "人工查验由几名关员实施",
    "查验记录何时填写",
    "查验异常向谁报告",
    "封志不符如何处置",
    "取样由谁见证",
    "查验完毕由谁签名",
)
RIGHT = ("两名以上关员", "当场填写", "科长和风险部门", "停止放行并报告", "货主或见证人", "全部查验人员")


def play(place: Place) -> None:
    """Nobody is stopped by it in the demonstration: no post is said to need the certificate."""
    course = courses.open_by_hand(place.actor("function"), place.unit(place.district), {
        "title": "模拟：查验规范", "code": CODE, "about": "模拟：查验岗位上岗和复训。"})  # fmt: skip
    bank = {
        "questions": _questions(),
        "asked": "4",
        "pass_mark": "75",
        "valid_months": "12",
        "basis": ["模拟关规〔2024〕3号"],
    }
    material = "模拟：人工查验由两名以上关员实施，记录当场填写并由全部查验人员签名。"
    approval = {"posts": [], "needed_from": day(60), "opinion": "模拟：题目准确，同意使用。"}
    place.take(course, ("function", "draft", {**bank, "material": material}), ("function.2", "take_up", {}),
               ("function.2", "approve", approval))  # fmt: skip
    for who, knows in (("frontline", 4), ("frontline.2", 1), ("section_chief", 0)):
        _train(place, who, knows)
    _given_up(place)
    _postings(place)


def _given_up(place: Place) -> None:
    """A course that is not written after all, and a training that is not needed any more."""
    draft = courses.open_by_hand(place.actor("function"), place.unit(place.district), {
        "title": "模拟：旧版查验规范", "code": "SIM-OLD", "about": "模拟：内容已并入新课程。"})  # fmt: skip
    place.take(draft, ("leader", "drop", {"reason": "模拟：内容已并入 SIM-EXM。"}))
    given = {
        "title": "模拟：领导干部选学",
        "course": CODE,
        "officers": [place.person("house_leader").username],
        "until": day(40),
    }
    chosen = trainings.open_by_hand(place.actor("function"), place.unit(place.district), given)
    place.take(chosen, ("function", "cancel", {"reason": "模拟：已参加总署同类培训。"}))


def _questions() -> list[dict[str, str]]:
    wrong = {"choice_b": "由企业决定", "choice_c": "没有要求", "choice_d": "视情况而定"}
    return [
        {"ask": f"模拟：{ask}？", "choice_a": good, **wrong, "right": "A"}
        for ask, good in zip(ASKED, RIGHT, strict=True)
    ]


def _train(place: Place, who: str, knows: int) -> None:
    """Assigned; who knows anything sits the examination and answers so many questions rightly."""
    given = {"title": "模拟：查验岗位复训", "course": CODE, "officers": [place.person(who).username], "until": day(30)}
    one = trainings.open_by_hand(place.actor("function"), place.unit(place.district), given)
    if knows:
        one = place.take(one, (who, "study", {"learned": True}), (who, "draw", {}))
        advance(one, "submit", place.actor(who), {"answers": _answers(one, knows)})


def _answers(one: Training, knows: int) -> list[dict[str, str]]:
    told = enumerate(one.paper[:knows], 1)
    return [{"number": str(number), "answer": right(drawn, one.version_asked)} for number, drawn in told]


def _postings(place: Place) -> None:
    """A policeman to customs waits for the administrator; a rotation waits to be cleared."""
    reason = {"reason": "模拟：关警交流，充实查验一线。", "starts_on": day(20)}
    moved = _opened(place, "police", "transfer")
    told = {
        "to_unit": place.house,
        "to_post": "section_chief",
        "to_level": "section",
        "present_rank": "6",
        "new_rank": "7",
    }
    agreed = {"opinion": "模拟：同意。"}
    place.take(moved, ("function", "propose", {**told, **reason}), ("oversight", "clear", agreed),
               ("police_leader", "let_go", agreed), ("house_leader", "consent", agreed),
               ("leader", "appoint", {"order_no": "模拟关人〔2026〕5号", "meeting": "模拟关党委会2026-7"}))  # fmt: skip
    place.take(
        _opened(place, "section_chief", "rotate"), ("function", "withdraw", {"reason": "模拟：本人已另有任用。"})
    )
    rotation = _opened(place, "frontline", "rotate", place.neighbour)
    next_door = {"to_unit": place.neighbour, "to_post": "frontline", "present_rank": "", "new_rank": ""}
    place.take(
        rotation, ("function", "propose", {**told, **reason, **next_door, "reason": "模拟：查验岗位任职满五年，轮岗。"})
    )


def _opened(place: Place, who: str, mode: str, where: str = ""):
    given = {"officer": place.person(who).username, "mode": mode, "why": "模拟：任职满五年。"}
    given["to_unit"] = where or place.house
    return postings.open_by_hand(place.actor("function"), place.unit(place.district), given)
