"""Who serves where next: different people decide, no rank outside its band, the register follows what the administrator enters."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from guanjian.kernel import ranks
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.posting.actions import orders, turn
from guanjian.loops.posting.models import Posting
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, Person, Relation
from guanjian.org.models import Posting as Service
from guanjian.org.recusal import served_in
from tests.cast import CAST, actor, client, person
from tests.days import Ahead, day, today
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused
from tests.loops.moving_people import TO_CUSTOMS, appointed, consented, opened, proposed
from tests.loops.samples import given


@pytest.fixture
def cast(chain):
    for name in CAST:
        person(name)


def test_a_policeman_becomes_an_officer_by_five_different_hands_and_the_rank_of_the_law(cast):
    done = appointed()
    assert (done.state, done.new_rank, done.band_high, done.band_low) == ("appointed", 7, 7, 10)
    assert len({done.hands[step] for step in ("propose", "clear", "let_go", "consent", "appoint")}) == 5
    assert "海关关衔条例" in done.band_source
    assert "署长" in done.rank_approver.zh


@pytest.mark.parametrize(
    ("rank", "says"), [("6", "不在.*幅度内"), ("11", "不在.*幅度内"), ("8", "应拟授二级关务督察"), ("", "须填")]
)
def test_no_rank_outside_its_band_nor_another_than_the_nearest(cast, rank, says):
    refused(opened(), "propose", "function", says, **{**TO_CUSTOMS, "new_rank": rank})


def test_the_database_holds_no_rank_outside_its_band(cast):
    one = proposed()
    for column, value in (("new_rank", 6), ("new_rank", 11), ("band_low", None)):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE posting_posting SET {column} = %s WHERE id = %s", [value, one.pk])


def test_every_rank_at_every_level_is_proposed_only_as_the_law_converts_it(cast):
    one = opened()
    from guanjian.loops.posting.rules import fits

    facts = {**given(one, "propose"), **TO_CUSTOMS, "ends_on": ""}
    for level in ranks.PostLevel:
        for present in range(1, 14):
            right = ranks.converted(present, "customs", level, date.fromisoformat(facts["starts_on"]))
            taken = [
                new for new in range(15)
                if fits(one, {**facts, "to_level": level, "present_rank": str(present), "new_rank": str(new)}) is None
            ]  # fmt: skip
            assert taken == [right]


def test_the_line_that_he_leaves_lets_him_go_first(cast):
    cleared = go(proposed(), ("clear", "oversight"))
    refused(cleared, "consent", "house_head", "调出一方同意")
    refused(cleared, "let_go", "leader", "缉私局领导")


def test_who_serves_on_within_his_line_has_no_rank_and_needs_nobody_to_let_him_go(cast):
    moved = go(opened(officer="front"), ("propose", "function", {**TO_CUSTOMS, "present_rank": "", "new_rank": ""}))
    cleared = go(moved, ("clear", "oversight"))
    refused(cleared, "let_go", "leader", "不需|办理")
    assert go(cleared, ("consent", "house_head")).state == "consented"
    refused(opened(officer="colleague"), "propose", "function", "衔级不填", **TO_CUSTOMS)


def test_who_consents_does_not_appoint_and_nobody_concerned_acts(cast):
    one = consented()
    both = actor("house_head", ("leader", "2200"))
    with pytest.raises(NotAllowed, match="另一人"):
        advance(one, "appoint", both, given(one, "appoint"))
    own = actor("police", ("leader", "2200"))
    with pytest.raises(NotAllowed, match="当事人"):
        advance(one, "appoint", own, given(one, "appoint"))
    Relation.objects.create(one_id="leader", other_id="police", kind="relative", declared_on=today())
    refused(one, "appoint", "leader", "须回避")


def test_what_the_table_keeps_for_the_level_above_is_decided_there(cast):
    high = {"to_level": "bureau_deputy", "present_rank": "5", "new_rank": "5"}
    one = go(proposed(**high), ("clear", "oversight"), ("let_go", "police_head"))
    assert (one.consents, one.appoints, one.by_above) == ("leader", "leader", True)
    one = go(one, ("consent", "leader"))
    refused(one, "appoint", "leader_hq", "由上一级任命")
    with pytest.raises(NotAllowed, match="上一级"):
        advance(one, "appoint_above", actor("house_head", ("leader", "2201")), given(one, "appoint_above"))
    assert go(one, ("appoint_above", "leader_hq")).state == "appointed"


def test_a_police_post_is_decided_by_the_bureau_above(cast):
    told = {"to_unit": "22P0", "to_post": "police", "to_level": "staff", "present_rank": "12", "new_rank": "11"}
    one = go(opened(officer="front", to_unit="22P0"), ("propose", "function", told))
    assert (one.to_line, one.lets_go, one.consents, one.appoints, one.by_above) == (
        "police", "leader", "police_leader", "police_leader", True)  # fmt: skip


def test_the_loop_never_enters_a_post_itself(cast):
    one, before = appointed(), Appointment.objects.count()
    assert (turn(), Appointment.objects.count(), len(orders("police"))) == (0, before, 1)
    with pytest.raises(NotAllowed, match="尚未按任职文件登记"):
        advance(one, "enter", SYSTEM, {})
    for who in ("leader", "leader_hq", "security"):
        with pytest.raises(NotAllowed):
            advance(one, "enter", actor(who), {})


def test_the_administrator_sees_the_order_enters_the_post_and_the_register_follows(cast):
    one = appointed()
    security = client("security")
    page = security.get("/office/accounts/").content.decode()
    assert "待登记的任职" in page
    assert one.order_no in page
    assert one.why not in page
    account = Person.objects.get(username="police").pk
    entered = {"post": "section_chief", "unit": "2201", "since": one.starts_on.isoformat()}
    assert security.post(f"/office/accounts/{account}/appoint/", entered).status_code == 302
    assert turn(one.starts_on) == 0
    old = Appointment.objects.get(person__username="police", unit_id="22P0")
    assert security.post(f"/office/accounts/{account}/dismiss/", {"appointment": old.pk}).status_code == 302
    assert (turn(), turn(one.starts_on), turn(one.starts_on)) == (0, 1, 0)
    assert Posting.objects.get(pk=one.pk).state == "done"
    assert orders() == []
    assert served_in("police", "2201", one.starts_on)
    assert Service.objects.get(unit_code="22P0").until == one.starts_on - timedelta(days=1)
    assert "待登记的任职" not in security.get("/office/accounts/").content.decode()


def test_no_administrator_decides_and_no_leader_enters(cast):
    one = consented()
    for who in ("security", "admin", "audit"):
        body = {"version": one.version, "facts": given(one, "appoint")}
        told = client(who).post(f"/api/postings/{one.pk}/steps/appoint", body, content_type="application/json")
        assert told.status_code == 404
    assert client("leader").get("/office/accounts/").status_code == 404


def test_an_attachment_keeps_rank_and_post_and_has_a_last_day(cast):
    plain = {**TO_CUSTOMS, "present_rank": "", "new_rank": ""}
    refused(opened(mode="attach"), "propose", "function", "截止日期", **plain)
    one = go(Posting.objects.get(), ("propose", "function", {**plain, "ends_on": day(200)}))
    assert (one.crosses, one.new_rank, one.holds_old()) == (False, None, False)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"officer": "nobody"}, "没有在任岗位"),
        ({"mode": "enter"}, "不是调任"),
        ({"to_unit": "5301"}, "不在您的辖区内"),
        ({"officer": "stranger"}, "不在您的辖区内"),
    ],
)
def test_a_posting_is_opened_for_people_and_units_within_reach(cast, changes, says):
    with pytest.raises(BadInput, match=says):
        opened(**changes)


def test_one_posting_of_a_person_at_a_time(cast):
    opened()
    with pytest.raises(BadInput, match="办理中"):
        opened()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"to_unit": "5301"}, "不在本件所在关区"),
        ({"to_post": "police"}, "岗位与单位不符"),
        ({"starts_on": Ahead(0)}, "今天之后"),
    ],
)
def test_a_proposal_fits_unit_line_and_days(cast, changes, says):
    refused(opened(), "propose", "function", says, **{**TO_CUSTOMS, **changes})


def test_a_rotation_goes_elsewhere(cast):
    one = opened(officer="front", mode="rotate")
    here = {"to_unit": one.from_unit, "to_post": one.from_post, "present_rank": "", "new_rank": "", "starts_on": day(9)}
    refused(one, "propose", "function", "换单位或者换岗位", **{**TO_CUSTOMS, **here})


def test_what_comes_back_is_let_go_anew(cast):
    back = go(consented(), ("send_back", "leader"))
    assert (back.state, back.released) == ("draft", False)


def test_who_failed_for_good_is_proposed_for_another_post(cast):
    from guanjian.loops.training.models import Training
    from tests.loops.world import record_of

    failed = record_of(Training, officer_id="front")
    rewrite(failed, state="failed")
    go(Training.objects.get(pk=failed.pk), ("refer", "function"))
    one = Posting.objects.get(origin=failed.key)
    assert (one.subject_id, one.mode, one.state) == ("front", "rotate", "draft")


def test_the_workload_of_districts_is_read_by_personnel_and_not_by_an_administrator(cast):
    assert "关区办案工作量" in client("function").get("/posting/workload/").content.decode()
    assert client("admin").get("/posting/workload/").status_code == 404
    assert client("front").get("/posting/workload/").status_code == 404
