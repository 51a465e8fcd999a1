"""What is measured before something closes: the numbers come from the lake, never from whoever wants to close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from guanjian.kernel.errors import NotFound
from guanjian.kernel.flow import Facts
from guanjian.kernel.shares import Comparison, Share
from guanjian.lenses.comparison import About, before_and_after, inside_and_outside
from guanjian.loops.clue.flow import S as ClueState
from guanjian.loops.clue.models import Clue
from guanjian.loops.convert.flow import S as ConvertState
from guanjian.loops.convert.models import Convert
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor, Holding
from guanjian.org.models import Unit
from guanjian.org.posts import Post, UnitLevel
from guanjian.wiring.keys import number_in

NOTHING = Comparison(Share(0, 0), Share(0, 0))  # without a lake nothing is measurable, and it says so


def measure_operation(operation: Record, actor: Actor, facts: Facts) -> None:
    """An operation whose results are in is compared with the rest of its units' work of the same time."""
    about = About(operation.subject_type, operation.subject_id)
    seen = _seen(
        operation, lambda who, lake: inside_and_outside(who, lake, about, operation.starts_on, operation.ends_on)
    )
    advance(operation, "measure", SYSTEM, _told(seen, "outside", "inside"))


def measure_effect(rectify: Record, actor: Actor, facts: Facts) -> None:
    """A gap that was mended is measured: find rate of the year before the work was done, and since."""
    about = About("" if rectify.scope_kind == "all" else rectify.scope_kind, rectify.scope_code)
    done, today = _done_on(rectify), timezone.localdate()
    seen = _seen(rectify, lambda who, lake: before_and_after(who, lake, about, done, today))
    advance(rectify, "measure_effect", SYSTEM, _told(seen, "before", "after"))


def plug_clue(rectify: Record, actor: Actor, facts: Facts) -> None:
    """A countersigned effect, measured or not measurable with the volume needed, lets the clue be verified and closed."""
    clue = Clue.objects.filter(pk=number_in(rectify.origin, "clue"), state=ClueState.PLUGGING).first()
    if clue is not None:
        said = rectify.comparison.said
        effect = f"{said.zh}；复核日期 {rectify.review_on}\n{said.en}; reviewed on {rectify.review_on}"
        told = {"rectify_key": rectify.key, "conclusion": rectify.conclusion, "effect": effect}
        advance(clue, "plug", SYSTEM, told)


def unplug(rectify: Record, actor: Actor, facts: Facts) -> None:
    """What came back at the look-back is not mended: the clue or conversion that relied on it waits again."""
    for model, state, step in ((Clue, ClueState.PLUGGED, "unplug"), (Convert, ConvertState.IN_USE, "take_back")):
        relying = model.objects.filter(pk=number_in(rectify.origin, model.FLOW.name), state=state).first()
        if relying is not None:
            advance(relying, step, SYSTEM, {"reason": facts["relapse"]})


def _done_on(rectify: Record) -> date:
    return date.fromisoformat(rectify.facts["give_evidence"]["done_on"])


def _seen(record: Record, look: Callable[[Actor, Path], Comparison]) -> Comparison:
    """What the lens shows for the territory of the record's own unit, whoever pressed the button."""
    unit = Unit.objects.get(pk=record.unit_code)
    held = Holding(Post.RISK, unit.code, UnitLevel(unit.level), unit.district_code, unit.house_code)
    try:
        return look(Actor(SYSTEM.person_id, SYSTEM.name, (held,)), settings.GUANJIAN_LAKE)
    except NotFound:
        return NOTHING


def _told(seen: Comparison, first: str, second: str) -> Facts:
    sides = ((first, seen.first), (second, seen.second))
    found = {f"{name}_found": str(share.part) for name, share in sides}
    return found | {f"{name}_examined": str(share.whole) for name, share in sides}


CHAIN: dict[str, list[FollowUp]] = {
    "operation.complete": [measure_operation],
    "rectify.ask_effect": [measure_effect],
    "rectify.sign_effect": [plug_clue],
    "rectify.reopen": [unplug],
}
