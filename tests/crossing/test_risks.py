"""What follows the judgement of a week: risks opened with their owners, followed, known again when they come back."""

from datetime import date

import pytest
from django.utils import timezone

from guanjian.crossing import risks, tasks
from guanjian.crossing.risks import follow, last_whole_week
from guanjian.ingest.lake import Lake
from guanjian.kernel.risks import Judgement
from guanjian.ledger.models import Entry
from guanjian.loops.register.models import Register
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from tests.cast import holding, settle
from tests.crossing.papers import owner, paper, returned, risk
from tests.loops.samples import given

A, B = "R-2026-W10-01", "R-2026-W10-02"


@pytest.fixture
def office(db):
    settle()


def by(name: str, post: Post) -> Actor:
    return Actor(name, name, (holding(post, "0000"),))


def go(record: Register, *moves: tuple) -> Register:
    for step, post, *changes in moves:
        facts = given(record, step, **(changes[0] if changes else {}))
        record = advance(record, step, by(f"{post}", post), facts)
    return record


TREATED = (("take_on", Post.FUNCTION), ("plan", Post.FUNCTION), ("review", Post.LEADER))


def test_a_risk_is_opened_where_its_owner_serves_and_a_latent_one_is_not(office):
    found = (
        risk(A, "emerging", "2026-W20"),
        risk(B, "trending", "2026-W20", owner("leadership", "2200")),
        risk("R-3", "general", "2026-W20", owner("unit", "2201")),
        risk("R-4", "latent", "2026-W20"),
    )
    told = follow(paper("2026-W20", *found))
    opened = Register.objects.order_by("pk").values_list("lineage", "unit_code", "level", "stage", "state")
    assert list(opened) == [
        (A, "0000", "yellow", "emerging", "opened"),
        (B, "2200", "orange", "trending", "opened"),
        ("R-3", "2201", "red", "general", "opened"),
    ]
    assert (told.opened, told.judged, told.quiet) == (3, 0, 0)


def test_the_same_week_or_an_older_one_changes_nothing(office):
    this, before = paper("2026-W20", risk(A, "emerging", "2026-W20")), paper("2026-W19")
    follow(this)
    left, entries = Register.objects.get().as_left(), Entry.objects.count()
    assert not follow(this).any
    assert not follow(before).any
    assert (Register.objects.get().as_left(), Entry.objects.count()) == (left, entries)


def test_a_later_week_adds_to_the_course_and_sets_stage_and_level(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    assert follow(paper("2026-W21", risk(A, "general", "2026-W21"))).judged == 1
    one = Register.objects.get()
    assert (one.week, one.stage, one.level, one.rank) == ("2026-W21", "general", "red", 0)
    assert [row["week"] for row in one.course] == ["2026-W20", "2026-W21"]
    assert one.course[0]["units"] == "2201 5301"


def test_what_is_gone_from_the_paper_fell_quiet_once_and_may_then_be_closed(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    assert [follow(paper(week)).quiet for week in ("2026-W21", "2026-W22")] == [1, 0]
    one = Register.objects.get()
    assert (one.quiet_since, one.stage) == ("2026-W21", "emerging")
    assert go(one, *TREATED, ("close", Post.RISK)).state == "closed"


def test_a_quiet_risk_that_is_seen_again_is_no_longer_quiet(office):
    for week, *found in (("2026-W20", risk(A, "emerging", "2026-W20")), ("2026-W21",)):
        follow(paper(week, *found))
    follow(paper("2026-W22", risk(A, "emerging", "2026-W22")))
    assert Register.objects.get().quiet_since == ""


def test_a_closed_risk_that_returns_is_the_same_lineage_and_one_level_higher(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    follow(paper("2026-W21"))
    closed = go(Register.objects.get(), *TREATED, ("close", Post.RISK))
    told = follow(paper("2026-W30", risk(A, "emerging", "2026-W30")))
    again = Register.objects.get(closed_at=None)
    assert (told.opened, told.returned) == (1, 1)
    assert (again.origin, again.lineage, again.level, again.returned) == (closed.key, A, "orange", True)
    assert closed.key in again.sentence
    follow(paper("2026-W31", risk(A, "emerging", "2026-W31")))
    assert Register.objects.get(closed_at=None).level == "orange"


def test_a_false_alarm_is_not_opened_again_until_it_ripens_or_returns(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    go(Register.objects.get(), ("dispute", Post.FUNCTION), ("refute", Post.RISK))
    assert follow(paper("2026-W21", risk(A, "emerging", "2026-W21"))).opened == 0
    assert follow(paper("2026-W22", returned(risk(A, "emerging", "2026-W22"), "2026-W22"))).opened == 1


def test_a_false_alarm_that_ripens_is_opened_again(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    go(Register.objects.get(), ("dispute", Post.FUNCTION), ("refute", Post.RISK))
    assert follow(paper("2026-W21", risk(A, "trending", "2026-W21"))).opened == 1


DISTRICT, HEADQUARTERS = owner("leadership", "2200"), owner("department", "0000")


def test_a_risk_moves_when_the_rule_names_another_owner_twice_running(office):
    weeks = ("2026-W20", "2026-W21", "2026-W22", "2026-W23")
    moves = []
    for week, whose in zip(weeks, (DISTRICT, HEADQUARTERS, DISTRICT, HEADQUARTERS), strict=True):
        moves.append(follow(paper(week, risk(A, "emerging", week, whose))).moved)
    assert moves == [0, 0, 0, 0]
    told = follow(paper("2026-W24", risk(A, "emerging", "2026-W24", HEADQUARTERS)))
    here = Register.objects.get(closed_at=None)
    before = Register.objects.exclude(closed_at=None).get()
    assert (told.moved, before.unit_code, before.state) == (1, "2200", "passed_on")
    assert (here.unit_code, here.owner_kind, here.origin, here.week) == ("0000", "department", before.key, "2026-W24")
    assert "2026-W24" in before.facts["reassign"]["reason"]
    entry = Entry.objects.filter(event="register.reassign").get()
    assert entry.actor == "system"
    assert follow(paper("2026-W25", risk(A, "emerging", "2026-W25", HEADQUARTERS))).moved == 0


def test_what_people_ruled_stays_whatever_the_rule_says(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20", DISTRICT)))
    in_district = Actor("d", "d", (holding(Post.FUNCTION, "2200"),))
    record = Register.objects.get()
    record = advance(record, "dispute", in_district, given(record, "dispute"))
    go(record, ("keep_owner", Post.RISK))
    for week in ("2026-W21", "2026-W22", "2026-W23"):
        assert follow(paper(week, risk(A, "emerging", week, HEADQUARTERS))).moved == 0
    record = Register.objects.get()
    assert (record.unit_code, record.owner_said) == ("2200", "department 0000")


def test_an_accepted_risk_that_ripens_is_treated_again(office):
    follow(paper("2026-W20", risk(A, "emerging", "2026-W20")))
    accepted = (("take_on", Post.FUNCTION), ("plan", Post.FUNCTION), ("review", Post.FUNCTION), ("accept", Post.LEADER))
    assert go(Register.objects.get(), *accepted).state == "accepted"
    follow(paper("2026-W21", risk(A, "emerging", "2026-W21")))
    assert Register.objects.get().state == "accepted"
    assert follow(paper("2026-W22", risk(A, "trending", "2026-W22"))).resumed == 1
    assert Register.objects.get().state == "taken"


def test_a_paper_that_was_written_and_read_says_the_same(office):
    this = paper("2026-W20", risk(A, "emerging", "2026-W20"))
    follow(Judgement.from_dict(this.as_dict()))
    assert {"name": "belief", "value": "0.1, 0.9"} in Register.objects.get().figures


@pytest.mark.parametrize(
    ("today", "week"),
    [(date(2026, 11, 22), "2026-W46"), (date(2026, 11, 23), "2026-W47"), (date(2027, 1, 4), "2026-W53")],
)
def test_only_a_week_that_is_over_is_judged(today, week):
    assert last_whole_week(today) == week


def test_the_job_reads_the_paper_of_the_week_and_follows_it(office, monkeypatch, tmp_path, settings):
    settings.GUANJIAN_LAKE = tmp_path / "lake"
    assert tasks.judge_risks.func() == {}
    Lake.open(settings.GUANJIAN_LAKE, create=True)
    assert tasks.judge_risks.func() == {}
    week, folder = last_whole_week(timezone.localdate()), risks.papers_of(settings.GUANJIAN_LAKE)
    folder.mkdir()
    (folder / f"{week}.json").write_text(written(paper(week, risk(A, "emerging", week))))
    (folder / f"{week}.run.json").write_text("{}")
    assert (tasks.judge_risks.func()["opened"], tasks.judge_risks.func()["opened"]) == (1, 0)


def written(this: Judgement) -> str:
    import json

    return json.dumps(this.as_dict())
