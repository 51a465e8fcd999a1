"""The agenda is drawn from data and told to each as far as he may know; both sides sign; every decision is followed up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.crossing import urging
from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.models import Alert
from guanjian.loops.lead.models import Lead
from guanjian.loops.meeting.actions import call
from guanjian.loops.meeting.agenda import AGENDA, ITEMS
from guanjian.loops.meeting.flow import FLOW
from guanjian.loops.meeting.models import Meeting
from guanjian.loops.preview.models import Preview
from guanjian.loops.prompt.models import Prompt
from guanjian.loops.rectify.actions import open_problem
from guanjian.loops.register.models import Register
from guanjian.loops.rulebook.models import Rulebook
from guanjian.loops.task.models import Task
from guanjian.moving.record import Records
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests.cast import actor
from tests.days import as_of_now, day
from tests.loops.behind import rewrite
from tests.loops.moves import go, refused
from tests.loops.responsibility import DECISION, SHARED
from tests.loops.samples import given
from tests.loops.world import MODELS, record_of
from tests.signed_in import browser

PROBLEM = {
    "title": "价格",
    "problem": "未审价",
    "source": "own",
    "level": "yellow",
    "gap_code": "price_check",
    "node_code": "",
}
POLICE_TASK = {**DECISION, "what": "扩线侦查", "unit": "22P0", "post": "police"}


def called(kind="situation", unit="2200", who="function"):
    facts = {"title": "十一月例会", "kind": kind, "planned_on": day(0), "invited": ["各隶属海关"]}
    return call(actor(who), Unit.objects.get(pk=unit), facts)


def fixed(kind="situation", unit="2200", who="function"):
    return Meeting.objects.get(pk=go(called(kind, unit, who), ("fix_agenda", who)).pk)


def issued(*decisions, kind="situation"):
    meeting = fixed(kind)
    if kind == "situation":
        steps = [("hold", "function", {"decisions": list(decisions)})]
    else:
        steps = [("hold_jointly", "function", {"decisions": list(decisions)}), ("sign_police", "police_head")]
    return Meeting.objects.get(pk=go(meeting, *steps, ("sign_customs", "leader"), ("issue", "function")).pk)


def agenda(meeting, who, item):
    """What this person is told of an item, by unit and figure; None where he is told nothing of it."""
    rows = meeting.told_to(actor(who)).get("lay_agenda", {}).get(item)
    return None if rows is None else {(row["unit"], row["figure"]): row["number"] for row in rows}


def test_the_agenda_is_what_a_plain_count_of_the_territory_finds(chain):
    for unit in ("2201", "2201", "2202", "5301"):
        alert = record_of(Alert)
        there = Unit.objects.get(pk=unit)
        rewrite(alert, unit_code=unit, house_code=there.house_code, district_code=there.district_code)
    for _ in range(2):
        open_problem(actor("function"), Unit.objects.get(pk="2201"), PROBLEM)
    record_of(Register, stage="trending")
    meeting = fixed()
    assert agenda(meeting, "leader", "alerts") == {
        ("2201", "new"): "2", ("2202", "new"): "1", ("2201", "open"): "2", ("2202", "open"): "1",
    }  # fmt: skip
    assert agenda(meeting, "leader", "recurrences") == {("2201", "recurred"): "1"}
    assert agenda(meeting, "leader", "stages") == {("2200", "trending"): "1"}
    assert agenda(fixed(unit="0000", who="function_hq"), "leader_hq", "alerts")["5300", "open"] == "1"


def test_what_is_overdue_stands_on_it_by_how_it_was_urged(chain):
    record_of(Alert)
    urging.urge(timezone.now() + timedelta(days=60))
    assert agenda(fixed(), "leader", "overdue") == {("2201", "urge"): "1"}


def test_nothing_of_a_compartment_is_on_it_not_even_in_a_number(chain):
    before = fixed().told_to(actor("leader"))["lay_agenda"]
    record_of(Lead)
    rewrite(record_of(Alert), label="integrity", compartment="2200")
    assert fixed().told_to(actor("leader"))["lay_agenda"] == before
    assert fixed().told_to(actor("oversight"))["lay_agenda"] == before


def test_an_item_is_told_only_to_whom_its_loop_is_told(chain):
    record_of(Alert)
    meeting = fixed("joint")
    assert agenda(meeting, "police_head", "alerts") is None
    assert agenda(meeting, "police_head", "overdue") == {}
    record = Alert.objects.get()
    for who, seen in (("leader", True), ("police_head", False)):
        page = browser(who).get(f"/meeting/{meeting.pk}/").content.decode()
        assert ("未办结预警" in page) == seen
        assert (f"/alert/{record.pk}/" in page) == seen
        told = browser(who).get(f"/api/meetings/{meeting.pk}").json()
        assert ("alerts" in told["facts"]["lay_agenda"]) == seen
        assert f"alert/{record.pk}" not in str(told["columns"])


def test_the_readers_of_each_item_read_its_loop_and_all_of_them_see_it_alike():
    loops = {model.FLOW.name: model for model in MODELS}
    for need in AGENDA:
        loop = loops[ITEMS[need.name][0]]
        assert set(need.only) == (FLOW.posts & loop.FLOW.posts) - {Post.SYSTEM}
        assert type(loop.objects.all()) is Records


def test_the_agenda_stays_as_it_was_fixed(chain):
    record_of(Alert)
    meeting = fixed()
    record_of(Alert)
    advance(Alert.objects.first(), "sign", actor("front"), {})
    assert agenda(Meeting.objects.get(pk=meeting.pk), "leader", "alerts")["2201", "open"] == "1"
    with pytest.raises(NotAllowed):
        go(meeting, ("fix_agenda", "function"))
    again = go(meeting, ("postpone", "function", {"planned_on": day(3)}), ("fix_agenda", "function"))
    assert agenda(Meeting.objects.get(pk=again.pk), "leader", "alerts")["2201", "open"] == "2"


def test_the_period_is_in_order_and_over(office):
    refused(called(), "fix_agenda", "function", "分析期", from_day=day(-1), until_day=day(-2))
    refused(called(), "fix_agenda", "function", "分析期", from_day=day(-1), until_day=day(1))
    refused(called(), "fix_agenda", "function", "分析期", from_day=day(-400), until_day=day(0))


def test_a_joint_conference_is_signed_by_both_sides_and_neither_by_who_wrote_it(chain):
    meeting = go(fixed("joint"), ("hold_jointly", "function"), ("sign_customs", "leader"))
    refused(meeting, "issue", "function", "缉私签署纪要")
    meeting = go(meeting, ("sign_police", "police_head"))
    assert go(meeting, ("issue", "function")).state == "following"
    other = go(fixed("joint"), ("hold_jointly", "police_head"))
    refused(other, "sign_police", "police_head", "另一人")


def test_changed_minutes_are_signed_again(chain):
    meeting = go(
        fixed(), ("hold", "function"), ("sign_customs", "leader"), ("return_minutes", "leader"), ("hold", "function")
    )
    refused(meeting, "issue", "function", "海关签署纪要")


def test_each_kind_is_recorded_in_its_own_way(chain):
    refused(fixed(), "hold_jointly", "function", "联席会议")
    refused(fixed("joint"), "hold", "function", "例会")
    with pytest.raises(BadInput, match="缉私到会"):
        go(fixed("joint"), ("hold_jointly", "function", {"police_present": []}))


@pytest.mark.parametrize("missing", ["unit", "post", "by", "standard"])
def test_no_decision_without_unit_post_date_and_standard(chain, missing):
    with pytest.raises(BadInput):
        go(fixed(), ("hold", "function", {"decisions": [{**DECISION, missing: ""}]}))


def test_a_decision_lies_ahead_and_in_the_territory(chain):
    refused(fixed(), "hold", "function", "期限须在", decisions=[{**DECISION, "by": day(-1)}])
    with pytest.raises(BadInput, match="5301"):
        go(fixed(), ("hold", "function", {"decisions": [{**DECISION, "unit": "5301"}]}))


def test_every_decision_becomes_a_task_of_unit_post_and_date(chain):
    meeting = issued(DECISION, POLICE_TASK, kind="joint")
    first, second = Task.objects.filter(origin=meeting.key).order_by("pk")
    assert (first.unit_code, first.post, first.finish_by.isoformat()) == ("2201", "section_chief", day(20))
    assert (second.unit_code, second.post, second.issuer_unit_code, second.source) == (
        "22P0",
        "police",
        "2200",
        "meeting",
    )
    assert {known["task"] for known in meeting.followed.values()} == {first.key, second.key}


def test_a_decision_drafts_the_prompt_the_notice_or_the_rule_that_it_wants(chain):
    record_of(Rulebook)
    Rulebook.objects.update(state="in_force", title="查验规程", number="沪关规〔2024〕3号", district_code="2200")
    wanted = [
        {**DECISION, "into": into, "what": what}
        for into, what in (("prompt", "提示低报价格风险"), ("notice", "通报泵件低报案"), ("rule", "制定夜班派单办法"), ("rule", "修订《查验规程》"))
    ]  # fmt: skip
    meeting = issued(*wanted)
    assert set(Prompt.objects.values_list("kind", "origin")) == {("prompt", meeting.key), ("notice", meeting.key)}
    assert Rulebook.objects.get().state == "amending"
    assert Preview.objects.get(origin=meeting.key).title == "制定夜班派单办法"
    assert Task.objects.filter(origin=meeting.key).count() == 4


def test_a_meeting_does_not_close_while_a_decision_has_neither_a_done_task_nor_a_reason(chain):
    meeting = issued(DECISION, {**DECISION, "what": "补审单证"}, {**DECISION, "what": "另行研究"})
    refused(meeting, "close", "leader", "1、2、3")
    first, second, _ = Task.objects.filter(origin=meeting.key).order_by("pk")
    go(first, ("promise", "chief"), ("finish", "chief"), ("evaluate", "oversight"))
    go(second, ("withdraw", "leader", {"reason": "已由总署统一办理。"}))
    meeting = Meeting.objects.get()
    refused(meeting, "close", "leader", "第3项")
    refused(meeting, "give_reason", "function", "已落实", number="1")
    refused(meeting, "give_reason", "function", "没有第4项", number="4")
    meeting = go(meeting, ("give_reason", "function", {"number": "3", "why": "须待信息系统改造后办理。"}))
    assert go(meeting, ("close", "leader")).state == "closed"


def test_a_task_that_is_done_after_the_meeting_closed_changes_nothing(chain):
    meeting = go(issued(DECISION), ("give_reason", "function", {"number": "1"}), ("close", "leader"))
    go(Task.objects.get(), ("promise", "chief"), ("finish", "chief"), ("evaluate", "oversight"))
    assert Meeting.objects.get().version == meeting.version


def test_no_shared_risk_is_lost_from_the_list(chain):
    issued(kind="joint")
    assert Meeting.objects.get().shared_risks == as_of_now([SHARED])
    meeting = fixed("joint")
    assert meeting.shared_risks == as_of_now([SHARED])
    other = {**SHARED, "risk": "夜班单人查验"}
    refused(meeting, "hold_jointly", "function", "低报价格", shared_risks=[other])
    refused(
        meeting,
        "hold_jointly",
        "function",
        "不再列入",
        shared_risks=[SHARED],
        struck=[{"risk": "低报价格", "why": "已消除"}],
    )
    gone = {"shared_risks": [other], "struck": [{"risk": "低报价格", "why": "连续三个月未再发生"}]}
    go(
        meeting,
        ("hold_jointly", "function", gone),
        ("sign_police", "police_head"),
        ("sign_customs", "leader"),
        ("issue", "function"),
    )
    page = browser("police_head").get("/meeting/shared/").content.decode()
    assert "夜班单人查验" in page
    assert "低报价格" not in page
    assert "夜班单人查验" not in browser("stranger_function").get("/meeting/shared/").content.decode()
    assert browser("front").get("/meeting/shared/").status_code == 404


def test_nothing_is_held_without_an_agenda_and_none_is_laid_without_a_period(office):
    meeting = go(called(), ("fix_agenda", "function"))
    refused(meeting, "hold", "function", "议程尚未生成")
    rewrite(meeting, facts={})
    with pytest.raises(NotAllowed, match="分析期"):
        advance(meeting, "lay_agenda", SYSTEM, given(meeting, "lay_agenda"))


def test_a_meeting_is_called_on_its_page_for_a_day_that_is_not_over(chain):
    asked = {"title": "联席会议", "kind": "joint", "planned_on": day(2), "invited": "缉私局\n风控分局"}
    assert browser("function").post("/meeting/open/", {**asked, "planned_on": day(-1)}).status_code == 400
    assert browser("function").post("/meeting/open/", asked).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.invited, meeting.planned_on.isoformat()) == (["缉私局", "风控分局"], day(2))
    assert timezone.localdate(meeting.due_at - timedelta(seconds=1)) == meeting.planned_on
