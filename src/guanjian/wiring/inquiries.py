"""一案双查: what a case sets off, the look-back that follows, the exposure review, and the loophole that is plugged.

Nothing that is opened outside the compartment says that it came from an inquiry.
"""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings

from guanjian.crossing import lookback
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Level
from guanjian.loops.inquiry.actions import About, open_for
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.inquiry.triggers import LONG_SPAN, Seen, triggered
from guanjian.loops.rectify import actions as rectifications
from guanjian.loops.rectify.models import Rectify
from guanjian.moving.blinding import blind
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit

REVIEW = "岗位风险敞口复核：{}"
ACTS = {"examine": "查验", "release": "放行", "": "未见经办记录"}


def look_twice(case: Record, actor: Actor, facts: Facts) -> None:
    """A case that sets off one of the five triggers opens a double inquiry in the compartment of the level above."""
    seen = Seen(
        kind=case.kind,
        channel=case.channel,
        modus=tuple(case.modus),
        party=case.party,
        evaded_cny=case.evaded_cny or 0,
        acts_from=case.acts_from,
        acts_until=case.acts_until,
        features=tuple(case.features),
        inside=tuple(facts.get("inside", ())),
        inside_said=facts.get("inside_said", ""),
    )
    parties = {*case.enterprises, *([case.subject_id] if case.subject_type == "enterprise" else [])}
    about = About(case.key, case.title, case.unit_code, tuple(sorted(parties)), case.acts_from, case.acts_until)
    open_for(about, triggered(seen))


def look_back(inquiry: Record, actor: Actor, facts: Facts) -> None:
    """A new inquiry looks back, in the lake, at every earlier release of the enterprises and their partners.

    At once and not as a job: a job's row would say in clear what the inquiry is about.
    """
    found = lookback.facts_of(inquiry.enterprises, inquiry.opened_at, inquiry.acts_from, settings.GUANJIAN_LAKE)
    advance(inquiry, "look_back", SYSTEM, found)
    if inquiry.acts_from and inquiry.acts_until - inquiry.acts_from > LONG_SPAN:
        _review_exposure(inquiry, found["exposure"])


def _review_exposure(inquiry: Record, exposure: list[dict]) -> None:
    """A gang that was active for more than two years: the posts that handled it are reviewed, units and posts only."""
    for district, rows in _by_district(exposure).items():
        if not Rectify.objects.filter(origin=inquiry.case_key, unit_code=district).exists():
            _open_review(inquiry, Unit.objects.get(pk=district), rows)


def _by_district(exposure: list[dict]) -> dict[str, list[dict]]:
    """A district's posts are reviewed in the district; what the office does not know, at headquarters."""
    units = Unit.objects.in_bulk([row["unit"] for row in exposure])
    found = defaultdict(list)
    for row in exposure:
        unit = units.get(row["unit"])
        found[unit.district_code if unit and unit.district_code else "0000"].append(row)
    return found


def _open_review(inquiry: Record, unit: Unit, rows: list[dict]) -> None:
    lines = [f"{row['unit']} {row['post']} {ACTS.get(row['act'], row['act'])}：{row['releases']}票" for row in rows]
    span = f"{inquiry.acts_from}至{inquiry.acts_until}"
    problem = f"涉案企业及其关联方活动期间（{span}）由下列单位、岗位经办，请逐岗复核监管是否到位：\n" + "\n".join(lines)
    name = inquiry.title.partition("：")[2]
    given = {"title": REVIEW.format(name)[:190], "problem": problem, "source": "case", "level": Level.ORANGE.value}
    rectifications.open_problem(SYSTEM, unit, {**given, "gap_code": "", "node_code": ""}, inquiry.case_key)


def plug_behind(inquiry: Record, actor: Actor, facts: Facts) -> None:
    """The loophole behind an inquiry is plugged by the unit of the case; the rectification does not say from where."""
    given = {"title": "案件通报：堵漏", "problem": f"{facts['analysis']}\n{facts['measure_wanted']}", "source": "case"}
    coded = {**given, "level": Level.ORANGE.value, "gap_code": facts["gap_code"], "node_code": ""}
    task = rectifications.open_problem(SYSTEM, Unit.objects.get(pk=inquiry.subject_unit), coded)
    advance(inquiry, "note_task", SYSTEM, {"rectify_key": task.key, "rectify_mark": blind(task.key)})


def plugged(rectify: Record, actor: Actor, facts: Facts) -> None:
    """The rectification that was closed out lets its inquiry be closed."""
    waiting = Inquiry.objects.filter(state="plugging")
    inquiry = waiting.filter(rectify_mark=blind(rectify.key)).first() if waiting.exists() else None
    if inquiry is not None:
        advance(inquiry, "plug", SYSTEM, {"plugged": rectify.conclusion})


CHAIN: dict[str, list[FollowUp]] = {
    "case.conclude": [look_twice],
    "case.turn_criminal": [look_twice],
    "inquiry.start": [look_back],
    "inquiry.plug_gap": [plug_behind],
    "rectify.close_out": [plugged],
}
