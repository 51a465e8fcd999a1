"""Learned, examined, certified, stopped: a paper from a recorded seed, answers that stay here, and no way round a failure."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.convert.models import Convert
from guanjian.loops.course.actions import open_by_hand as open_course
from guanjian.loops.course.models import Course
from guanjian.loops.oversight.models import Oversight
from guanjian.loops.rectify.models import Rectify
from guanjian.loops.rulebook.citing import ask_all
from guanjian.loops.training import drawing
from guanjian.loops.training.actions import open_by_hand, turn
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance
from guanjian.org import calendar, certificates
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Certificate, Parameter, Unit
from tests.cast import actor, client, person
from tests.loops.behind import rewrite
from tests.loops.findings import finding
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.staff import DRAFT, PAPER, QUESTIONS, SAMPLE
from tests.loops.world import record_of

TODAY = timezone.localdate()
CODE = "EXM-01"


@pytest.fixture(autouse=True)
def _fresh_tables():
    calendar.changed()
    yield
    calendar.changed()


def day(offset: int) -> str:
    return (TODAY + timedelta(days=offset)).isoformat()


def course(posts=("frontline",), since=1) -> Course:
    facts = {"title": "查验规范", "code": CODE, "about": "查验岗位上岗培训。"}
    drafted = go(open_course(actor("function"), Unit.objects.get(pk="2200"), facts), ("draft", "function", DRAFT))
    approval = {"posts": list(posts), "needed_from": day(since)}
    return go(drafted, ("take_up", "function_two"), ("approve", "function_two", approval))


@pytest.fixture
def needed(chain):
    """The certificate is needed for the front line since today."""
    for name in ("front", "colleague", "chief"):
        person(name)
    made = course()
    Parameter.objects.update(since=TODAY)
    calendar.changed()
    return made


def assigned(who="front") -> Training:
    facts = {"title": "上岗培训", "course": CODE, "officers": [who], "until": day(10)}
    return open_by_hand(actor("function"), Unit.objects.get(pk="2200"), facts)


def sitting(who="front") -> Training:
    return go(assigned(who), ("study", who), ("draw", who))


def answers(training: Training, wrong: int = 0) -> dict:
    """What the person would write who knows it all, but for so many questions."""
    told = [
        {"number": str(n), "answer": drawing.right(drawn, training.version_asked)}
        for n, drawn in enumerate(training.paper, 1)
    ]
    for row in told[:wrong]:
        row["answer"] = "A" if row["answer"] != "A" else "B"
    return {"answers": told}


def sat(who="front", wrong=0) -> Training:
    paper = sitting(who)
    advance(paper, "submit", actor(who), answers(paper, wrong))
    return Training.objects.get(pk=paper.pk)


def test_the_same_seed_draws_the_same_paper_and_other_seeds_draw_every_question_alike():
    assert drawing.draw("seed", 30, 10) == drawing.draw("seed", 30, 10)
    often = Counter(drawn["question"] for n in range(3000) for drawn in drawing.draw(f"seed {n}", 30, 10))
    assert all(abs(often[place] - 1000) < 5 * (1000 * 2 / 3) ** 0.5 for place in range(30))  # five standard deviations
    first = Counter(drawing.draw(f"seed {n}", 30, 1)[0]["order"][0] for n in range(3000))
    assert all(abs(first[letter] - 750) < 5 * (750 * 3 / 4) ** 0.5 for letter in "ABCD")


def test_a_paper_is_marked_as_a_plain_reading_marks_it():
    shown = drawing.asked(PAPER, SAMPLE)
    truth = {QUESTIONS[0][f"choice_{QUESTIONS[0]['right'].lower()}"]}
    plain = {one["number"]: letter for one in shown for letter, text in one["choices"] if text in truth}
    assert drawing.score(PAPER, plain, SAMPLE) == 100
    assert drawing.score(PAPER, {1: plain[1]}, SAMPLE) == 25
    assert drawing.score(PAPER, {}, SAMPLE) == 0


def test_a_drawn_paper_is_drawn_again_from_the_ledger(needed):
    paper = sitting()
    body = Entry.objects.get(event="training.drawn", subject=paper.key).body
    assert paper.seed in body
    assert drawing.draw(paper.seed, len(QUESTIONS), 4) == paper.paper


def test_who_knows_it_is_certified_until_a_day_and_may_act(needed):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    refused(alert, "sign", "front", "须持有“EXM-01”合格证书.*尚未取得.*教育培训")
    passed = sat()
    assert (passed.state, passed.mark, passed.expires_on > TODAY + timedelta(days=360)) == ("certified", 100, True)
    assert go(alert, ("sign", "front")).state == "signed"


def test_a_failed_assessment_blocks_although_an_older_certificate_is_valid(needed):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    certificates.keep("front", CODE, TODAY, TODAY + timedelta(days=300), "training/0#1")
    assert certificates.why_not_certified("front", "frontline", "2200", TODAY) is None
    failed = sat(wrong=2)
    assert (failed.state, failed.mark) == ("failed", 50)
    refused(alert, "sign", "front", "考核不合格")
    again = go(failed, ("resit", "function"), ("draw", "front"))
    advance(again, "submit", actor("front"), answers(again))
    assert go(alert, ("sign", "front")).state == "signed"


def test_the_page_says_what_is_missing_and_the_api_cannot_get_round_it(needed):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    front = client("front")
    page = front.get(f"/alert/{alert.pk}/").content.decode()
    assert "须持有“EXM-01”合格证书" in page
    assert "/sign/" not in page
    assert front.get(f"/api/alerts/{alert.pk}/steps").json() == []
    body = {"version": alert.version, "facts": {}}
    told = front.post(f"/api/alerts/{alert.pk}/steps/sign", body, content_type="application/json")
    assert (told.status_code, "海关法第七十三条" in told.json()["error"]) == (403, True)
    assert front.post(f"/alert/{alert.pk}/sign/", {"version": alert.version}).status_code == 403


def test_another_post_another_district_and_the_day_before_need_nothing(chain):
    course(since=1)
    asked = [("frontline", "2200", 1), ("frontline", "2200", 0), ("frontline", "5300", 1), ("risk", "2200", 1)]
    told = [certificates.why_not_certified("x", post, place, TODAY + timedelta(days=n)) for post, place, n in asked]
    assert [bool(one) for one in told] == [True, False, False, False]


def test_an_expired_certificate_blocks_the_day_after_its_last(needed):
    certificates.keep("front", CODE, TODAY - timedelta(days=30), TODAY, "training/0#1")
    assert certificates.why_not_certified("front", "frontline", "2200", TODAY) is None
    later = certificates.why_not_certified("front", "frontline", "2200", TODAY + timedelta(days=1))
    assert "已于" in later.zh


def test_the_refresher_comes_before_the_expiry_and_renews(needed):
    held = sat()
    assert turn() == 0
    rewrite(held, expires_on=TODAY + timedelta(days=30))
    assert (turn(), turn()) == (1, 0)
    refresher = Training.objects.exclude(pk=held.pk).get()
    assert (refresher.state, refresher.until, refresher.origin) == ("assigned", TODAY + timedelta(days=30), held.key)
    drawn = go(refresher, ("study", "front"), ("draw", "front"))
    advance(drawn, "submit", actor("front"), answers(drawn))
    assert Training.objects.get(pk=held.pk).state == "renewed"


def test_a_certificate_whose_days_are_over_expires(needed):
    held = sat()
    rewrite(held, expires_on=TODAY - timedelta(days=1), refresher_due=True)
    assert (turn(), Training.objects.get(pk=held.pk).state) == (1, "expired")


def test_a_paper_that_is_not_handed_in_in_time_has_failed(needed):
    paper = sitting()
    with pytest.raises(NotAllowed, match="考试时间未到"):
        advance(paper, "time_out", SYSTEM, {})
    rewrite(paper, due_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(NotAllowed, match="时间已到"):
        advance(Training.objects.get(pk=paper.pk), "submit", actor("front"), answers(paper))
    assert turn() == 1
    assert certificates.newest("front", CODE).passed is False


def test_the_mark_is_nobodys_to_type(office):
    paper = record_of(Training, paper=PAPER, bank_version=1, pass_mark=75)
    rewrite(paper, state="handed_in")
    with pytest.raises(NotAllowed, match="得分与答卷不符"):
        advance(Training.objects.get(pk=paper.pk), "pass_it", SYSTEM, {"mark": "90"})


def test_the_database_certifies_nobody_below_the_pass_mark(needed):
    held = sat()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE training_training SET mark = 74 WHERE id = %s", [held.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(person_id="x", course=CODE, passed=True, on=TODAY, until=None, source="s")


def test_two_attempts_and_then_the_person_is_moved(needed):
    failed = sat(wrong=4)
    again = go(failed, ("resit", "function"), ("draw", "front"))
    advance(again, "submit", actor("front"), answers(again, 4))
    refused(Training.objects.get(pk=failed.pk), "resit", "function", "不能再补考")
    assert go(Training.objects.get(pk=failed.pk), ("refer", "function")).state == "unfit"


@pytest.mark.parametrize("bad", [[("1", "A"), ("1", "B")], [("9", "A")], [("0", "A")]])
def test_answers_that_do_not_fit_the_paper_are_refused(needed, bad):
    told = {"answers": [{"number": number, "answer": letter} for number, letter in bad]}
    with pytest.raises(NotAllowed, match="题号不符"):
        advance(sitting(), "submit", actor("front"), told)


def test_nobody_sits_for_another_nor_for_a_bank_that_he_wrote(needed):
    refused(assigned(), "study", "colleague", "指定的人员本人")
    own = go(assigned("colleague"), ("study", "colleague"))
    rewrite(own, officer_id="function_two")
    refused(Training.objects.get(pk=own.pk), "draw", "function_two", "命题、审题人员")


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
    assert certificates.needed("frontline", "2200", TODAY) == (CODE,)
    go(needed, ("retire", "leader"))
    assert certificates.needed("frontline", "2200", TODAY) == ()


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
