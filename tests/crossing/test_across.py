"""What crosses: units and people into the office, findings into loops, outcomes and the trace back; each once."""

import json
from datetime import UTC, date, datetime

import duckdb
import pytest

from guanjian.crossing import cast as players
from guanjian.crossing import detect, imports, outcomes, people, reference, trace
from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Verdict
from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.models import Lead
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, Holiday, Person, Unit
from guanjian.org.posts import Post
from tests import cast
from tests.lenses.small_lake import small_lake
from tests.loops.findings import finding, finding_about_a_person

UNITS = [
    {"unit_code": "0000", "name": "总署", "level": "hq", "kind": "customs"},
    {"unit_code": "2200", "name": "上海", "level": "district", "parent_code": "0000", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2203", "name": "某海关", "level": "house", "parent_code": "2200", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2203-01", "name": "科", "level": "section", "parent_code": "2203", "district_code": "2200", "kind": "customs"},
    {"unit_code": "22P0", "name": "缉私局", "level": "section", "parent_code": "2200", "district_code": "2200", "kind": "police"},
    {"unit_code": "22P0-01", "name": "侦查处", "level": "section", "parent_code": "22P0", "district_code": "2200", "kind": "police"},
]  # fmt: skip
OFFICER = {"name": "模拟甲", "personnel_line": "customs", "post_level": "科员", "rank_ordinal": 10}
OFFICERS = [
    {**OFFICER, "officer_id": "g1", "unit_code": "2203-01", "post": "examination", "in_post_since": date(2024, 1, 1)},
    {**OFFICER, "officer_id": "g2", "unit_code": "2203", "post": "management", "in_post_since": date(2024, 1, 1)},
    {**OFFICER, "officer_id": "g3", "unit_code": "2203", "post": "release", "in_post_since": date(2024, 1, 1),
     "left_post_on": date(2026, 1, 1)},
    {**OFFICER, "officer_id": "g4", "unit_code": "2203", "post": "finance", "in_post_since": date(2024, 1, 1)},
]  # fmt: skip
SINCE = date(2026, 1, 1)


@pytest.fixture
def office(db):
    cast.settle()
    cast.give_keys("oversight", "oversight_two")


@pytest.fixture
def lake(tmp_path):
    return Lake.open(small_lake(tmp_path, units=UNITS, officers=OFFICERS))


def rows(lake, table):
    lake.refresh()
    with duckdb.connect() as connection:
        return connection.sql(lake.select(table)).to_arrow_table().to_pylist()


def test_units_of_the_lake_become_units_of_the_office_with_their_house_and_district(office, lake):
    assert reference.take_units(lake) == 6
    section = Unit.objects.get(pk="2203-01")
    assert (section.house_code, section.district_code, section.parent_id) == ("2203", "2200", "2203")


def test_a_bureau_reaches_as_far_as_the_unit_beside_which_it_stands(office, lake):
    reference.take_units(lake)
    assert dict(Unit.objects.filter(pk__startswith="22P0").values_list("code", "level")) == {
        "22P0": "district",
        "22P0-01": "section",
    }


def test_officers_get_the_office_post_of_theirs_and_those_who_left_none(office, lake):
    reference.take_units(lake)
    assert reference.take_officers(lake, SINCE) == 3
    assert reference.take_officers(lake, SINCE) == 3
    held = dict(
        Appointment.objects.filter(person__username__in=["g1", "g2", "g3", "g4"]).values_list(
            "person__username", "post"
        )
    )
    assert held == {"g1": Post.FRONTLINE, "g2": Post.HOUSE_LEADER}
    assert not Person.objects.filter(username="g3").exists()


def test_each_batch_is_noted_once_and_a_lost_one_is_named(office, lake):
    noted = imports.note_batches(lake)
    assert len(noted) == 2
    assert imports.note_batches(lake) == []
    gone = next((lake.root / "manifest").glob("*.json"))
    gone.unlink()
    lake.refresh()
    assert imports.lost_batches(lake) == [f"batch/{gone.stem}"]


def test_a_finding_about_a_person_opens_a_lead_and_no_alert(office):
    kinds = detect.open_findings([finding(), finding_about_a_person()], "simulated", SYSTEM)
    assert (kinds["alert"], kinds["lead"], kinds["known"]) == (1, 1, 0)
    assert (Alert.objects.count(), Lead.objects.count()) == (1, 1)


def test_the_same_finding_never_opens_twice(office):
    for _ in range(2):
        kinds = detect.open_findings([finding()], "simulated", SYSTEM)
    assert (kinds["known"], Alert.objects.count()) == (1, 1)


def test_a_finding_of_an_unknown_unit_opens_at_headquarters(office):
    detect.open_findings([finding(unit_code="KR-30")], "public", SYSTEM)
    assert Alert.objects.get().unit_code == "0000"


def test_the_trace_holds_steps_of_alerts_and_nothing_of_a_compartment(office, lake):
    detect.open_findings([finding(), finding_about_a_person()], "simulated", SYSTEM)
    advance(Alert.objects.get(), "sign", cast.actor("front"), {})
    assert trace.publish(lake) == 2
    assert trace.publish(lake) == 0
    published = rows(lake, "events")
    assert sorted(event["activity"] for event in published) == ["sign", "start"]
    assert {event["object_type"] for event in published} == {"alert"}


def test_outcomes_of_closed_alerts_reach_the_lake_once(office, lake):
    detect.open_findings([finding()], "simulated", SYSTEM)
    alert = Alert.objects.get()
    Alert.objects.filter(pk=alert.pk).update(
        state="closed", verdict=Verdict.CONFIRMED.value, closed_at=datetime(2026, 11, 1, tzinfo=UTC), amount_cny="12.50"
    )
    assert outcomes.publish(lake) == 1
    assert outcomes.publish(lake) == 0
    (row,) = rows(lake, "outcomes")
    assert (row["verdict"], str(row["amount_cny"]), row["code"]) == ("confirmed", "12.5000", "VAL-01")


def test_the_shipped_holidays_are_planted_once_and_the_units_of_headquarters_stay(db):
    for _ in range(2):
        reference.plant_headquarters()
        days = reference.plant_holidays()
    assert days == Holiday.objects.count()
    assert Unit.objects.filter(level="district", kind="customs").count() == 42
    assert Unit.objects.filter(kind="police").count() == 43


def test_a_cast_is_engaged_once(office):
    reference.plant_headquarters()
    for _ in range(2):
        players.engage_for("2201", SINCE)
    names = set(Person.objects.values_list("username", flat=True))
    assert {"demo.2201.frontline", "demo.2201.frontline.2", "demo.22P0.police", "demo.0000.aud_admin"} <= names
    assert len(names) == Appointment.objects.count()


def test_an_administrator_holds_no_other_post(office):
    password = "gate-keeping 2026"
    admin = people.admit("a1", "某管理员", "sec_admin", "0000", password)
    with pytest.raises(BadInput, match="互斥"):
        people.appoint(admin, Post.FRONTLINE, Unit.objects.get(pk="2201"))
    officer = people.admit("o1", "某关员", "frontline", "2201", password)
    with pytest.raises(BadInput, match="互斥"):
        people.appoint(officer, Post.AUD_ADMIN, Unit.objects.get(pk="0000"))
    assert Entry.objects.filter(event="person.appointed").count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [({"unit_code": "9999"}, "9999"), ({"post": "king"}, "king"), ({"password": "short"}, "密码")],
)
def test_who_cannot_be_admitted_is_told_why(office, change, said):
    given = {
        "username": "n1",
        "name_zh": "某人",
        "post": "frontline",
        "unit_code": "2201",
        "password": "gate-keeping 2026",
    }
    with pytest.raises(BadInput, match=said):
        people.admit(**{**given, **change})
    assert not Person.objects.filter(username="n1").exists()


def test_a_run_record_holds_no_floats(office):
    detect.note("run.done", "run/1", SYSTEM, {"record": detect._exact({"fdr": 0.05, "list": [1.5, {"a": None}]})})
    body = json.loads(Entry.objects.get(event="run.done").body)
    assert body["facts"]["record"] == {"fdr": "0.05", "list": ["1.5", {"a": None}]}
