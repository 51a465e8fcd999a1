"""Rotation and training that open by themselves: once for a stay and a year, with reason and date, by days and hours alone."""

from datetime import date, timedelta

import pytest

from guanjian.crossing import rotation
from guanjian.kernel.workdays import add_months
from guanjian.loops.course.actions import open_by_hand as open_course
from guanjian.loops.posting.models import Posting
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance
from guanjian.org.models import Appointment, Certificate, Unit
from guanjian.org.models import Posting as Service
from guanjian.org.serving import served_since
from tests.cast import actor, client
from tests.crossing.classed import classed_house
from tests.days import date_in, day, today
from tests.loops.behind import rewrite
from tests.loops.learning import CODE, course
from tests.loops.moves import go
from tests.loops.staff import DRAFT


@pytest.fixture
def classed(db, monkeypatch):
    return classed_house(monkeypatch)


def serves(name: str, since: date) -> None:
    Appointment.objects.filter(person__username=name).update(since=since)


def test_a_rotation_opens_ninety_days_before_the_longest_stay_is_over_and_once(classed):
    since = add_months(today(), -35)
    until = add_months(since, 36)
    serves("front", since)
    rewrite(classed, since=add_months(today(), -12))
    assert rotation.turn(until - timedelta(days=91))["rotations"] == 0
    assert [rotation.turn(until - timedelta(days=90))["rotations"] for _ in "ab"] == [1, 0]
    one = Posting.objects.get()
    assert (one.subject_id, one.mode, one.state, one.origin) == ("front", "rotate", "draft", classed.key)
    assert one.rotate_by == until
    assert "同岗最长任职36个月" in one.why
    assert f"至{until}期满" in one.why
    assert one.title.endswith(f"（同岗36个月，{until}期满）")
    assert one.propose_by == until


def test_a_rotation_that_was_withdrawn_does_not_open_again_for_the_same_stay(classed):
    serves("front", add_months(today(), -40))
    rotation.turn(today())
    assert Posting.objects.get().propose_by is None  # long over: the ordinary limit, no years of delay
    go(Posting.objects.get(), ("withdraw", "function"))
    assert rotation.turn(today())["rotations"] == 0
    serves("front", add_months(today(), -37))  # another stay
    assert rotation.turn(today())["rotations"] == 1


def test_nobody_is_rotated_who_is_on_the_way_or_whose_unit_has_no_class_in_force(classed):
    serves("front", add_months(today(), -40))
    rewrite(classed, until=date_in(-1))
    assert rotation.turn(today())["rotations"] == 0
    rewrite(classed, until=None)
    rotation.turn(today())
    Posting.objects.update(stay="")
    assert rotation.turn(today())["rotations"] == 0


def test_the_head_of_the_house_finds_it_among_what_waits_for_him_and_advises_once(classed):
    serves("front", add_months(today(), -35))
    rotation.turn(today())
    one = Posting.objects.get()
    home = client("house_head").get("/").content.decode()
    assert f"/posting/{one.pk}/" in home
    page = client("house_head").get(f"/posting/{one.pk}/").content.decode()
    assert "应轮岗日期" in page
    assert classed.key in page
    advised = go(one, ("advise", "house_head", {"opinion": "年底前轮往审单科，由某某接替。"}))
    assert (advised.state, advised.advises) == ("draft", "")
    assert f"/posting/{one.pk}/" not in client("house_head").get("/").content.decode()
    assert "年底前轮往审单科" in client("function").get(f"/posting/{one.pk}/").content.decode()


def test_a_stay_goes_back_to_what_the_register_knows_without_a_break(classed):
    entered, place = date(2026, 1, 1), ("2201", "frontline")
    rows = [(date(2019, 1, 1), date(2020, 12, 31)), (date(2022, 5, 1), date(2024, 6, 30)), (date(2024, 7, 1), None)]
    for since, until in rows:
        Service.objects.create(person_id="front", unit_code=place[0], post=place[1], since=since, until=until)
    Service.objects.create(person_id="front", unit_code="2202", post=place[1], since=date(2010, 1, 1))
    assert served_since("front", place, entered) == date(2022, 5, 1)
    assert served_since("colleague", place, entered) == entered


@pytest.fixture
def taught(classed, monkeypatch):
    """A course of 30 hours for the front line, one of 20 for everybody, one without hours; the class holds the whole year."""
    monkeypatch.setitem(DRAFT, "hours", "30")
    course()
    monkeypatch.setitem(DRAFT, "hours", "20")
    _course("ALL-01", ())
    monkeypatch.setitem(DRAFT, "hours", "")
    _course("NIL-01", ("frontline",))
    first = date(today().year, 1, 1)
    Appointment.objects.update(since=first)
    rewrite(classed, since=first)
    return classed


def _course(code: str, posts: tuple) -> None:
    told = {"title": code, "code": code, "about": "年度培训。"}
    made = open_course(actor("function"), Unit.objects.get(pk="2200"), told)
    drafted = go(made, ("draft", "function", DRAFT))
    approval = {"posts": list(posts), "needed_from": day(1)}
    go(drafted, ("take_up", "function_two"), ("approve", "function_two", approval))


def asked_of(name: str) -> set[str]:
    return set(Training.objects.filter(officer_id=name).values_list("course", flat=True))


def test_who_is_short_of_hours_is_trained_before_the_year_ends_and_once(taught):
    assert rotation.turn(date(today().year, 10, 2))["trainings"] == 0
    late = date(today().year, 10, 3)
    told = [rotation.turn(late)["trainings"] for _ in "ab"]
    assert (told[0] > 0, told[1]) == (True, 0)
    assert asked_of("front") == asked_of("colleague") == {CODE, "ALL-01"}
    assert asked_of("house_head") == {"ALL-01"}
    one = Training.objects.filter(officer_id="front", course=CODE).get()
    assert (one.origin, one.until) == (taught.key, date(today().year, 12, 31))
    assert "每年60学时，本年应修60，已修和在修0" in one.title
    advance(one, "cancel", actor("function"), {"reason": "已由总署统一组织。"})
    assert rotation.turn(late)["trainings"] == 0


def test_hours_passed_this_year_count_and_the_class_asks_only_for_the_time_that_it_holds(taught):
    passed = {
        "person_id": "front",
        "course": CODE,
        "passed": True,
        "until": date(today().year + 1, 12, 31),
        "source": "training/0#1",
    }
    Certificate.objects.create(on=date(today().year, 3, 1), **passed)
    rewrite(taught, since=date(today().year, 7, 3))  # 182 days of the year: 30 hours of 60, and they are there
    assert rotation.train(next(one for one in rotation.places(date(today().year, 12, 1)) if one.person_id == "front"),
                          date(today().year, 12, 1)) == 0  # fmt: skip
    rewrite(taught, since=date(today().year, 1, 1))
    rotation.turn(date(today().year, 12, 1))
    assert asked_of("front") == {"ALL-01"}
