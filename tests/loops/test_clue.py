"""A clue's own rules: two officers, statutory hours, disputes, and no way round what it taught."""

from guanjian.loops.clue.actions import open_by_hand
from guanjian.loops.clue.models import Clue
from guanjian.org.models import Unit
from tests.cast import CAST, actor
from tests.loops.moves import go, refused
from tests.loops.world import record_of

SENT = (("submit", "front"), ("approve", "house_head"), ("transfer", "front"))


def test_one_officer_alone_transfers_nothing(office):
    refused(record_of(Clue), "submit", "front", "两人以上", handlers=["甲", "甲"])
    refused(record_of(Clue), "submit", "front", "必须附上", papers=["letter"])


def test_a_refusal_to_transfer_ends_nothing_before_oversight_has_seen_it(office):
    clue = go(record_of(Clue), ("submit", "front"), ("reject", "house_head"))
    assert not clue.is_closed
    assert go(clue, ("resume", "oversight")).state == "submitted"
    clue = go(Clue.objects.get(), ("reject", "leader"), ("uphold", "oversight_two"))
    assert clue.state == "not_transferred"


def test_papers_go_back_and_forth_without_being_lost(office):
    clue = go(record_of(Clue), *SENT, ("return_papers", "police"), ("supplement", "front"), ("receive", "police"))
    assert clue.state == "reviewed"


def test_who_received_it_does_not_decide_on_filing(office):
    clue = go(record_of(Clue), *SENT, ("receive", "police"))
    Clue.objects.update(hands={**clue.hands, "receive": "police_head"})
    refused(clue, "file_criminal", "police_head", "另一人")


def test_a_refusal_to_file_is_disputed_to_the_end_and_still_teaches(office):
    clue = go(record_of(Clue), *SENT, ("receive", "police"), ("refuse", "police_head"))
    clue = go(clue, ("ask_again", "function"), ("uphold_refusal", "police_head"), ("suggest_supervision", "leader"))
    clue = go(clue, ("end_supervision", "leader"))
    refused(clue, "close", "function", "不能进行")
    clue = go(clue, ("explain", "police"))
    assert (clue.state, clue.is_closed) == ("fed_back", False)


def test_the_procuratorate_may_have_it_filed_after_all(office):
    clue = go(record_of(Clue), *SENT, ("receive", "police"), ("refuse", "police_head"), ("ask_again", "function"))
    clue = go(clue, ("uphold_refusal", "police_head"), ("suggest_supervision", "function"))
    assert go(clue, ("file_criminal", "police_head")).filed_as == "criminal"


def test_statutory_hours_and_days_run(office):
    clue = go(record_of(Clue), ("submit", "front"), ("approve", "house_head"))
    assert (clue.due_at - clue.entered_at).total_seconds() == 24 * 3600
    clue = go(clue, ("transfer", "front"), ("receive", "police"))
    assert 3 <= (clue.due_at - clue.entered_at).total_seconds() / 86400 <= 4


def test_nobody_but_the_system_says_that_it_is_plugged(office):
    Clue.objects.filter(pk=record_of(Clue).pk).update(state="plugging")
    for who in CAST:
        refused(Clue.objects.get(), "plug", who, "系统")


def test_an_officer_opens_what_he_found_himself(office):
    unit = Unit.objects.get(pk="2201")
    clue = open_by_hand(actor("front"), unit, {"title": "夹藏线索", "subject_id": "E0009"})
    assert (clue.subject_type, clue.subject_id, clue.unit_code) == ("enterprise", "E0009", "2201")
    assert open_by_hand(actor("front"), unit, {"title": "无企业", "subject_id": ""}).subject_type == ""
