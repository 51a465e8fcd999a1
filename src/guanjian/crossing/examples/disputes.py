"""双向监督 and 督办: a groundless refusal of each side calls the other, and what stands overdue is urged."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guanjian.crossing import urging
from guanjian.crossing.examples.place import Move, Place, day
from guanjian.loops.clue import actions as clues
from guanjian.loops.clue.models import Clue
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.urge.models import Urge
from guanjian.moving.verbs import start

LONG_AGO = timedelta(days=30)


def play(place: Place) -> None:
    """One notice to the police corrected and closed, one to customs replied to; one urging checked, one to be answered."""
    refused = place.take(_clue(place, "模拟：伪报原产地线索", "160000"), *_refused_by_police())
    place.take(Oversight.objects.get(origin=refused.key), *CORRECTED)
    kept = place.take(
        _clue(place, "模拟：拆单进口线索", "420000"), ("house_leader", "reject", {"reason": "模拟：拟先行补税后再定。"})
    )
    place.take(Oversight.objects.get(origin=kept.key), ("house_leader", "reply_customs", {
        "reply": "模拟：补税与移送并不矛盾，已组织重新审批。", "done": ["重新提交审批"]}))  # fmt: skip
    _urged(place)


def _clue(place: Place, title: str, evaded: str) -> Clue:
    form = {
        "source": "declaration",
        "source_papers": ["模拟报关单220120261000000077"],
        "modus": ["false_origin"],
        "enterprises": ["SIM0000005"],
        "hs_code": "0303890090",
        "value_cny": "1600000",
        "evaded_cny": evaded,
        "handlers": ["模拟·现场关员甲", "模拟·现场关员乙"],
        "papers": ["letter", "report"],
        "summary": "模拟：原产地证书编号与签发国核查结果不符。",
    }
    opened = clues.open_by_hand(place.actor("frontline"), place.unit(), {"title": title, "subject_id": "SIM0000005"})
    return place.take(opened, ("frontline", "submit", form))


def _refused_by_police() -> tuple[Move, ...]:
    return (
        ("house_leader", "approve", {"opinion": "同意移交。"}),
        ("frontline", "transfer", {"transferred_by": "模拟·现场关员甲"}),
        ("police", "receive", {"receipt_no": "模拟回执2026-7"}),
        ("police_leader", "refuse", {"reason": "经审查，不符合立案条件。"}),
    )


CORRECTED: tuple[Move, ...] = (
    ("police_legal", "reply_police", {"reply": "模拟：理由表述过于简单，同意补充说明并复核。", "done": ["调取原产地核查函"]}),
    ("function", "answer_customs", {"position": "请按规定第九条说明不予立案的理由。"}),
    ("0000.oversight", "uphold", {
        "found": "不予立案通知未写明理由，违责成立。", "measures": ["correct"], "demand": "三日内补充书面理由并复核。"}),
    ("police_leader", "correct_police", {"corrected": "模拟：已补充书面理由并提交复核。", "proof": ["模拟：补充说明2026-7"]}),
    ("0000.oversight", "verify", {"position": "理由已补充送达，核验通过。"}),
)  # fmt: skip


def _urged(place: Place) -> None:
    """Two problems that nobody has planned for a month: the clock urges both by itself, one of them answers."""
    late = [_late(place, f"模拟：{what}") for what in ("卡口抬杆记录缺失", "查验场地围网破损")]
    urging.urge()
    answered = Urge.objects.get(origin=late[0].key)
    why = {"why_late": "责任科室调整，交接遗漏。", "finish_by": day(7)}
    seen = {"seen": "已约定完成日期并列入跟踪。"}
    place.take(answered, ("section_chief", "answer", why), ("function", "close", seen))


def _late(place: Place, title: str) -> Rectify:
    given = {
        "problem": "模拟：现场检查发现，尚未立项。",
        "source": "inspection",
        "level": "yellow",
        "found_at_level": "yellow",
    }
    return start(Rectify, place.actor("function"), place.unit(), title=title, at=timezone.now() - LONG_AGO, **given)
