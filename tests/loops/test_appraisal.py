"""An appraisal: frozen as known at one instant, both sides in one sheet, judged by different hands, kept as published."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from guanjian.crossing import appraising
from guanjian.crossing.appraising import ALONG_THE_CHAIN, COUNTS
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.models import Alert
from guanjian.loops.appraisal.actions import open_sheet
from guanjian.loops.appraisal.models import Appraisal
from guanjian.loops.appraisal.needs import OF_SIDE, Measure
from guanjian.loops.clue.models import Clue
from guanjian.loops.instruction.models import Instruction
from guanjian.loops.lead.models import Lead
from guanjian.moving.verbs import advance
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests.cast import actor, person
from tests.days import date_in, day
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import MODELS, record_before, record_of
from tests.signed_in import browser


def opened(**changes):
    span = {"period_from": day(-20), "period_until": day(10)}
    facts = {"district": "2200", "why_again": "", **span, **changes}
    return open_sheet(actor("function_hq"), Unit.objects.get(pk="0000"), facts)


@pytest.fixture
def sheet(office):
    return opened()


def taken(model, step, **changes):
    """A record that took this step just now, by the first post that may."""
    flow_step = model.FLOW.step(step)
    record = record_before(model, flow_step, flow_step.source[0])
    who = {Post.POLICE: "police", Post.POLICE_LEADER: "police_head", Post.FUNCTION: "function"}.get(
        flow_step.by[0], "front"
    )
    return advance(record, step, actor(who), given(record, step, **changes))


def frozen(sheet):
    """The sheet with what the ledger has now, as if the period had ended just now."""
    facts = appraising.counted(sheet)
    rewrite(sheet, state="frozen", **{**facts, "upto": int(facts["upto"])})
    return Appraisal.objects.get(pk=sheet.pk)


def told(sheet):
    return go(frozen(sheet), ("review", "function_hq"))


def totals(sheet):
    return {measure: total for measure in Measure if (total := Appraisal.objects.get(pk=sheet.pk).total(measure))}


def published(sheet):
    sheet = told(sheet)
    rewrite(sheet, told_on=date_in(-16))
    return go(Appraisal.objects.get(pk=sheet.pk), ("decide", "leader_hq"), ("publish", "oversight_hq"))


def test_what_is_counted_are_steps_of_loops_and_every_measure_has_a_side():
    known = {f"{model.FLOW.name}.{step.name}" for model in MODELS for step in model.FLOW.steps}
    counted = {**COUNTS, **ALONG_THE_CHAIN}
    assert {event for events in counted.values() for event in events} <= known
    assert {*counted, Measure.FINDS} == set(Measure)
    assert sorted(measure for side in OF_SIDE.values() for measure in side) == sorted(Measure)


def test_headquarters_opens_one_sheet_of_a_district_and_period(sheet):
    assert (sheet.unit_code, sheet.edition, sheet.state) == ("2200", 1, "opened")
    with pytest.raises(BadInput, match="正在办理"):
        opened()
    with pytest.raises(BadInput, match="关区代码"):
        opened(district="2201")
    facts = {
        "district": "2200",
        "period_from": day(-9),
        "period_until": day(9),
        "why_again": "",
    }
    with pytest.raises(NotAllowed, match="总署"):
        open_sheet(actor("function"), Unit.objects.get(pk="2200"), facts)


def test_both_sides_stand_in_one_sheet_by_unit(sheet):
    taken(Alert, "dispose", transfer_clue=False, open_rectify=False)
    taken(Clue, "transfer")
    taken(Clue, "receive")
    taken(Instruction, "examine", found="find")
    one = frozen(sheet)
    assert totals(one) == {
        Measure.ALERTS: 1,
        Measure.EXAMINED: 1,
        Measure.FINDS: 1,
        Measure.TRANSFERRED: 1,
        Measure.RECEIVED: 1,
    }
    assert one.by_unit(Measure.RECEIVED) == [("2201", 1)]


def test_the_chain_tells_how_far_the_clues_of_the_period_have_come(sheet):
    clue = taken(Clue, "transfer")
    taken(Clue, "file_criminal")  # another one, transferred before the period
    assert Measure.CHAIN_FILED not in totals(frozen(sheet))
    clue = advance(clue, "receive", actor("police"), given(clue, "receive"))
    advance(clue, "file_criminal", actor("police_head"), given(clue, "file_criminal"))
    sheet = opened(period_until=day(11))
    assert (totals(frozen(sheet))[Measure.CHAIN_FILED], totals(sheet)[Measure.CRIMINAL]) == (1, 2)


def test_another_district_another_time_and_a_compartment_are_not_counted(sheet, monkeypatch):
    lead = record_of(Lead)
    monkeypatch.setitem(appraising.OF_EVENT, "lead.sign", Measure.ALERTS)
    advance(lead, "sign", actor("oversight"), {})
    taken(Clue, "receive")
    rewrite(sheet, period_from=date_in(1))
    assert totals(frozen(Appraisal.objects.get(pk=sheet.pk))) == {}
    rewrite(sheet, district_code="5300", period_from=date_in(-1))
    assert totals(frozen(Appraisal.objects.get(pk=sheet.pk))) == {}


def test_what_comes_later_does_not_move_what_was_frozen(sheet):
    taken(Clue, "receive")
    one = frozen(sheet)
    taken(Clue, "receive")
    again = appraising.counted(one)
    assert (again["inputs"], again["inputs_hash"], int(again["upto"])) == (one.inputs, one.inputs_hash, one.upto)
    assert appraising.turn() == {"frozen": 0, "recounted": 0}
    assert totals(one) == {Measure.RECEIVED: 1}


def test_it_is_frozen_by_itself_when_the_period_is_over_and_not_before(sheet):
    assert appraising.turn()["frozen"] == 0
    rewrite(sheet, period_until=date_in(-1))
    assert appraising.turn()["frozen"] == 1
    assert Appraisal.objects.get(pk=sheet.pk).state == "frozen"


def test_nobody_types_a_count_in(sheet):
    for step, state in (("freeze", "opened"), ("recount", "recounting")):
        rewrite(sheet, state=state, period_until=date_in(-1))
        for who in ("function_hq", "leader_hq", "leader", "admin"):
            one = Appraisal.objects.get(pk=sheet.pk)
            with pytest.raises(NotAllowed):
                advance(one, step, actor(who), given(one, step))


def test_an_objection_that_holds_leaves_a_matter_out_and_counts_as_of_the_same_instant(sheet):
    wrong = taken(Clue, "receive")
    taken(Clue, "receive")
    one = go(told(sheet), ("object", "police_head", {"named": [wrong.key]}))
    taken(Clue, "receive")
    refused(one, "correct", "oversight_hq", "本关区账本中没有", left_out=["clue/999"])
    one = go(one, ("correct", "oversight_hq", {"left_out": [wrong.key]}))
    rewrite(one, period_until=date_in(-1), period_from=date_in(-20))
    before = one.upto
    Appraisal.objects.filter(pk=one.pk).update(period_until=date_in(0))
    fresh = Appraisal.objects.get(pk=one.pk)
    facts = appraising.counted(fresh)
    assert int(facts["upto"]) == before
    assert facts["inputs"] == [{"measure": "received", "unit": "2201", "count": "1"}]
    assert facts["inputs_hash"] != one.inputs_hash


def test_both_sides_may_object_and_headquarters_may_not(sheet):
    person("leader_hq")
    one = told(sheet)
    refused(one, "object", "leader_hq", "未参与")
    one = go(one, ("object", "leader"), ("object", "police_head"))
    assert [said["by"] for said in one.objections] == ["leader", "police_head"]


def test_the_reviewer_neither_upholds_nor_decides(sheet):
    both = actor("function_hq", (Post.LEADER, "0000"))
    one = told(sheet)
    rewrite(one, told_on=date_in(-16))
    one = Appraisal.objects.get(pk=one.pk)
    with pytest.raises(NotAllowed, match="另一人"):
        advance(one, "decide", both, given(one, "decide"))
    one = go(one, ("object", "leader"))
    refused(one, "uphold", "function_hq", "另一人")
    one = go(one, ("uphold", "oversight_hq"), ("decide", "leader_hq"))
    assert (one.state, one.decided_by, one.reviewed_by) == ("decided", "leader_hq", "function_hq")


def test_the_database_knows_no_reviewer_who_decided(sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.filter(pk=sheet.pk).update(reviewed_by="function_hq", decided_by="function_hq")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.filter(pk=sheet.pk).update(published_at=timezone.now())


def test_nothing_is_decided_while_it_may_be_objected_to(sheet):
    refused(told(sheet), "decide", "leader_hq", "15日内可提出异议")


def test_a_published_sheet_takes_no_step_and_the_database_keeps_it(sheet):
    one = published(sheet)
    assert one.flow.awaited(one.state) == []
    for change in ({"inputs": []}, {"decision": "另行审定。"}, {"state": "decided"}, {"published_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Appraisal.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appraisal.objects.filter(pk=one.pk).delete()


def test_after_publication_there_is_only_a_new_edition_with_a_reason(sheet):
    one = published(sheet)
    with pytest.raises(BadInput, match="须写明理由"):
        opened()
    second = opened(why_again="发现两条线索重复登记。")
    assert (second.edition, second.origin, second.state) == (2, one.key, "opened")
    page = browser("leader").get(f"/appraisal/{one.pk}/").content.decode()
    assert f"/{second.key}/" in page


def test_a_sheet_that_was_dropped_may_be_opened_again(sheet):
    go(sheet, ("drop", "function_hq"))
    assert opened().edition == 1


def test_others_of_the_district_read_it_when_it_is_published(sheet):
    page = f"/appraisal/{sheet.pk}/"
    assert [
        browser(who).get(page).status_code for who in ("leader", "police_head", "risk", "police", "stranger_police")
    ] == [*(200, 200, 404, 404, 404)]
    published(sheet)
    assert [browser(who).get(page).status_code for who in ("risk", "police", "stranger_police")] == [200, 200, 404]


def test_the_page_shows_raw_counts_of_both_sides_and_no_score(sheet):
    taken(Clue, "receive")
    page = browser("police_head").get(f"/appraisal/{frozen(sheet).pk}/").content.decode()
    for said in ("海关一侧", "缉私一侧", "关警联动", "签收线索", "账本至第"):
        assert said in page
    assert "分数" not in page
    assert "得分" not in page
