"""From a draft to a rule in force: past headquarters where a district reforms, with the power that moves, and back again."""

from datetime import timedelta

import pytest

from guanjian.kernel.errors import NotAllowed
from guanjian.loops.answer.models import Answer
from guanjian.loops.convert.models import Convert
from guanjian.loops.filing.models import Filing
from guanjian.loops.preview.models import Preview
from guanjian.loops.rulebook.actions import turn_the_page
from guanjian.loops.rulebook.models import Rulebook
from guanjian.moving.verbs import advance, start
from guanjian.org import powers
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Power, Unit
from tests.cast import actor, holding
from tests.days import date_in, day, today
from tests.loops.enforcement import DEMANDS
from tests.loops.governance import MOVE
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.test_preview import TO_DECISION
from tests.loops.world import record_of
from tests.signed_in import browser

DECIDED = (*TO_DECISION, ("decide", "leader"))
FILED = ("file", "function", {"papers": ["report", "text", "explanation", "record"]})
EXAMINED = (FILED, ("accept", "function_hq"), ("examine", "function_hq"))


def draft(kind: str, unit: str = "2200") -> Preview:
    given = {"title": "查验双人作业办法", "kind": kind, "form": "internal"}
    return start(Preview, actor("function"), Unit.objects.get(pk=unit), **given)


def in_force(rule: Rulebook) -> Rulebook:
    """Published, and its day has come."""
    rule = go(rule, ("promulgate", "leader"))
    versions = [{**one, "since": "2026-01-01"} for one in rule.versions]
    Rulebook.objects.filter(pk=rule.pk).update(in_force_on=today(), versions=versions)
    assert turn_the_page() == 1
    return Rulebook.objects.get(pk=rule.pk)


def test_a_rule_that_was_decided_waits_for_publication_with_its_content(chain):
    decided = go(draft("rule"), *DECIDED)
    rule = Rulebook.objects.get()
    assert (rule.origin, rule.state, rule.text, rule.moves) == (decided.key, "decided", decided.text, [MOVE])
    assert Filing.objects.count() == 0


def test_only_what_can_happen_is_awaited(chain):
    """A decided rule is published; it is not one of old, to be checked and taken over."""
    go(draft("rule"), *DECIDED)
    page = browser("risk").get(f"/rulebook/{Rulebook.objects.get().pk}/").content.decode()
    assert "公布" in page
    assert "核对入册" not in page


def test_the_register_of_nodes_follows_the_day_in_force(chain):
    go(draft("rule"), *DECIDED)
    rule = go(Rulebook.objects.get(), ("promulgate", "leader"))
    before = rule.in_force_on - timedelta(days=1)
    assert [powers.holder(MOVE["node"], on, "2200") for on in (before, rule.in_force_on)] == ["", "risk"]
    assert powers.holder(MOVE["node"], rule.in_force_on, "5300") == ""


def test_what_a_district_decides_for_itself_counts_before_what_all_are_told(office):
    powers.move([{"node": "n", "to_post": "risk"}], today(), "0000", "rulebook/1#1")
    assert (powers.holder("n", today(), "2200"), powers.holder("n", date_in(-1), "2200")) == ("risk", "")
    powers.move([{"node": "n", "to_post": "release"}], today(), "2200", "rulebook/2#1")
    assert [powers.holder("n", today(), place) for place in ("2200", "5300", "0000")] == ["release", "risk", "risk"]


def test_a_districts_reform_begins_only_when_headquarters_agreed(chain):
    decided = go(draft("reform"), *DECIDED)
    filing = Filing.objects.get()
    assert (filing.origin, filing.unit_code, Rulebook.objects.count()) == (decided.key, "2200", 0)
    filing = go(filing, *EXAMINED, ("agree", "leader_hq"))
    rule = Rulebook.objects.get()
    assert (rule.origin, rule.kind, rule.text) == (filing.key, "reform", decided.text)
    in_force(rule)
    filing = Filing.objects.get()
    assert filing.state == "implemented"
    assert go(filing, ("evaluate", "function"), ("conclude", "function_hq")).state == "concluded"


def test_headquarters_own_reform_is_not_filed_to_itself(chain):
    record = draft("reform", "0000")
    for name, _ in DECIDED:
        step = record.flow.step(name)
        somebody = Actor(f"hq {name}", "", (holding(step.by[0], "0000"),))
        record = advance(record, name, somebody, given(record, name))
    assert (Filing.objects.count(), Rulebook.objects.get().district_code) == (0, "0000")


def test_what_headquarters_wants_changed_passes_the_gates_again(chain):
    go(draft("reform"), *DECIDED)
    filing = go(Filing.objects.get(), *EXAMINED, ("demand_changes", "leader_hq"))
    again = Preview.objects.get(origin=filing.key)
    assert (again.state, again.kind, Rulebook.objects.count()) == ("drafting", "reform", 0)
    go(again, *DECIDED)
    filing = Filing.objects.get()
    assert (filing.state, filing.decided, Filing.objects.count()) == ("accepted", again.key, 1)
    go(filing, ("examine", "function_hq"), ("agree", "leader_hq"))
    assert Rulebook.objects.get().text == Preview.objects.get(pk=again.pk).text


def test_a_change_that_is_not_made_gives_the_reform_up(chain):
    go(draft("reform"), *DECIDED)
    filing = go(Filing.objects.get(), *EXAMINED, ("demand_changes", "leader_hq"))
    go(Preview.objects.get(origin=filing.key), ("withdraw", "function"))
    assert (Filing.objects.get().state, Rulebook.objects.count()) == ("refused", 0)


def test_a_district_neither_accepts_nor_answers_its_own_filing(chain):
    go(draft("reform"), *DECIDED)
    filing = go(Filing.objects.get(), FILED)
    refused(filing, "accept", "function", "上一级")
    filing = go(filing, ("accept", "function_hq"), ("examine", "function_hq"))
    refused(filing, "agree", "leader", "上一级")
    refused(filing, "agree", "stranger_function", "上一级")


def test_papers_that_are_missing_are_asked_for_and_the_clock_waits(chain):
    go(draft("reform"), *DECIDED)
    filing = go(Filing.objects.get(), ("file", "function", {"papers": ["report"]}))
    refused(filing, "accept", "function_hq", "七道程序记录")
    refused(filing, "ask_supplement", "function_hq", "已经报送", missing=["report"])
    filing = go(filing, ("ask_supplement", "function_hq"))
    assert "filed" in filing.clocks
    filing = go(filing, ("supplement", "function", {"papers": FILED[2]["papers"]}), ("accept", "function_hq"))
    assert filing.state == "accepted"


def test_what_is_suspended_is_not_filed_before_its_day(chain):
    go(draft("reform"), *DECIDED)
    filing = go(Filing.objects.get(), *EXAMINED, ("suspend", "leader_hq"))
    refused(filing, "file_again", "function", "暂缓期未满")
    Filing.objects.update(again_on=today())
    assert go(filing, ("file_again", "function")).state == "filed"


@pytest.fixture
def rule(chain):
    """A rule in force."""
    go(draft("rule"), *DECIDED)
    return in_force(Rulebook.objects.get())


def test_an_amendment_is_drafted_from_the_present_text_and_adopted_as_decided(rule):
    go(rule, ("call_for_amendment", "oversight"))
    amending = Preview.objects.get(origin=rule.key)
    assert (amending.action, amending.text) == ("amend", rule.text)
    decided = go(amending, *DECIDED)
    rule = Rulebook.objects.get()
    assert (rule.state, rule.source, len(rule.versions)) == ("decided", decided.key, 1)
    assert go(rule, ("promulgate", "leader", {"order_no": "沪关规〔2026〕88号"})).versions[1]["source"] == decided.key


def test_an_amendment_that_is_refused_leaves_the_rule_in_force(rule):
    go(rule, ("call_for_amendment", "oversight"))
    go(Preview.objects.get(origin=rule.key), *TO_DECISION, ("refuse", "leader"))
    assert (Rulebook.objects.get().state, len(Rulebook.objects.get().versions)) == ("in_force", 1)


def test_a_repeal_passes_the_gates_and_tells_whoever_cites_it(rule):
    go(rule, ("call_for_repeal", "function"))
    with pytest.raises(NotAllowed):
        advance(Rulebook.objects.get(), "repeal", actor("leader"), given(rule, "repeal"))
    go(Preview.objects.get(origin=rule.key), *DECIDED)
    rule = go(Rulebook.objects.get(), ("repeal", "leader"))
    told = Answer.objects.get(origin=rule.key)
    assert (rule.state, told.unit_code) == ("ending", "2200")
    assert all(row["cited"] in told.asked for row in rule.fates)


def test_a_conversion_that_names_a_rule_calls_for_its_amendment(rule):
    found = record_of(Convert)
    Convert.objects.update(unit_code="2200", house_code="", district_code="2200")
    named = [DEMANDS[0], {**DEMANDS[1], "what": f"修订《{rule.title}》，明确夜班安排"}]
    go(found, ("analyse", "function"), ("decide", "function", {"demands": named}), ("approve", "leader"))
    assert Rulebook.objects.get().state == "amending"
    assert found.key in Preview.objects.get(origin=rule.key).necessity


def test_a_rule_in_force_cannot_be_changed_by_the_system_alone(rule):
    with pytest.raises(NotAllowed):
        advance(rule, "adopt_amendment", SYSTEM, given(rule, "adopt_amendment"))


def test_the_register_of_nodes_is_read_as_of_a_day(rule):
    Power.objects.update(since=today())
    page = browser("front").get("/rulebook/register/").content.decode()
    assert MOVE["node"] in page
    assert page.count(rule.number) >= 2
    earlier = browser("front").get("/rulebook/register/", {"on": day(-1)})
    assert MOVE["node"] not in earlier.content.decode()
