"""关警联合值班: a watch that was stood, handed over and read; one that goes on with a swap asked for; one that waits for consent."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.crossing import rosters
from guanjian.crossing.examples.place import Place, day
from guanjian.loops.roster import actions
from guanjian.loops.roster.models import Roster

AGREED = {"opinion": "模拟：同意，缉私按班次派员。"}
CLUE = {
    "clue_title": "模拟：旅检现场夹藏卷烟",
    "clue_summary": "模拟：机检图像异常，关警同班开箱，发现夹层内藏有未申报卷烟。",
    "clue_enterprise": "",
}


def play(place: Place) -> None:
    """Both sides take up and hand over by themselves; what is read is what they did."""
    stood = _published(place, "模拟：旅检通道", ("frontline", "police"), ((-5, 55),))
    place.take(
        stood,
        ("frontline", "take_up", {"noted": "模拟：印章、执法记录仪齐备。"}),
        ("police", "take_up", {"noted": ""}),
        ("frontline", "open_clue", CLUE),
        ("police", "hand_over", {"handed": "模拟：嫌疑人已移交办案部门。"}),
        ("frontline", "hand_over", {"handed": "模拟：夹层行李封存于2号柜，钥匙交下一班。"}),
    )
    rosters.turn()
    place.take(
        stood,
        ("police_leader", "confirm", {"opinion": "模拟：与缉私值班记录一致。"}),
        (
            "house_leader",
            "conclude",
            {"summary": "模拟：航班提前结束，双方提前撤岗；现场移交线索一件。", "why_missed": ""},
        ),
    )
    _going_on(place)
    _waiting(place)


def _going_on(place: Place) -> None:
    """The officer is there, the policeman is due; tomorrow's officer asks for a swap."""
    people = ("frontline.2", "police.2")
    going = _published(place, "模拟：3号监管作业场所", people, ((-20, 460), (1420, 1900)))
    leaves, stands_in = (place.person(who).username for who in ("frontline.2", "section_chief"))
    swap = {"number": "2", "leaves": leaves, "stands_in": stands_in, "reason": "模拟：参加岗位培训，申请换班。"}
    place.take(going, ("frontline.2", "take_up", {"noted": "模拟：3号箱待复查。"}), ("frontline.2", "ask_swap", swap))


def _waiting(place: Place) -> None:
    opened = _opened(place, "模拟：邮件处理中心")
    place.take(
        opened, ("house_leader", "arrange", {"shifts": _rows(place, ("section_chief", "police"), ((4320, 4800),))})
    )


def _published(place: Place, where: str, people: tuple[str, str], spans: tuple[tuple[int, int], ...]) -> Roster:
    return place.take(
        _opened(place, where),
        ("house_leader", "arrange", {"shifts": _rows(place, people, spans)}),
        ("police_leader", "agree", AGREED),
        ("house_leader", "publish", {}),
    )


def _opened(place: Place, where: str) -> Roster:
    facts = {"place": where, "from_day": day(-1), "until_day": day(6), "enterprise": ""}
    return actions.open_by_hand(place.actor("house_leader"), place.unit(), facts)


def _rows(place: Place, people: tuple[str, str], spans: tuple[tuple[int, int], ...]) -> list[dict[str, str]]:
    """Shifts from so many to so many minutes from now."""
    now = timezone.now().replace(second=0, microsecond=0)
    customs, police = (place.person(who).username for who in people)
    sides = {"customs": customs, "police": police}
    return [
        {
            "starts": (now + timedelta(minutes=begins)).isoformat(),
            "ends": (now + timedelta(minutes=ends)).isoformat(),
            **sides,
        }
        for begins, ends in spans
    ]
