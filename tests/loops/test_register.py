"""The risk register: grades beyond own means go up, disputes are ruled by others, nothing ripe is closed, days lie ahead."""

import pytest
from django.db import IntegrityError, transaction

from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.workdays import end_of
from guanjian.loops.register.models import Register
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests.cast import holding
from tests.days import date_in, day
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser


def opened(**changes) -> Register:
    return record_of(Register, **changes)


def at_headquarters(name: str, post: Post) -> Actor:
    return Actor(name, name, (holding(post, "0000"),))


PLANNED = (("take_on", "function"), ("plan", "function"))
REVIEWED = (*PLANNED, ("review", "function"))


def test_a_grade_beyond_own_means_is_handed_up_and_opened_at_headquarters(chain):
    risk = opened()
    refused(risk, "take_on", "function", "上交总署", consequence="5")
    passed = go(risk, ("hand_up", "function"))
    above = Register.objects.get(closed_at=None)
    assert (passed.state, above.unit_code, above.origin) == ("passed_on", "0000", passed.key)
    assert (above.lineage, above.stage, above.week) == (passed.lineage, passed.stage, passed.week)
    taken = go(above, ("take_on", "function_hq", {"consequence": "5"}))
    assert (taken.state, taken.consequence) == ("taken", "5")
    refused(taken, "hand_up", "function_hq", "已在总署")


def test_a_dispute_is_ruled_by_an_analyst_and_whose_it_is_only_once(chain):
    risk = go(opened(), ("dispute", "function"))
    refused(risk, "keep_owner", "function_two", "风险分析员")
    risk = go(risk, ("keep_owner", "risk"))
    assert risk.state == "opened"
    refused(risk, "dispute", "function", "归属已经裁定")


def test_what_is_anothers_is_opened_with_him_and_with_nobody_who_is_not_there(chain):
    risk = go(opened(), ("dispute", "function"))
    for code, says in (("2200", "已在该单位"), ("9999", "没有单位"), ("2201-01", "没有单位"), ("22P0", "没有单位")):
        refused(risk, "pass_on", "risk", says, to_unit=code)
    passed = go(risk, ("pass_on", "risk"))
    assert (passed.state, Register.objects.get(origin=passed.key).unit_code) == ("passed_on", "2202")


@pytest.mark.parametrize("who", ["function_hq", "leader_hq", "house_head", "stranger_function"])
def test_only_the_unit_that_a_risk_lies_with_takes_its_owners_steps(office, who):
    refused(opened(), "take_on", who, "本件所在单位")


def test_a_house_owns_its_single_point_and_the_district_does_not_act_for_it(office):
    risk = opened()
    risk.place_in(Unit.objects.get(pk="2201"))
    risk.save()
    refused(risk, "take_on", "function", "本件所在单位")
    assert go(risk, ("take_on", "house_head")).state == "taken"


def test_what_people_ruled_is_not_moved_by_the_judgement(chain):
    risk = go(opened(), ("dispute", "function"), ("keep_owner", "risk"))
    with pytest.raises(NotAllowed, match="由人裁定"):
        advance(risk, "reassign", SYSTEM, given(risk, "reassign"))
    handed = go(opened(), ("hand_up", "function"))
    assert Register.objects.get(origin=handed.key).ruled
    page = browser("function_hq").get(f"/register/{Register.objects.get(origin=handed.key).pk}/").content.decode()
    assert "研判归属" not in page


def test_a_risk_moved_by_the_rule_opens_with_its_new_owner_and_says_why(chain):
    risk = advance(opened(), "judge", SYSTEM, given(opened(), "judge"))
    moved = advance(risk, "reassign", SYSTEM, given(risk, "reassign", reason="一条线跨关区，改由他单位负责。"))
    there = Register.objects.get(origin=moved.key)
    assert (moved.state, there.unit_code, there.owner_kind, there.ruled) == ("passed_on", "2202", "unit", False)
    assert (there.lineage, there.week, there.owner_why["zh"]) == (
        risk.lineage,
        "2026-W40",
        "一条线跨关区，改由他单位负责。",
    )


def test_who_disputed_does_not_rule(office):
    both = Actor("two", "two", (holding(Post.FUNCTION, "2200"), holding(Post.RISK, "2200")))
    risk = opened()
    risk = advance(risk, "dispute", both, given(risk, "dispute"))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(risk, "refute", both, given(risk, "refute"))


@pytest.mark.parametrize(
    ("by", "review", "says"),
    [(-1, 30, "早于今天"), (40, 30, "各项措施"), (0, 0, "一年以内"), (20, 367, "一年以内")],
)
def test_measures_have_their_days_and_the_review_comes_after_them_within_a_year(office, by, review, says):
    risk = go(opened(), ("take_on", "function"))
    measure = {"what": "双人查验", "unit": "查验处", "by": day(by)}
    refused(risk, "plan", "function", says, measures=[measure], review_on=day(review))


def test_measures_may_be_planned_anew_and_the_wait_ends_on_the_day_of_the_review(office):
    risk = go(opened(), *PLANNED, ("report", "function"), ("plan", "function", {"review_on": day(60)}))
    assert (risk.state, risk.due_at) == ("treating", end_of(date_in(60)))


def test_a_risk_that_is_still_ripe_is_not_closed(office):
    risk = go(opened(), *REVIEWED)
    refused(risk, "close", "risk", "2026-W39的研判仍为“苗头”")
    latent = advance(risk, "judge", SYSTEM, given(risk, "judge", stage="latent"))
    assert go(latent, ("close", "risk")).state == "closed"


def test_what_fell_quiet_is_closed_and_what_is_seen_again_is_not(office):
    risk = go(opened(), *REVIEWED)
    quiet = advance(risk, "fall_quiet", SYSTEM, given(risk, "fall_quiet", quiet_since="2026-W40"))
    again = advance(quiet, "judge", SYSTEM, given(quiet, "judge", week="2026-W41"))
    refused(again, "close", "risk", "2026-W41")
    quiet = advance(again, "fall_quiet", SYSTEM, given(again, "fall_quiet", quiet_since="2026-W42"))
    assert go(quiet, ("close", "risk")).state == "closed"


def test_who_planned_or_reviewed_does_not_close_and_who_reviewed_does_not_accept(office):
    every = tuple(holding(post, "2200") for post in (Post.FUNCTION, Post.RISK, Post.LEADER))
    alone = Actor("alone", "alone", every)
    risk = go(opened(stage="latent"), ("take_on", "function"))
    for step in ("plan", "review"):
        risk = advance(risk, step, alone, given(risk, step))
    for step in ("close", "send_back", "accept"):
        with pytest.raises(NotAllowed, match="另一人"):
            advance(risk, step, alone, given(risk, step))


def test_what_is_left_is_accepted_for_a_time_and_reviewed_again(office):
    risk = go(opened(), *REVIEWED)
    refused(risk, "accept", "leader", "一年以内", review_on=day(400))
    risk = go(risk, ("accept", "leader", {"review_on": day(90)}))
    assert risk.due_at == end_of(date_in(90))
    assert go(risk, ("review", "function")).state == "reviewed"


def test_a_week_is_judged_once_and_in_order(office):
    risk = opened()
    for week, says in (("2026-W39", "已经研判过"), ("2026-W01", "已经研判过"), ("last week", "2026-W10")):
        with pytest.raises(NotAllowed, match=says):
            advance(risk, "judge", SYSTEM, given(risk, "judge", week=week))


def test_one_lineage_is_open_once(office):
    opened(lineage="R-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        record_of(Register, lineage="R-1")


def test_the_page_shows_the_figures_and_the_dated_changes(office):
    risk = opened(origin="register/1", returned=True)
    risk = advance(risk, "judge", SYSTEM, given(risk, "judge"))
    page = browser("function").get(f"/register/{risk.pk}/").content.decode()
    for said in ("近期实有", "12.0", "近期实有12.0", "苗头", "系统性", "register/1", "应有 3.5"):
        assert said in page


def test_a_change_of_owner_is_told_by_kind_and_unit_with_its_reason(office):
    turn = {"week": "2026-W40", "what": "owner", "before": "", "after": "leadership 2200"}
    turn["evidence"] = "reason=涉及的条线过半。；reason_en=Half of the lines."
    risk = opened()
    risk = advance(risk, "judge", SYSTEM, given(risk, "judge", changes=[turn]))
    page = browser("function").get(f"/register/{risk.pk}/").content.decode()
    assert "归属：— → 直属海关领导班子 2200（涉及的条线过半。）" in page
    assert "Half of the lines." not in page
