"""A3 in the browser: customs and police sign one plan and measure it; intelligence becomes an instruction that finds."""

import pytest

from tests.days import Ahead, day
from tests.journeys.moves import (
    BUREAU,
    HOUSE,
    STRANGERS,
    begin,
    in_unit,
    opened,
    related,
    sees_nothing,
    state,
    take,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GOODS = "3824999999"
SOURCE = "线人七号"
PLAN = {
    "plan": "风险部门筛选对象，现场重点查验，缉私同步研判扩线。",
    "customs_lead": "某甲",
    "police_lead": "某乙",
    "starts_on": Ahead(0),
    "ends_on": Ahead(60),
}
RESULT = {
    "examined": "40",
    "finds": "6",
    "cases": "2",
    "value_cny": "1860000",
    "summary": "按清单逐票查验，已移交缉私。",
}
ORDER = {
    "kind": "scheduled",
    "target_type": "hs_code",
    "target_id": GOODS,
    "required_mode": "B",
    "demand": "开箱取样送检，核对品名与成分。",
    "valid_from": Ahead(0),
    "valid_to": Ahead(60),
}
FIND = {
    "examiners": ["甲", "乙"],
    "mode_used": "A",
    "found": "find",
    "found_what": "取样检测主成分与申报品名不符，涉嫌伪报品名。",
    "handling": "4",
}


@pytest.fixture(scope="module")
def operation(seats):
    """Planned, signed by both sides, launched, reported, evaluated on the comparison, concluded."""
    risk, tasks = seats("risk"), [f"2201|对清单内商品重点查验|{day(30)}", f"22P0|对货主扩线研判|{day(40)}"]
    path = begin(risk, "operation", title="化工品专项行动", subject_type="hs_code", subject_id=GOODS)
    take(seats, path, [("risk", "submit", {**PLAN, "tasks": tasks}), ("leader", "customs_agrees", {"opinion": "同意"})])
    risk.go(path)
    unsigned = risk.page.locator('form[action$="/launch/"]').count()
    risk.picture("operation-signing")
    take(seats, path, [("police_head", "police_agrees", {"opinion": "同意，缉私参与"}), ("risk", "launch", {})])
    tasks = related(risk, "answer", path)
    for who, unit in (("chief", HOUSE), ("police", BUREAU)):
        task = in_unit(risk, tasks, unit)
        steps = [(who, "acknowledge", {"responsible": "某甲"}), (who, "report_result", RESULT)]
        take(seats, task, [*steps, ("function", "accept", {"opinion": "与台账一致"})])
    seats("function").go(path)
    seats("function").picture("operation-compared")
    evaluated = {"evaluation": "样本尚少，查获率高低以比对结果为准。"}
    take(
        seats, path, [("function", "evaluate", evaluated), ("leader", "conclude", {"lessons": "筛选条件转为常态布控"})]
    )
    return {"path": path, "tasks": tasks, "unsigned": unsigned}


@pytest.fixture(scope="module")
def ordered(seats):
    """Asked, answered with a product, turned into an instruction, approved, hit, examined, evaluated, valued."""
    asked = {"question": "请提供货主与运输线索。"}
    product = {
        "product": "某货主拟低报品名，月内两批到港。",
        "reliability": "likely",
        "target_type": "hs_code",
        "target_id": GOODS,
        "source": SOURCE,
    }
    path = begin(seats("risk"), "intelligence", title="化工品伪报品名", **asked)
    use = {"receiving_unit": "2201", "demand": ORDER["demand"]}
    take(seats, path, [("police", "provide", product), ("risk", "instruct", use)])
    order = opened(seats("risk"), "instruction", path)
    take(seats, order, [("risk", "submit", ORDER), ("function", "countersign", {"opinion": "同意会签"})])
    take(seats, order, [("leader", "approve", {"opinion": "同意下达"}), ("front", "sign", {})])
    seats("front").picture("instruction-signed")
    take(seats, order, [("front", "hit", {"entry_id": "220120261100000188"}), ("front", "examine", FIND)])
    worth = {"worth": "keep", "opinion": "命中即查获"}
    take(seats, order, [("risk", "lift", {"reason": "对象均已查验"}), ("function", "evaluate", worth)])
    take(seats, path, [("risk", "value", {"value": "find", "opinion": "据此查获一批"})])
    refused = begin(seats("risk"), "intelligence", title="某企业关联方", **asked)
    take(seats, refused, [("police", "provide", product), ("risk", "decline", {"reason": "对象已在稽查期内"})])
    take(seats, refused, [("police_head", "accept", {"opinion": "同意"})])
    return {"product": path, "order": order, "refused": refused}


def test_the_operation_is_concluded_only_after_both_signatures_and_a_comparison(operation, seats):
    assert operation["unsigned"] == 0
    assert state(seats("leader"), operation["path"]) == "办结"
    told = seats("leader").page.inner_text(".record-body")
    assert "比对" in told
    assert told.count("已签署") == 2
    assert [state(seats("risk"), task) for task in operation["tasks"]] == ["答复通过", "答复通过"]


def test_the_instruction_is_evaluated_and_its_find_is_a_clue(ordered, seats):
    assert state(seats("function"), ordered["order"]) == "已评估"
    seats("function").picture("instruction-evaluated")
    clue = opened(seats("front"), "clue", ordered["order"])
    assert state(seats("front"), clue) == "登记"


def test_the_product_has_its_value_and_the_refusal_was_accepted(ordered, seats):
    assert state(seats("risk"), ordered["product"]) == "已评价"
    seats("risk").picture("intelligence")
    assert state(seats("police_head"), ordered["refused"]) == "已评价"


def test_customs_are_never_told_the_source(ordered, seats):
    for who, told in (("risk", False), ("function", False), ("leader", False), ("police", True)):
        assert seats(who).go(ordered["product"]) == 200
        assert (SOURCE in seats(who).page.content()) is told, who


@pytest.mark.parametrize("name", STRANGERS)
def test_another_district_gets_404_on_each_page(name, operation, ordered, seats):
    paths = [operation["path"], *operation["tasks"], *ordered.values()]
    sees_nothing(seats(name), paths)
