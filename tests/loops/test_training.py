"""Learned, examined, certified, stopped: a paper from a recorded seed, answers that stay here, and no way round a failure."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.training import drawing
from guanjian.loops.training.actions import turn
from guanjian.loops.training.models import Training
from guanjian.moving.verbs import advance
from guanjian.org import certificates
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Certificate, Unit
from tests.cast import actor, client
from tests.days import date_in, today
from tests.loops.behind import rewrite
from tests.loops.findings import finding
from tests.loops.learning import *  # noqa: F403
from tests.loops.learning import CODE, answers, assigned, course, sat, sitting
from tests.loops.moves import go, refused
from tests.loops.staff import PAPER, QUESTIONS, SAMPLE
from tests.loops.world import record_of


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
    assert (passed.state, passed.mark, passed.expires_on > date_in(360)) == ("certified", 100, True)
    assert go(alert, ("sign", "front")).state == "signed"


def test_a_failed_assessment_blocks_although_an_older_certificate_is_valid(needed):
    alert = open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    certificates.keep("front", CODE, today(), date_in(300), "training/0#1")
    assert certificates.why_not_certified("front", "frontline", "2200", today()) is None
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
    told = [certificates.why_not_certified("x", post, place, date_in(n)) for post, place, n in asked]
    assert [bool(one) for one in told] == [True, False, False, False]


def test_an_expired_certificate_blocks_the_day_after_its_last(needed):
    certificates.keep("front", CODE, date_in(-30), today(), "training/0#1")
    assert certificates.why_not_certified("front", "frontline", "2200", today()) is None
    later = certificates.why_not_certified("front", "frontline", "2200", date_in(1))
    assert "已于" in later.zh


def test_the_refresher_comes_before_the_expiry_and_renews(needed):
    held = sat()
    assert turn() == 0
    rewrite(held, expires_on=date_in(30))
    assert (turn(), turn()) == (1, 0)
    refresher = Training.objects.exclude(pk=held.pk).get()
    assert (refresher.state, refresher.until, refresher.origin) == ("assigned", date_in(30), held.key)
    drawn = go(refresher, ("study", "front"), ("draw", "front"))
    advance(drawn, "submit", actor("front"), answers(drawn))
    assert Training.objects.get(pk=held.pk).state == "renewed"


def test_a_certificate_whose_days_are_over_expires(needed):
    held = sat()
    rewrite(held, expires_on=date_in(-1), refresher_due=True)
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
        Certificate.objects.create(person_id="x", course=CODE, passed=True, on=today(), until=None, source="s")


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
