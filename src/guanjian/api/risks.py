"""The noun “risks”; and under it what the newest judgement could not see, with the volume that would be needed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema

from guanjian.api.desks import router_for
from guanjian.kernel.errors import NotAllowed
from guanjian.lenses.judged import too_little
from guanjian.loops.register.flow import FLOW
from guanjian.loops.register.views import DESK

router = router_for(DESK)


class Little(Schema):
    """One indicator that cannot be judged in some units alone."""

    line_code: str
    indicator_code: str
    zh: str
    en: str
    needed: float
    units: list[str]
    together: bool


class Unseen(Schema):
    """The judged week, empty before the first one, and its indicators."""

    week: str
    items: list[Little]


@router.get(
    "/undetectable", response=Unseen, operation_id="register_undetectable", summary="业务量不足 · Not detectable"
)
def undetectable(request: HttpRequest):
    """Not detectable at this volume: per indicator the expected cases that are needed, and the units that fall short."""
    if not request.actor.holds(*FLOW.posts):
        raise NotAllowed("只有看风险台账的岗位可以查。", "Only posts that read the risk register may ask.")
    week, rows = too_little(request.actor, settings.GUANJIAN_LAKE) or ("", [])
    return {"week": week, "items": [vars(one) | {"zh": one.said.zh, "en": one.said.en} for one in rows]}
