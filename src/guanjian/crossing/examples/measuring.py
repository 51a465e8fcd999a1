"""指标与参数治理: an officer's indicator, back-tested on the demonstration's facts and in force; another that was dropped."""

from __future__ import annotations

from django.conf import settings

from guanjian.crossing.examples.place import Place, day
from guanjian.crossing.indicators import measure
from guanjian.loops.indicator.actions import open_by_hand
from guanjian.loops.indicator.models import Indicator

REPEATED = {
    "title": "模拟：屡查不获企业",
    "formula": "AND(CMP(事-企业-查验批次, 最少批次), CMP(事-企业-查获率, <1%))",
    "parameters": [{"name": "最少批次", "value": "10", "since": "2020-01-01"}],
    "meaning": "布控屡次落空，或者查验流于形式。",
    "line_code": "CLR-EXAM",
}
SLOW = {
    "title": "模拟：通关时间骤增",
    "formula": "DIFFR(事-单位-平均通关小时, 事-单位-平均通关小时@前3期, 50%)",
    "parameters": [],
    "meaning": "某关区通关时间比前三期明显变长。",
    "line_code": "CLR-RELEASE",
}
SAME = {
    "period": "quarter",
    "level": "blue",
    "owner": "模拟·风险防控处",
    "legal_basis": "模拟：风险管理办法",
    "adopts": "",
}
APPROVED = (
    ("risk", "submit", {"reading": "命中数与科室承受力相当，多为同一批企业。"}),
    ("function", "begin_trial", {"opinion": "同意试运行一个季度。"}),
    ("risk", "propose", {"trial_said": "试运行期间命中稳定，未见明显误报。"}),
    ("leader", "approve", {"opinion": "同意。"}),
)


def play(place: Place) -> None:
    """As far as the facts let it be tested: without any it waits as a draft and says why."""
    one = _written(place, REPEATED)
    place.take(one, ("risk", "ask_back_test", {"test_from": day(-730), "test_until": day(0)}))
    measure(one.pk, "ask_back_test", one.fingerprint(), settings.GUANJIAN_LAKE)
    one.refresh_from_db()
    told = one.facts.get("back_test", {"looked": "0", "unclear": "0"})
    if int(told["looked"]) > int(told["unclear"]):
        place.take(one, *APPROVED, ("function.2", "put_in_force", {"in_force_from": day(0), "shared": True}))
    dropped = _written(place, SLOW)
    place.take(dropped, ("risk", "drop", {"reason": "与检测点 CLR-01 看同一问题，不另建。"}))


def _written(place: Place, facts: dict) -> Indicator:
    return open_by_hand(place.actor("risk"), place.unit(place.district), {**SAME, **facts})
