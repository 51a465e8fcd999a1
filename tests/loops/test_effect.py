"""Nothing that plugs a gap closes before its effect is measured, or said to be unmeasurable, and countersigned."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from guanjian.loops.operation.models import Operation
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.rectify.views import UNSIGNED
from guanjian.org.models import Unit
from tests.cast import actor
from tests.days import date_in
from tests.lenses.small_lake import small_lake
from tests.loops.moves import go, refused
from tests.loops.world import record_of
from tests.signed_in import browser

PROBLEM = {
    "title": "价格",
    "problem": "未审价",
    "source": "case",
    "level": "yellow",
    "gap_code": "price_check",
    "node_code": "",
}
CLOSED_OUT = (("plan", "chief"), ("give_evidence", "front"), ("apply", "chief"), ("close_out", "function"))
PUMPS, OTHERS = "8413910090", "6109100010"


def entry(number, unit, hs, days, found):
    """A declaration with one item, examined so many days from now."""
    name, at = f"2201{number:014d}", datetime.now(UTC) + timedelta(days=days)
    head = {"entry_id": name, "unit_code": unit, "ie": "I", "declared_at": at, "trade_mode": "0110"}
    head |= {"consignee_id": "E0001", "value_cny": Decimal(100)}
    item = {"entry_id": name, "item_no": 1, "hs_code": hs, "value_cny": Decimal(100), "quantity": Decimal(2)}
    exam = {
        "exam_id": f"X{number}",
        "entry_id": name,
        "mode": "A",
        "officer1": "g1",
        "started_at": at,
        "finding": found,
    }
    return head, item, {**exam, "handling": "1" if found else "11"}


@pytest.fixture
def lake(tmp_path, settings):
    """Pumps before: 30 of 60 with finds, since: 3 of 60; other goods 6 of 60; one find of a stranger's unit."""

    def build(*groups):
        rows, number = [], 0
        for unit, hs, days, found, examined in groups:
            for place in range(examined):
                number += 1
                rows.append(entry(number, unit, hs, days, place < found))
        heads, items, exams = zip(*rows, strict=True)
        units = [{"unit_code": "2201", "name": "2201", "level": "house", "kind": "customs", "district_code": "2200"}]
        tables = {"declarations": list(heads), "items": list(items), "examinations": list(exams)}
        settings.GUANJIAN_LAKE = small_lake(tmp_path, **tables, units=units)

    return build


def closed_out(**changes):
    return go(open_problem(actor("chief"), Unit.objects.get(pk="2201"), {**PROBLEM, **changes}), *CLOSED_OUT)


def test_a_measured_effect_that_is_countersigned_lets_it_close(chain, lake):
    lake(
        ("2201", PUMPS, -30, 30, 60), ("2201", PUMPS, 0, 3, 60), ("2201", OTHERS, 0, 60, 60), ("5301", PUMPS, 0, 60, 60)
    )
    task = closed_out()
    refused(task, "sign_effect", "oversight", "尚未比对成效")
    task = go(task, ("ask_effect", "function", {"scope_kind": "hs_code", "scope_code": "841391"}))
    task = Rectify.objects.get()
    counts = (task.before_found, task.before_examined, task.after_found, task.after_examined)
    assert counts == (30, 60, 3, 60)
    refused(task, "look_back", "oversight_two", "经会签")
    task = go(task, ("sign_effect", "oversight"))
    refused(task, "send_to_review", "oversight_two", "不可测")
    assert "个百分点" in browser("function").get(f"/rectify/{task.pk}/").content.decode()
    assert go(task, ("look_back", "oversight_two")).state == "closed"
    assert str(UNSIGNED) not in browser("function").get(f"/rectify/{task.pk}/").content.decode()


def test_what_is_not_measurable_says_its_volume_and_waits_for_its_day_no_longer(chain, lake):
    lake(("2201", PUMPS, -30, 1, 20), ("2201", PUMPS, 0, 0, 5))
    task = go(closed_out(), ("ask_effect", "function"))
    task = go(Rectify.objects.get(), ("sign_effect", "oversight"))
    refused(task, "look_back", "oversight_two", "转成效复核")
    assert f"每侧约需{task.comparison.needed}件" in task.comparison.said.zh
    task = go(task, ("send_to_review", "oversight_two"))
    assert timezone.localdate(task.due_at - timedelta(seconds=1)) == task.review_on
    refused(task, "end_review", "oversight", "未到成效复核日期")
    Rectify.objects.update(review_on=timezone.localdate())
    refused(Rectify.objects.get(), "end_review", "oversight", "重新比对")
    go(Rectify.objects.get(), ("ask_effect", "function"))
    go(Rectify.objects.get(), ("sign_effect", "oversight"))
    Rectify.objects.update(review_on=timezone.localdate())
    assert go(Rectify.objects.get(), ("end_review", "oversight_two")).state == "closed"


def test_a_change_after_the_countersignature_voids_it(chain):
    go(closed_out(), ("ask_effect", "function"))
    task = go(Rectify.objects.get(), ("sign_effect", "oversight"))
    go(task, ("ask_effect", "function", {"scope_kind": "enterprise", "scope_code": "E0001"}))
    refused(Rectify.objects.get(), "send_to_review", "oversight_two", "经会签")


def test_the_scope_is_named_and_the_review_is_within_a_year(chain):
    task = closed_out()
    refused(task, "ask_effect", "function", "须写明商品", scope_kind="hs_code")
    refused(task, "ask_effect", "function", "一年以内", review_on=date_in(500).isoformat())


def test_a_problem_that_is_no_gap_closes_as_before(chain):
    assert go(closed_out(gap_code="", node_code="N-7"), ("look_back", "oversight")).state == "closed"


def launched():
    operation = record_of(Operation)
    signed = (("customs_agrees", "leader"), ("police_agrees", "police_head"))
    return go(operation, ("submit", "risk"), *signed, ("launch", "risk"))


def reported():
    for answer in sorted(launched_answers(), key=lambda one: one.unit_code):
        who = "chief" if answer.unit_code == "2201" else "function"
        accepter = "function" if answer.unit_code == "2201" else "leader"
        go(answer, ("acknowledge", who), ("report_result", who), ("accept", accepter))
    return Operation.objects.get()


def launched_answers():
    from guanjian.loops.answer.models import Answer

    return list(Answer.objects.all())


def test_both_sides_sign_the_same_plan(chain):
    operation = go(record_of(Operation), ("submit", "risk"), ("customs_agrees", "leader"))
    refused(operation, "launch", "risk", "缉私签署")
    Operation.objects.update(hands={**operation.hands, "customs_agrees": "police_head"})
    refused(operation, "police_agrees", "police_head", "另一人")
    Operation.objects.update(hands=operation.hands)
    operation = go(Operation.objects.get(), ("police_agrees", "police_head"))
    assert operation.flow.step("launch").why_not(actor("risk"), operation) is None
    operation = go(operation, ("send_back", "leader"), ("submit", "risk", {"plan": "改为仅查验一个口岸的方案。"}))
    refused(operation, "launch", "risk", "海关签署")


def test_a_plan_is_in_order(chain):
    operation, day = record_of(Operation), timezone.localdate()
    refused(operation, "submit", "risk", "晚于开始", ends_on=day.isoformat())
    refused(operation, "submit", "risk", "重点查验", ends_on=(day + timedelta(days=5)).isoformat())


def test_results_are_measured_against_comparable_work_before_they_are_evaluated(chain, lake):
    lake(
        ("2201", PUMPS, 0, 40, 80),
        ("2201", OTHERS, 0, 4, 80),
        ("2201", PUMPS, -90, 50, 50),
        ("5301", OTHERS, 0, 50, 50),
    )
    launched()
    operation = reported()
    assert operation.state == "results"
    counts = (operation.inside_found, operation.inside_examined, operation.outside_found, operation.outside_examined)
    assert counts == (40, 80, 4, 80)
    refused(operation, "evaluate", "risk", "另一人")
    operation = go(operation, ("evaluate", "function"))
    assert "个百分点" in browser("risk").get(f"/operation/{operation.pk}/").content.decode()
    assert go(operation, ("conclude", "leader")).state == "closed"


def test_a_result_adds_up(chain):
    launched()
    [answer] = [one for one in launched_answers() if one.unit_code == "2201"]
    answer = go(answer, ("acknowledge", "chief"))
    refused(answer, "report_result", "chief", "查获数", finds="10")


def test_without_data_nothing_is_measurable_and_it_says_so(chain):
    launched()
    operation = reported()
    assert (operation.inside_examined, operation.comparison.measurable) == (0, False)
    assert "本业务量下不可测" in operation.comparison.said.zh
