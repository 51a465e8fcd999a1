"""What a duty list leads to: credit for what was found first, accountability, and who sees what of it."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guanjian.crossing import duties, urging
from guanjian.loops.alert.models import Alert
from guanjian.loops.clue.models import Clue
from guanjian.loops.duty.actions import open_list
from guanjian.loops.duty.models import Duty
from guanjian.loops.urge.models import Urge
from guanjian.moving.verbs import advance, start
from guanjian.org.models import Unit
from guanjian.pages.desk import DESKS
from tests.cast import actor
from tests.loops.behind import rewrite
from tests.loops.listing import *  # noqa: F403
from tests.loops.listing import asked, drawn, problem, stated, with_evidence
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser


def test_a_problem_found_first_by_the_unit_is_credited(running):
    own, told = problem("chief"), problem("function", node_code="weigh")
    assert own.key in {row["key"] for row in with_evidence(running).credits}
    assert told.key not in {row["key"] for row in Duty.objects.get(pk=running.pk).credits}


def test_what_somebody_outside_found_before_is_no_credit(running):
    problem("function")
    again = problem("chief")
    assert again.key not in {row["key"] for row in with_evidence(running).credits}


def test_a_clue_about_an_enterprise_that_an_alert_named_before_is_no_credit(running):
    about = {"subject_type": "enterprise", "subject_id": "E0007"}
    record_of(Alert, **about)
    house = Unit.objects.get(pk="2201")
    known, new = (
        start(Clue, actor("front"), house, title="线索", **{**about, "subject_id": one}) for one in ("E0007", "E0008")
    )
    duties.turn()
    credited = {row["key"] for row in Duty.objects.get(pk=running.pk).credits}
    assert (known.key in credited, new.key in credited) == (False, True)


def test_a_recurrence_is_pursued_unless_the_unit_found_it_itself(running):
    problem("function")
    problem("function", title="再次发现")
    duty = with_evidence(running)
    assert [(row["fault"], row["weight"]) for row in duty.faults] == [("recurrence", "grave")]
    duty = go(duty, ("state", "house_head"))
    refused(duty, "assess", "leader", "应提出问责建议", grade="poor", outcome="none")
    refused(duty, "assess", "leader", "写明尽职情形", grade="poor", outcome="exempt", diligence="无")
    refused(duty, "assess", "leader", "没有须追究的失职线索", grade="poor", outcome="commend")
    exempted = {"grade": "poor", "outcome": "exempt", "diligence": "已两次报请增加人手并留有记录。"}
    assert go(duty, ("assess", "leader", exempted)).outcome == "exempt"


def test_a_recurrence_that_the_unit_found_first_is_not_pursued(running):
    problem("chief")
    problem("chief", title="再次发现")
    duty = with_evidence(running)
    assert [(row["fault"], row["weight"]) for row in duty.faults] == [("recurrence", "own")]
    assert (
        go(duty, ("state", "house_head"), ("assess", "leader", {"grade": "poor", "outcome": "commend"})).outcome
        == "commend"
    )


def test_a_proposal_needs_a_fact(running):
    rewrite(running, items=[])
    duty = stated(Duty.objects.get(pk=running.pk))
    refused(duty, "assess", "leader", "没有失职线索", grade="good", outcome="propose")
    refused(duty, "assess", "leader", "主动发现", grade="good", outcome="commend")


def after(days):
    return timezone.now() + timedelta(days=days)


def red_three_times(alert):
    """Overdue in three states, one after the other, by the front line."""
    for step in ("sign", "verify", None):
        urging.urge(after(60))
        if step:
            alert = advance(alert, step, actor("front"), given(alert, step))


def test_three_reds_of_a_matter_are_the_leaders_and_the_supervising_departments(office):
    house = drawn()
    department = open_list(
        actor("leader_hq"), Unit.objects.get(pk="0000"), asked(unit_code="2200", post="function", holder="function")
    )
    bureau = open_list(
        actor("leader"),
        Unit.objects.get(pk="2200"),
        asked(unit_code="22P0", post="police_leader", holder="police_head"),
    )
    alert = record_of(Alert)
    red_three_times(alert)
    duties.turn()
    told = {
        one.post: {row["fault"] for row in Duty.objects.get(pk=one.pk).faults if row["key"] == alert.key}
        for one in (house, department, bureau)
    }
    assert {"overdue", "three_reds"} <= told["house_leader"]
    assert "supervision" in told["function"]
    assert told["police_leader"] == set()


def test_an_urging_that_was_withdrawn_speaks_against_nobody(running):
    alert = record_of(Alert)
    urging.urge(after(60))
    duties.turn()
    key = alert.key
    assert key in {row["key"] for row in Duty.objects.get(pk=running.pk).faults}
    urge = Urge.objects.get(origin=key)
    go(urge, ("object", "chief"), ("withdraw", "function"))
    duties.turn()
    assert key not in {row["key"] for row in Duty.objects.get(pk=running.pk).faults}


def test_a_published_proposal_is_decided_for_the_unit_and_asked_of_who_supervises(chain):
    problem("function")
    problem("function", title="再次发现")
    assessed = ("assess", "leader", {"grade": "poor", "outcome": "propose"})
    duty = go(
        stated(drawn()), assessed, ("confirm", "oversight"), ("object", "house_head"), ("uphold", "oversight_two")
    )
    duty = go(duty, ("publish", "function"))
    proposed = Urge.objects.filter(origin=duty.key, kind="accountability")
    assert sorted(proposed.values_list("unit_code", flat=True)) == ["2200", "2201"]
    urging.lift_all()
    assert set(proposed.values_list("state", flat=True)) == {"issued"}
    one = proposed.get(unit_code="2201")
    assert go(one, ("propose", "oversight"), ("decide", "leader")).state == "answered"


def test_nothing_is_pursued_where_nothing_was_proposed(chain):
    duty = go(
        stated(drawn()), ("assess", "leader", {"grade": "poor"}), ("confirm", "oversight"), ("object", "house_head")
    )
    go(duty, ("uphold", "oversight_two"), ("publish", "function"))
    assert not Urge.objects.filter(origin=duty.key).exists()


def test_the_page_says_what_is_not_evidenced(running):
    go(problem("function"), ("plan", "house_head"))
    duties.turn()
    page = browser("house_head").get(f"/duty/{running.pk}/").content.decode()
    assert "检查（业务）：应有1次，留痕1次 · 达到" in page
    assert "谈话（廉政）：应有1次，留痕0次 · 无留痕" in page
    assert "rectify/1 立项" in page
    assert DESKS["duty"].why(Duty.objects.get(pk=running.pk)).zh == "2项留痕不足"


def test_the_api_gives_the_level_above_the_counts(running):
    told = browser("leader").get(f"/api/duties/{running.pk}").json()
    assert (told["state"], told["title"]) == ("running", running.title)
    assert browser("chief").get(f"/api/duties/{running.pk}").status_code == 404


def test_the_ledger_is_read_once_for_all_lists(running, django_assert_max_num_queries):
    drawn(post="section_chief", holder="chief")
    with django_assert_max_num_queries(60):
        duties.turn()


def test_the_nightly_reading_asks_for_the_entries_of_the_leaders_and_never_walks_the_ledger(running):
    with CaptureQueriesContext(connection) as asked_of_it:
        duties.steps_of([running])
    [query] = [one["sql"] for one in asked_of_it if "ledger_entry" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "ledger_entry_actor (actor=? AND at>? AND at<?)" in plan
    assert "SCAN" not in plan
