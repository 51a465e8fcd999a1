"""布控指令 and 情报: one to its evaluation and its value, others on their way."""

from __future__ import annotations

from guanjian.crossing.examples.place import Move, Place, day
from guanjian.loops.alert.models import Alert
from guanjian.loops.instruction.models import Instruction
from guanjian.loops.intelligence.models import Intelligence
from guanjian.moving.verbs import start

GOODS = "3824999999"
ASKED = "模拟：近期某类化工品低报品名，请提供货主与运输线索。"


def play(place: Place) -> None:
    """A product that became an instruction with a find, one that was declined, one that is asked for; the alert's own."""
    product = _asked(place, "模拟：化工品伪报品名情报需求")
    told = ("police", "provide", _product("某货主拟以“水处理剂”品名申报高税率化工品，月内两批到港。"))
    used = ("risk", "instruct", {"receiving_unit": place.house, "demand": "开箱取样送检，核对品名与成分。"})
    place.take(product, told, used)
    order = Instruction.objects.get(origin=product.key)
    place.take(order, *_issued("scheduled", GOODS), *CARRIED_OUT)
    place.take(product, ("risk", "value", {"value": "find", "opinion": "据此布控查获伪报品名一批，价值明确。"}))
    declined = place.take(
        _asked(place, "模拟：某企业关联方情报需求"),
        ("police", "provide", _product("该企业与境外供货商疑有共同股东，未经印证。")),
    )
    place.take(
        declined,
        ("risk", "decline", {"reason": "对象已在稽查期内，不再重复布控。"}),
        ("police_leader", "accept", {"opinion": "同意，转稽查参考。"}),
    )
    _asked(place, "模拟：冷链商品原产地情报需求")
    _for_the_alert(place)


def _asked(place: Place, title: str) -> Intelligence:
    return start(Intelligence, place.actor("risk"), place.unit(place.district), title=title, question=ASKED)


def _product(said: str) -> dict:
    told = {"product": f"模拟：{said}", "reliability": "likely", "target_type": "hs_code", "target_id": GOODS}
    return {**told, "source": "模拟来源甲"}


def _issued(kind: str, goods: str) -> tuple[Move, ...]:
    order = {
        "kind": kind,
        "target_type": "hs_code",
        "target_id": goods,
        "required_mode": "B",
        "demand": "模拟：逐项核对品名、规格与成分，必要时取样送检。",
        "valid_from": day(0),
        "valid_to": day(60),
    }
    return (
        ("risk", "submit", order),
        ("function", "countersign", {"opinion": "条件明确，同意会签。"}),
        ("leader", "approve", {"opinion": "同意下达。"}),
        ("frontline", "sign", {}),
    )


CARRIED_OUT: tuple[Move, ...] = (
    ("frontline", "hit", {"entry_id": "220120261100000188"}),
    ("frontline", "examine", {
        "examiners": ["模拟·现场关员甲", "模拟·现场关员乙"], "mode_used": "A", "found": "find",
        "found_what": "模拟：取样检测主成分与申报品名不符，按改单补税处理。", "handling": "5"}),
    ("risk", "lift", {"reason": "对象两批货物均已查验完毕。"}),
    ("function", "evaluate", {"worth": "keep", "opinion": "命中即查获，条件可沿用。"}),
)  # fmt: skip


def _for_the_alert(place: Place) -> None:
    """What the chain's alert asked for: in force, nothing hit yet."""
    alerts = [alert.key for alert in Alert.objects.filter(house_code=place.house, state="closed")]
    order = Instruction.objects.filter(origin__in=alerts).order_by("pk").first()
    if order is not None:
        place.take(order, *_issued("immediate", "8413910090"))
