"""Courses and who is sent to them: banks, posts that need a certificate, what starts a training."""

from datetime import date

import pytest

from guanjian.kernel.errors import BadInput
from guanjian.ledger.models import Entry
from guanjian.loops.convert.models import Convert
from guanjian.loops.course.actions import open_by_hand as open_course
from guanjian.loops.course.models import Course
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.rulebook.citing import ask_all
from guanjian.loops.training.actions import open_by_hand
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance
from guanjian.org import certificates
from guanjian.org.models import Unit
from tests.cast import actor, client
from tests.days import day, today
from tests.loops.behind import rewrite
from tests.loops.learning import *  # noqa: F403
from tests.loops.learning import CODE, assigned, course, sitting
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.staff import DRAFT, QUESTIONS
from tests.loops.world import record_of


def test_the_right_answers_leave_for_nobody_before_the_end(needed):
    paper, front = sitting(), client("front")
    pages = [front.get(f"/training/{paper.pk}/paper/"), front.get(f"/training/{paper.pk}/")]
    pages += [front.get(f"/api/trainings/{paper.pk}"), front.get(f"/api/trainings/{paper.pk}/steps")]
    for page in pages:
        assert page.status_code == 200
        assert not [word for word in ("正确选项", '"right"', "right_choice") if word in page.content.decode()]
    told = front.get(f"/api/trainings/{paper.pk}").json()
    assert set(told["columns"]["paper"][0]) == {"question", "order"}
    assert front.get(f"/course/{needed.pk}/").status_code == 404
    assert front.get(f"/api/courses/{needed.pk}").status_code == 404


def test_the_bank_is_told_to_whoever_has_it_in_hand_alone_and_to_no_ledger(needed):
    leader, writer = client("leader"), client("function")
    for told in (leader.get(f"/api/courses/{needed.pk}"), leader.get(f"/course/{needed.pk}/")):
        assert (told.status_code, QUESTIONS[0]["ask"] in told.content.decode()) == (200, False)
    assert QUESTIONS[0]["ask"] in writer.get(f"/course/{needed.pk}/").content.decode()
    assert "questions" not in writer.get(f"/api/courses/{needed.pk}").json()["columns"]
    assert not [entry for entry in Entry.objects.filter(subject=needed.key) if "人工查验由几名" in entry.body]


def test_a_bank_is_approved_by_another_hand_that_took_it_up(chain):
    facts = {"title": "查验规范", "code": CODE, "about": "查验岗位上岗培训。"}
    drafted = go(open_course(actor("function"), Unit.objects.get(pk="2200"), facts), ("draft", "function", DRAFT))
    refused(drafted, "approve", "function_two", "指定的人员本人")
    refused(go(drafted, ("take_up", "function")), "approve", "function", "另一人")
    with pytest.raises(BadInput, match="已有课程使用"):
        open_course(actor("function"), Unit.objects.get(pk="2200"), facts)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"asked": "5"}, "不少于抽题数的一倍半"),
        ({"asked": "0"}, "不少于抽题数的一倍半"),
        ({"pass_mark": "59"}, "60至100"),
        ({"valid_months": "0"}, "1至60个月"),
        ({"questions": [QUESTIONS[0]] * 6}, "题目重复"),
        ({"questions": [{**QUESTIONS[0], "choice_a": "两名以上"}, *QUESTIONS[1:]]}, "各不相同"),
    ],
)
def test_a_bank_that_cannot_be_asked_is_refused(office, changes, says):
    refused(record_of(Course, code=CODE), "draft", "function", says, **changes)


def test_a_post_needs_a_certificate_from_a_day_ahead_only(chain):
    drafted = go(record_of(Course, code=CODE), ("draft", "function", DRAFT), ("take_up", "function_two"))
    refused(drafted, "approve", "function_two", "今天之后", posts=["frontline"], needed_from=day(0))


def test_a_retired_course_is_demanded_of_nobody(needed):
    assert certificates.needed("frontline", "2200", today()) == (CODE,)
    go(needed, ("retire", "leader"))
    assert certificates.needed("frontline", "2200", today()) == ()


def test_a_repealed_rule_lists_the_courses_that_cite_it(chain):
    course()
    cited = {one.key for one in ask_all("沪关规〔2020〕1号", "查验作业规程")}
    assert "培训 EXM-01" in cited


def test_a_conversion_a_problem_and_a_breach_send_people_to_be_trained(needed):
    row = {"into": "training", "unit": "2201", "what": "查验关员补训 EXM-01", "by": day(30)}
    task = {"into": "task", "unit": "2201", "what": "整改", "by": day(30)}
    found = go(
        record_of(Convert, about_unit="2201"), ("analyse", "function"), ("decide", "function", {"demands": [row, task]})
    )
    go(found, ("approve", "leader"))
    trained = Training.objects.filter(origin=found.key).values_list("officer_id", flat=True)
    assert sorted(trained) == ["colleague", "front"]
    Training.objects.update(state="cancelled")
    problem = go(record_of(Rectify, gap_code="training"), ("plan", "chief", {"for_good": "参加《查验规范》培训。"}))
    assert Training.objects.filter(origin=problem.key).count() == 2
    Training.objects.update(state="cancelled")
    notice = record_of(Oversight)
    rewrite(notice, state="submitted")
    facts = given(notice, "uphold", demand="相关人员参加 EXM-01 培训。")
    advance(Oversight.objects.get(pk=notice.pk), "uphold", actor("oversight"), facts)
    assert Training.objects.filter(origin=notice.key).count() == 2


def test_training_is_assigned_to_people_in_post_with_a_day_ahead_once(needed):
    for changes, says in (
        ({"officers": ["nobody"]}, "没有在任岗位"),
        ({"until": day(0)}, "今天之后"),
        ({"course": "X"}, "没有使用中"),
    ):
        facts = {"title": "培训", "course": CODE, "officers": ["front"], "until": day(5), **changes}
        with pytest.raises(BadInput, match=says):
            open_by_hand(actor("function"), Unit.objects.get(pk="2200"), facts)
    assigned()
    with pytest.raises(BadInput, match="已有这门课程"):
        assigned()


def test_a_newer_demand_replaces_the_older_from_its_day(db):
    certificates.demand("A", ["frontline", "risk"], "0000", date(2020, 1, 1), "s")
    certificates.demand("B", ["frontline"], "2200", date(2021, 1, 1), "s")
    certificates.demand("A", ["risk"], "0000", date(2022, 1, 1), "s")
    asked = [
        ("frontline", date(2020, 6, 1)),
        ("frontline", date(2021, 6, 1)),
        ("frontline", date(2022, 6, 1)),
        ("risk", date(2022, 6, 1)),
    ]
    assert [certificates.needed(post, "2200", on) for post, on in asked] == [("A",), ("A", "B"), ("B",), ("A",)]
