"""Who stands watch together: both sides in every shift, rested, present and free of ties; the reading comes from the trace."""

import pytest

from guanjian.crossing import rosters
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.clue.models import Clue
from guanjian.loops.roster.actions import open_by_hand
from guanjian.loops.roster.models import Roster
from guanjian.moving.verbs import advance
from guanjian.org import certificates
from guanjian.org.calendar import changed
from guanjian.org.models import Appointment, Leave, Parameter, Person, Relation, Unit
from tests.cast import CAST, actor, person
from tests.days import date_in, day, today
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.watching import HOUR, shift

CLUE = {"clue_title": "夹藏香烟", "clue_summary": "机检图像异常，开箱后发现夹藏。", "clue_enterprise": "E0001"}
TIES = "已申报的关系"


@pytest.fixture
def cast(chain):
    for name in CAST:
        person(name)
    yield
    changed()


def opened(place: str = "某码头", **changes) -> Roster:
    facts = {"place": place, "from_day": day(-1), "until_day": day(5), "enterprise": "", **changes}
    return open_by_hand(actor("house_head"), Unit.objects.get(pk="2201"), facts)


def arranged(*shifts: dict) -> Roster:
    return go(opened(), ("arrange", "house_head", {"shifts": list(shifts or [shift(-HOUR / 12)])}))


def running(*shifts: dict) -> Roster:
    return go(arranged(*shifts), ("agree", "police_head"), ("publish", "house_head"))


def unfit(says: str, *shifts: dict, **changes) -> None:
    refused(opened(**changes), "arrange", "house_head", says, shifts=list(shifts))


def joined(name: str, post: str, unit: str) -> None:
    Appointment.objects.create(person=person_named(name), post=post, unit_id=unit, since=date_in(-400))


def person_named(name: str) -> Person:
    return Person.objects.get_or_create(username=name, defaults={"name_zh": name})[0]


def test_nothing_is_published_without_the_consent_of_the_police(cast):
    one = arranged()
    refused(one, "publish", "house_head", "缉私同意")
    refused(one, "agree", "house_head", "由.*办理")
    stood = go(one, ("agree", "police_head"), ("publish", "house_head"))
    assert (stood.state, stood.staff["police"]["post"], stood.staff["front"]["post"]) == (
        "running",
        "police",
        "frontline",
    )


def test_what_is_arranged_anew_is_consented_to_anew(cast):
    back = go(arranged(), ("agree", "police_head"), ("send_back", "police_head"))
    refused(go(back, ("arrange", "house_head")), "publish", "house_head", "缉私同意")


@pytest.mark.parametrize(("customs", "police"), [("front", " ，"), ("，", "police"), ("front", "front")])
def test_both_sides_stand_every_shift(cast, customs, police):
    unfit("双方人员", shift(HOUR), shift(24 * HOUR, customs, police))


@pytest.mark.parametrize(
    ("begins", "hours", "says"),
    [(-9, 8, "已经过去"), (1, 25, "不超过24小时"), (1, 0, "先起后止"), (200, 8, "不在值班期内")],
)
def test_a_shift_lies_ahead_within_the_period_and_a_day_at_most(cast, begins, hours, says):
    unfit(says, shift(begins * HOUR, hours=hours))


def test_nobody_stands_two_shifts_at_a_time_or_without_rest(cast):
    unfit("休息不足12小时", shift(HOUR), shift(6 * HOUR, "colleague"))
    unfit("休息不足12小时", shift(HOUR), shift(20 * HOUR, "colleague"))
    assert arranged(shift(HOUR), shift(21 * HOUR)).state == "submitted"


def test_another_roster_of_the_district_counts_and_a_withdrawn_one_does_not(cast):
    one = running(shift(HOUR))
    unfit("休息不足", shift(HOUR, "colleague"), place="另一码头")
    go(one, ("withdraw", "house_head"))
    assert arranged(shift(HOUR)).state == "submitted"


def test_the_rest_between_shifts_is_dated_data(cast):
    Parameter.objects.create(code="limit.roster.rest", since=today(), value={"amount": 24, "unit": "h"}, source="署令")
    changed()
    unfit("休息不足24小时", shift(HOUR), shift(21 * HOUR))


@pytest.mark.parametrize(
    ("customs", "police"),
    [
        ("stranger", "police"),
        ("front", "stranger_police"),
        ("police", "front"),
        ("risk", "police"),
        ("nobody", "police"),
    ],
)
def test_only_who_serves_there_on_his_side_is_rostered(cast, customs, police):
    unfit("不是本关", shift(HOUR, customs, police))


def test_who_served_there_until_yesterday_is_not_rostered(cast):
    Appointment.objects.filter(person__username="front").update(until=date_in(-1))
    unfit("不是本关", shift(HOUR))


def test_who_is_on_leave_is_not_rostered_nor_published(cast):
    one = go(arranged(shift(26 * HOUR)), ("agree", "police_head"))
    away = {"since": today(), "until": date_in(3)}
    leave = Leave.objects.create(person=person("front"), deputy=person("colleague"), **away)
    refused(one, "publish", "house_head", "已请假")
    unfit("已请假", shift(50 * HOUR))
    leave.ended_on = today()
    leave.save()
    assert go(one, ("publish", "house_head")).state == "running"


def test_who_lacks_the_certificate_of_his_post_is_not_rostered(cast):
    certificates.demand("EXM-1", ["police"], "2200", date_in(-1), "course/1")
    unfit("EXM-1", shift(HOUR))
    certificates.keep("police", "EXM-1", today(), date_in(90), "training/1")
    assert arranged(shift(HOUR)).staff["police"]["courses"] == ["EXM-1"]


def test_nobody_tied_to_the_shift_or_to_the_site_stands_it(cast):
    Relation.objects.create(one_id="front", other_id="police", kind="relative", declared_on=today())
    unfit(TIES, shift(HOUR))
    Relation.objects.create(one_id="colleague", other_id="E0009", kind="interest", declared_on=today())
    assert go(opened(), ("arrange", "house_head", {"shifts": [shift(HOUR, "colleague")]})).state == "submitted"
    unfit(TIES, shift(HOUR, "colleague"), enterprise="E0009")


def test_a_head_tied_to_the_site_stands_aside(cast):
    one = go(opened(enterprise="E0009"), ("arrange", "house_head", {"shifts": [shift(HOUR)]}))
    Relation.objects.create(one_id="police_head", other_id="E0009", kind="relative", declared_on=today())
    refused(one, "agree", "police_head", "须回避")


def test_a_shift_is_taken_up_and_handed_over_by_those_who_stand_it(cast):
    one = running(shift(-HOUR / 12), shift(30 * HOUR, "colleague"))
    refused(one, "take_up", "colleague", "指定的人员")
    refused(one, "hand_over", "front", "指定的人员")
    one = go(one, ("take_up", "front"))
    assert (one.expected, one.standing) == ({"police"}, {"front"})
    refused(one, "take_up", "front", "指定的人员")
    one = go(one, ("take_up", "police"), ("hand_over", "front", {"handed": "3号箱待复查。"}))
    assert [(row["what"], row["by"], row["number"], row["said"]) for row in one.log[2:]] == [
        ("hand_over", "front", 1, "3号箱待复查。")
    ]
    refused(one, "withdraw", "house_head", "已有人接班")


def test_a_clue_of_the_watch_is_a_clue_each_time_and_leads_back(cast):
    one = go(running(), ("take_up", "front"), ("open_clue", "front", CLUE), ("open_clue", "front", CLUE))
    clues = Clue.objects.filter(origin=one.key)
    assert (
        list(clues.values_list("title", "source", "author_id", "unit_code", "subject_id"))
        == [("夹藏香烟", "roster", "front", "2201", "E0001")] * 2
    )
    refused(one, "open_clue", "colleague", "指定的人员", **CLUE)


def test_a_swap_is_asked_for_granted_by_the_head_of_that_side_and_traced(cast):
    one = running(shift(5 * HOUR))
    asked = go(one, ("ask_swap", "front"))
    assert (asked.swap_post, asked.swapping) == ("house_leader", {"front", "colleague"})
    refused(asked, "grant_swap", "police_head", "由.*办理")
    refused(asked, "ask_swap", "front", "待批")
    granted = go(asked, ("grant_swap", "house_head"))
    assert (granted.watch[0].customs, granted.swap, granted.swap_post) == (("colleague",), {}, "")
    refused(granted, "grant_swap", "house_head", "由.*办理")


def test_a_swap_of_the_police_is_for_their_head_and_neither_of_the_two_decides_it(cast):
    joined("other_police", "police", "22P0")
    asked = go(running(shift(5 * HOUR)), ("ask_swap", "police", {"leaves": "police", "stands_in": "other_police"}))
    assert asked.swap_post == "police_leader"
    with pytest.raises(NotAllowed, match="未参与本件"):
        advance(asked, "grant_swap", actor("police", ("police_leader", "22P0")), given(asked, "grant_swap"))
    assert go(asked, ("refuse_swap", "police_head")).swap == {}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "7"}, "没有这一班次"),
        ({"leaves": "colleague"}, "换下的须在本班"),
        ({"stands_in": "stranger"}, "不是本关"),
        ({"stands_in": "police"}, "替班的须不在本班"),
        ({"leaves": "police"}, "不是本关"),
    ],
)
def test_a_swap_that_does_not_fit_is_refused(cast, changes, says):
    refused(running(shift(5 * HOUR)), "ask_swap", "front", says, **changes)


def test_who_stands_in_has_rested_too_and_who_came_is_not_swapped(cast):
    joined("other_police", "police", "22P0")
    one = running(shift(-HOUR / 12), shift(15 * HOUR, "colleague", "other_police"))
    refused(one, "ask_swap", "front", "休息不足")
    refused(go(one, ("take_up", "front")), "ask_swap", "front", "已接班")


def test_a_roster_is_read_when_it_was_handed_over_or_is_over(cast):
    one = running()
    assert rosters.turn() == 0
    one = go(one, ("take_up", "front"), ("take_up", "police"), ("open_clue", "front", CLUE), ("hand_over", "police"))
    assert rosters.turn() == 0
    go(one, ("hand_over", "front"))
    assert (rosters.turn(), rosters.turn()) == (1, 0)
    read = Roster.objects.get(pk=one.pk)
    assert (read.state, read.planned, read.covered, read.missed, read.clues) == ("over", 1, 1, 0, 1)
    assert (read.minutes_planned, read.minutes_done) == (480, 0)
    done = go(read, ("confirm", "police_head"), ("conclude", "house_head", {"why_missed": ""}))
    assert done.state == "closed"


def test_the_reading_is_of_the_ledger_and_not_of_what_a_row_was_made_to_say(cast):
    one = go(running(), ("take_up", "front"))
    missed = rosters.reading_of(one)
    rewrite(
        one,
        log=[
            {**one.log[0], "by": who, "what": what} for who in ("front", "police") for what in ("take_up", "hand_over")
        ],
    )
    assert rosters.reading_of(Roster.objects.get(pk=one.pk)) == missed
    assert (missed["covered"], missed["partial"]) == ("0", "1")


def test_a_shift_that_nobody_stood_is_explained_before_it_is_concluded(cast):
    one = running(shift(HOUR))
    rewrite(one, shifts=[shift(-10 * HOUR)])
    assert rosters.turn() == 1
    read = go(Roster.objects.get(pk=one.pk), ("confirm", "police_head"))
    assert (read.missed, read.minutes_done) == (1, 0)
    refused(read, "conclude", "house_head", "写明原因", why_missed="")
    assert go(read, ("conclude", "house_head")).state == "closed"


def test_nobody_concludes_before_the_police_have_confirmed_the_reading(cast):
    one = running(shift(HOUR))
    rewrite(one, shifts=[shift(-10 * HOUR)])
    rosters.turn()
    refused(Roster.objects.get(pk=one.pk), "conclude", "house_head", "缉私核对")


@pytest.mark.parametrize(("first", "last"), [(3, 2), (0, 40), (-9, -1)], ids=["backwards", "too long", "over"])
def test_a_roster_is_for_a_period_that_is_not_over_of_a_month_at_most(cast, first, last):
    with pytest.raises(BadInput, match="值班期"):
        opened(from_day=day(first), until_day=day(last))
