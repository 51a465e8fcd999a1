"""A lead about an officer: a closed compartment, the person is heard first, and a refuted one leaves every page."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "经核对排班、派单与查验记录，逐项核实。"
OUTSIDE = ("colleague", "chief", "house_head", "function", "admin", "stranger")


@pytest.fixture(scope="module")
def lead(console):
    return f"/lead/{console.staged['lead']}/"


def sees_nothing(seat, lead):
    assert seat.go(lead) == 404
    assert seat.page.request.get(f"{seat.console.address}/api/leads/{lead.strip('/').split('/')[1]}").status == 404
    for path in ("/", "/search/?q=front", "/search/?q=INT-01", "/alert/?tab=open"):
        seat.go(path)
        assert seat.page.locator(f'a[href^="{lead}"]').count() == 0, f"{seat.name} at {path}"
        assert "廉政线索" not in seat.page.inner_text("main"), f"{seat.name} at {path}"


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_outside_the_compartment_sees_that_there_is_a_lead(name, seats, lead):
    sees_nothing(seats(name), lead)


def test_the_person_is_heard_before_any_conclusion_and_a_refuted_lead_is_gone(seats, lead):
    oversight, person = seats("oversight"), seats("front")
    sees_nothing(person, lead)
    oversight.step(lead, "sign")
    oversight.step(lead, "verify", checked=LONG, proof=["派单记录 1"])
    oversight.picture("lead")
    assert oversight.page.locator('form[action$="/refute/"]').count() == 0
    oversight.step(lead, "ask", question="请说明十月间与该企业的业务往来情况。")
    assert oversight.page.locator('form[action$="/refute/"]').count() == 0
    person.go("/lead/mine/")
    person.picture("question-to-me")
    told = person.page.inner_text("main")
    assert "请说明十月间" in told
    assert "INT-01" not in told
    person.page.locator("textarea").fill("该企业由系统派单，本人未作选择。")
    person.page.locator("main form button").first.click()
    person.page.wait_for_load_state()
    assert person.go(lead) == 404
    oversight.step(lead, "refute", reasons="系统派单可证，线索不成立，建议封存。")
    seats("oversight_two").step(lead, "seal", opinion="同意封存本线索")
    for seat in (oversight, seats("oversight_two"), person):
        assert seat.go(lead) == 404
    oversight.go("/lead/?tab=closed")
    assert "INT-01" not in oversight.page.inner_text("main")


def test_the_ledger_still_verifies(console, lead):
    console.run("ledger", "seal")
    told = console.run("ledger", "verify")
    assert told.returncode == 0, told.stdout
