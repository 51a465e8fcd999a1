"""Two-way supervision: what opens a notice at once, who replies, who decides, and that the measures rise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.oversight.needs import CUSTOMS_OWE, RULE, Basis, direction_of
from guanjian.loops.oversight.rules import for_want_of_papers, returned_without_grounds, says_nothing
from guanjian.moving.verbs import advance
from guanjian.org.posts import Post
from tests.cast import CAST, actor
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of

SENT = (("submit", "front"), ("approve", "house_head"), ("transfer", "front"))
GROUNDS = "查明当事人已如实申报，价差系运费分摊方法不同所致，无走私故意。"


def notice(**changes):
    return record_of(Oversight, **changes)


def submitted(**changes):
    return go(notice(**changes), ("reply_police", "police_head"), ("answer_customs", "function"))


def upheld(**changes):
    return go(submitted(**changes), ("uphold", "oversight", {"measures": ["accountability"]}))


@pytest.mark.parametrize(
    ("reason", "empty", "papers"),
    [
        ("经审查，不符合立案条件。", True, False),
        ("证据不足，决定不予立案", True, False),
        ("材料不全，不予立案", False, True),
        ("缺少鉴定结论，暂不立案", False, True),
        (GROUNDS, False, False),
    ],
)
def test_a_reason_is_read_for_what_it_says(reason, empty, papers):
    assert (for_want_of_papers(reason), says_nothing(reason) and not for_want_of_papers(reason)) == (papers, empty)


def test_a_whole_pack_is_not_sent_back_and_nothing_is_asked_for_twice():
    whole = ["letter", "report", "goods", "opinion", "other"]
    assert returned_without_grounds(whole, False)
    assert returned_without_grounds(["letter"], True)
    assert not returned_without_grounds(["letter", "report"], False)


@pytest.mark.parametrize(
    ("reason", "basis"),
    [("证据不足，不予立案。", "no_reasons"), ("移送材料不全。", "refused_for_papers"), (GROUNDS, None)],
)
def test_a_refusal_to_file_without_grounds_calls_the_police_to_account(chain, reason, basis):
    clue = go(record_of(Clue), *SENT, ("receive", "police"), ("refuse", "police_head", {"reason": reason}))
    told = [(one.basis, one.direction, one.unit_code, one.issuer_unit, one.origin) for one in Oversight.objects.all()]
    assert told == ([(basis, "to_police", "22P0", "2201", clue.key)] if basis else [])


def test_a_second_return_calls_the_police_to_account_and_the_first_does_not(chain):
    clue = go(record_of(Clue), *SENT, ("return_papers", "police"), ("supplement", "front"))
    assert not Oversight.objects.exists()
    go(clue, ("return_papers", "police"))
    assert Oversight.objects.get().basis == "no_grounds"


@pytest.mark.parametrize(("evaded", "opened"), [("199999.99", 0), ("200000", 1)])
def test_a_suspected_crime_kept_back_calls_customs_to_account(chain, evaded, opened):
    go(record_of(Clue), ("submit", "front", {"evaded_cny": evaded}), ("reject", "house_head"))
    told = [(one.basis, one.direction, one.unit_code, one.level) for one in Oversight.objects.all()]
    assert told == [("not_transferred", "to_customs", "2201", "red")] * opened


def test_the_same_leak_after_an_advice_calls_customs_to_account(chain):
    gap = {"gap_code": "price_check", "gap_description": "价格审核未覆盖"}

    def fed_back(unit="2201"):
        case = record_of(Case, bureau="22P0")
        Case.objects.filter(pk=case.pk).update(state="decided", unit_code=unit)
        return go(Case.objects.get(pk=case.pk), ("feed_back", "police", gap))

    first = fed_back()
    fed_back(unit="2202")
    assert not Oversight.objects.exists()
    fed_back()
    told = Oversight.objects.get()
    assert (told.basis, told.unit_code, first.key in told.said) == ("repeated_leak", "2201", True)


def test_every_duty_has_its_rule_and_one_direction():
    assert set(RULE) == set(Basis)
    assert {basis for basis in Basis if direction_of(basis) == "to_customs"} == CUSTOMS_OWE


@pytest.mark.parametrize(
    ("direction", "replies", "answers"),
    [("to_police", "police_head", "function"), ("to_customs", "house_head", "police_head")],
)
def test_the_side_addressed_replies_and_the_other_answers(office, direction, replies, answers):
    record = notice(direction=direction)
    offered = {who for who in CAST if record.flow.next_steps(actor(who), record)}
    assert replies in offered
    replied = {"to_police": "reply_police", "to_customs": "reply_customs"}[direction]
    answered = {"to_police": "answer_customs", "to_customs": "answer_police"}[direction]
    for name in {"reply_police", "reply_customs"} - {replied}:
        with pytest.raises(NotAllowed, match="方向"):
            advance(record, name, actor({"reply_police": "police_head"}.get(name, "function")), given(record, name))
    record = go(record, (replied, replies))
    assert go(record, (answered, answers)).state == "submitted"


@pytest.mark.parametrize("who", sorted(set(CAST) - {"oversight", "oversight_two", "oversight_hq"}))
def test_nobody_but_oversight_above_decides(office, who):
    record = submitted()
    for name in ("uphold", "dismiss"):
        with pytest.raises(NotAllowed):
            advance(record, name, actor(who), given(record, name))


def test_the_oversight_of_the_unit_addressed_is_not_above_it(office):
    record = submitted()
    Oversight.objects.update(unit_code="2200")
    refused(Oversight.objects.get(), "uphold", "oversight", "上一级")
    assert go(record, ("dismiss", "oversight_hq")).verdict == "dismissed"


@pytest.mark.parametrize("spoke", ["reply_police", "answer_customs"])
def test_who_spoke_for_a_side_does_not_decide(office, spoke):
    record = submitted()
    Oversight.objects.update(hands={**record.hands, spoke: "oversight"})
    refused(Oversight.objects.get(), "uphold", "oversight", "另一人")


def test_nothing_is_decided_before_the_time_to_speak_is_over(office):
    record = notice()
    refused(record, "proceed", "oversight", "期限未到")
    Oversight.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert go(record, ("proceed", "oversight")).state == "submitted"


def test_the_second_breach_of_a_year_is_an_interview_and_the_third_a_matter_of_accountability(office):
    assert go(submitted(), ("uphold", "oversight", {"measures": ["correct"]})).state == "upheld"
    second = submitted()
    refused(second, "uphold", "oversight", "约谈", measures=["correct"])
    go(second, ("uphold", "oversight", {"measures": ["interview"]}))
    third = submitted()
    refused(third, "uphold", "oversight", "问责建议", measures=["interview"])
    Oversight.objects.exclude(pk=third.pk).update(opened_at=timezone.now() - timedelta(days=400))
    assert go(third, ("uphold", "oversight", {"measures": ["correct"]})).state == "upheld"


def test_one_objection_another_hand_and_the_clock_of_the_correction_stands_still(office):
    record = upheld()
    due = record.due_at
    record = go(record, ("object_police", "police_head"))
    refused(record, "maintain", "oversight", "另一人")
    record = go(record, ("maintain", "oversight_two"))
    assert record.due_at >= due
    refused(record, "object_police", "police_head", "最终决定")
    again = go(upheld(), ("object_police", "police_head"), ("annul", "oversight_hq"))
    assert (again.state, again.verdict) == ("dismissed", "dismissed")


def test_a_correction_is_verified_by_others_than_who_reported_it(office):
    record = go(upheld(), ("correct_police", "police_head"))
    both = actor("police_head", (Post.OVERSIGHT, "0000"))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(record, "verify", both, given(record, "verify"))
    record = go(record, ("send_back", "oversight"))
    assert record.state == "upheld"
    assert go(record, ("correct_police", "police_head"), ("verify", "oversight")).state == "closed"
