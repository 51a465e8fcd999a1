"""Opening a posting, by hand or because an examination was failed; the orders that wait for the administrator; taking up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.ranks import Line
from guanjian.loops.posting.flow import FLOW, S
from guanjian.loops.posting.models import Posting
from guanjian.loops.posting.needs import SERVING, Mode
from guanjian.moving.placing import unit_for
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Appointment, Person, Unit
from guanjian.org.posts import Post

ENDS = ("done", "refused", "withdrawn")


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Posting:
    """Somebody in post within reach, or somebody from outside, to a unit within reach; one posting at a time."""
    to_unit = unit_for(actor, facts["to_unit"], FLOW.opens)
    held = _held_by(facts["officer"])
    if (held is None) != (facts["mode"] == Mode.ENTER):
        raise BadInput(
            f"“{facts['officer']}”{'没有在任岗位：只有调任可以' if held is None else '已在本系统任职，不是调任'}。",
            f"“{facts['officer']}”: an entry from outside is for who holds no post here, and nothing else is.",
        )
    if held is not None:
        unit_for(actor, held.unit_id, FLOW.opens)
    if going(facts["officer"]):
        raise BadInput("此人已有办理中的交流事项。", "A posting of this person is under way already.")
    return _open(facts["officer"], held, to_unit, (facts["mode"], facts["why"], ""), actor)


def going(person_id: str) -> bool:
    """True while a posting of this person is under way."""
    return Posting.objects.filter(subject_type="officer", subject_id=person_id).exclude(state__in=ENDS).exists()


def open_after(origin: Record, person_id: str, why: str) -> Posting | None:
    """A rotation that another matter calls for; nothing where he has left or is on his way already."""
    held = _held_by(person_id)
    if held is None or going(person_id):
        return None
    return _open(person_id, held, held.unit, (Mode.ROTATE.value, why, origin.key), SYSTEM)


@dataclass(frozen=True)
class Stay:
    """How long somebody has been in a post, until when he may be, and by what."""

    since: date
    until: date
    because: str  # in a few words, for the title
    why: str


def open_for_stay(origin: Record, held: Appointment, stay: Stay) -> Posting | None:
    """The rotation of who has been in this post for long enough: once for a stay, and not while he is on his way already."""
    person_id = held.person.username
    name = f"{person_id}@{held.unit_id}@{held.post}@{stay.since}"
    if Posting.objects.filter(stay=name).exists() or going(person_id):
        return None
    title = f"{Mode.ROTATE.label.zh}：{held.person.name_zh}{stay.because}"[:190]
    told = {"title": title, "stay": name, "rotate_by": stay.until, "advises": _adviser(held.unit)}
    return _open(person_id, held, held.unit, (Mode.ROTATE.value, stay.why, origin.key), SYSTEM, **told)


def _adviser(unit: Unit) -> str:
    """Who speaks for the unit: the head of the house, of the bureau, or of the district."""
    if unit.kind == Line.POLICE:
        return Post.POLICE_LEADER.value
    return (Post.HOUSE_LEADER if unit.house_code else Post.LEADER).value


def _held_by(person_id: str) -> Appointment | None:
    today = timezone.localdate()
    held = Appointment.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today, post__in=SERVING)
    return held.filter(person__username=person_id).select_related("unit", "person").order_by("pk").first()


def _open(
    person_id: str, held: Appointment | None, to_unit: Unit, told: tuple[str, str, str], actor: Actor, **more: object
) -> Posting:
    mode, why, origin = told
    known = Person.objects.filter(username=person_id).first()
    came = {"from_unit": held.unit_id, "from_post": held.post, "from_line": held.unit.kind} if held else {}
    fields = {
        "title": f"{Mode(mode).label.zh}：{known.name_zh if known else person_id}"[:190],
        "subject_type": "officer",
        "subject_id": person_id,
        "mode": mode,
        "why": why,
        "to_unit": to_unit.code,
        "to_line": to_unit.kind,
        "origin": origin,
        "from_line": to_unit.kind,
    }
    return start(Posting, actor, to_unit, **{**fields, **came, **more})


def orders(person_id: str = "") -> list[Posting]:
    """The appointments that wait for the security administrator: who, to which post, from when, by which order."""
    found = Posting.objects.filter(state=S.APPOINTED).order_by("starts_on", "pk")
    return list(found.filter(subject_id=person_id) if person_id else found)


def turn(day: date | None = None) -> int:
    """Those whose post the administrator has entered are in post from its day; how many. Asking again changes nothing."""
    today, moved = day or timezone.localdate(), 0
    for one in Posting.objects.filter(state=S.APPOINTED, starts_on__lte=today).order_by("pk"):
        if one.flow.step("enter").bar(one) is None:
            advance(one, "enter", SYSTEM, {})
            moved += 1
    return moved
