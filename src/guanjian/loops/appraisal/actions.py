"""Opening the sheet of a district for a period; a period that was published is appraised again only with a reason."""

from __future__ import annotations

from datetime import date

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.flow import Facts
from guanjian.loops.appraisal.flow import FLOW
from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.appraisal.rules import why_not_opened
from guanjian.moving.placing import HEADQUARTERS, unit_for
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit
from guanjian.org.posts import UnitLevel

AGAIN = 5  # characters of a reason


def open_sheet(actor: Actor, unit: Unit, facts: Facts) -> Appraisal:
    """Headquarters opens one sheet for both sides of a district."""
    district = unit_for(actor, facts["district"], FLOW.opens)
    if not any(held.level == UnitLevel.HQ for held in actor.holdings if held.post in FLOW.opens):
        raise NotAllowed("考评由总署组织。", "Appraisals are opened by headquarters.")
    if district.code in (HEADQUARTERS, "") or district.code != district.district_code:
        raise BadInput("请填写直属海关关区代码。", "Give the code of a district.")
    first, last = (date.fromisoformat(facts[name]) for name in ("period_from", "period_until"))
    if reason := why_not_opened(first, last):
        raise BadInput(reason)
    before = Appraisal.objects.filter(unit_code=district.code, period_from=first, period_until=last).exclude(state="dropped").order_by("-edition").first()  # fmt: skip
    edition = _edition_after(before, facts["why_again"])
    return start(
        Appraisal,
        actor,
        district,
        title=f"{district.name_zh}反走私绩效综合考评（{first}至{last}）" + (f"第{edition}版" if edition > 1 else ""),
        level="blue",
        sheet=f"{district.code}@{first}@{last}#{edition}",
        edition=edition,
        why_again=facts["why_again"],
        origin=before.key if before else "",
        period_from=first,
        period_until=last,
    )


def _edition_after(before: Appraisal | None, why: str) -> int:
    """What was published stays as it is: a further edition says why."""
    if before is None:
        return 1
    if before.published_at is None:
        raise BadInput(f"本期考评正在办理：{before.key}。", f"This period is being appraised: {before.key}.")
    if len(why) < AGAIN:
        raise BadInput("本期考评已公布：另出新版须写明理由。", "It was published: a new edition says why.")
    return before.edition + 1
