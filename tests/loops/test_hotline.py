"""The anonymous report: no sign-in, no cookie, nothing kept of who came; the code alone opens the letters."""

import pytest
from django.test import Client

from guanjian.jobs.models import Job
from guanjian.ledger.models import Entry
from guanjian.loops.discipline import hotline, mailbox
from guanjian.loops.discipline.models import Discipline
from guanjian.loops.discipline.throttle import Throttle
from guanjian.org.models import KeyPair
from tests.cast import CAST, actor
from tests.loops.moves import go

TOLD = "十月某日夜间，二号查验场未开箱即作了查验记录，当班人员收受了报关行的好处。"
WHO = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Reporter's Browser 9"}


@pytest.fixture(autouse=True)
def _fresh():
    hotline.REPORTS.forget()
    hotline.TRIES.forget()


def reported(told=TOLD, unit="2201", **headers):
    answer = Client().post("/discipline/hotline/", {"told": told, "unit": unit}, **{**WHO, **headers})
    return answer, answer.context.get("code", "") if answer.context else ""


def box(code, **more):
    return Client().post("/discipline/mailbox/", {"code": code, **more}, **WHO)


def seen(who="oversight"):
    return Discipline.objects.visible_to(actor(who)).get()


def test_a_report_is_taken_without_signing_in_and_gives_a_code(office):
    answer, code = reported()
    assert (answer.status_code, code in answer.content.decode(), len(mailbox.plain(code))) == (200, True, 24)
    record = seen()
    assert (record.source, record.told, record.subject_unit, record.state) == ("hotline", TOLD, "2201", "reported")


@pytest.mark.parametrize("who", CAST)
def test_only_the_list_reads_it(office, who):
    reported()
    assert Discipline.objects.visible_to(actor(who)).exists() == (who in {"oversight", "oversight_two"})


def test_without_a_unit_headquarters_takes_it(office):
    reported(unit="")
    assert seen("oversight_hq").compartment == "0000"


def test_neither_the_code_nor_who_came_nor_what_was_said_is_kept(office, settings):
    _, code = reported()
    box(code, message="补充：当班人员姓王，事发在十月三日。")
    rows = [*Discipline.objects.values(), *Entry.objects.values(), *Job.objects.values()]
    kept = str(rows) + "".join(
        p.read_text(errors="ignore") for p in settings.GUANJIAN_HOME.rglob("cache/*") if p.is_file()
    )
    words = (code, mailbox.plain(code), WHO["REMOTE_ADDR"], "Reporter", "好处", "十月三日")
    assert not [word for word in words if word in kept]
    assert {entry.actor for entry in Entry.objects.filter(event__startswith="discipline")} == {"system"}


def test_no_cookie_is_set_nothing_is_cached_and_no_address_carries_the_code(office):
    answer, code = reported()
    for page in (answer, Client().get("/discipline/hotline/"), Client().get("/discipline/mailbox/"), box(code)):
        assert (page.status_code, dict(page.cookies)) == (200, {})
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert f"?code={code}" not in page.content.decode()
        assert "<script" not in page.content.decode()
        assert "style=" not in page.content.decode()
        assert "Content-Security-Policy" in page.headers
    assert Client().get("/discipline/mailbox/", {"code": code}).context.get("letters") is None


def test_office_and_reporter_write_to_each_other(office):
    _, code = reported()
    go(seen(), ("answer", "oversight", {"message": "已收到，请补充具体日期。"}))
    page = box(code)
    assert [(one["by"], one["text"]) for one in page.context["letters"]] == [
        ("reporter", TOLD),
        ("office", "已收到，请补充具体日期。"),
    ]
    page = box(code.lower().replace("-", " "), message="十月三日，二号场。")
    assert "十月三日，二号场。" in page.content.decode()
    box(code, message="另：还有十月五日。")
    record = go(seen(), ("answer", "oversight_two", {"message": "谢谢。"}))
    said = [TOLD, "已收到，请补充具体日期。", "十月三日，二号场。", "另：还有十月五日。", "谢谢。"]
    assert [one["text"] for one in record.mailbox] == said
    assert [one["text"] for one in box(code).context["letters"]] == said


def test_another_code_opens_nothing_and_says_no_more_than_that(office):
    _, code = reported()
    wrong = mailbox.new_code()
    for tried in (wrong, "", code[:-1]):
        page = box(tried)
        assert (page.status_code, TOLD in page.content.decode()) == (404, False)
    assert mailbox.taken_out(wrong, Discipline.objects.get().letters) == []


def test_nothing_is_added_to_a_closed_report(office):
    _, code = reported()
    go(seen(), ("file", "oversight"), ("propose", "oversight", {"mode": "end"}), ("approve_end", "oversight_two"))
    assert box(code, message="还有情况").status_code == 400
    assert box(code).context["closed"]


def test_a_report_that_says_nothing_comes_back(office):
    answer, code = reported(told="太短")
    assert (answer.status_code, code, Discipline.objects.count()) == (400, "", 0)
    assert "太短" in answer.content.decode()


def test_too_many_reports_from_one_address_are_refused_and_others_are_not(office):
    assert [reported()[0].status_code for _ in range(6)] == [200] * 5 + [429]
    assert reported(REMOTE_ADDR="203.0.113.78")[0].status_code == 200
    assert Discipline.objects.count() == 6


def test_codes_are_not_tried_out(office):
    hotline.TRIES.forget()
    assert [box(mailbox.new_code()).status_code for _ in range(31)] == [404] * 30 + [429]


def test_a_throttle_counts_all_together_and_forgets_after_its_window(monkeypatch):
    from guanjian.loops.discipline import throttle

    now = [0.0]
    monkeypatch.setattr(throttle, "monotonic", lambda: now[0])
    gate = Throttle(each=2, together=3)
    assert [gate.lets(who) for who in ("a", "a", "a", "b", "c")] == [True, True, False, True, False]
    now[0] = throttle.WINDOW_SECONDS
    assert gate.lets("a")


def test_where_nobody_could_read_it_no_report_is_taken(office):
    KeyPair.objects.all().delete()
    answer, code = reported()
    assert (answer.status_code >= 400, code, Discipline.objects.count()) == (True, "", 0)


def test_codes_are_long_and_read_aloud_without_mistakes():
    codes = {mailbox.new_code() for _ in range(200)}
    assert len(codes) == 200
    assert not {"I", "L", "O", "U"} & set("".join(codes))
    assert mailbox.receipt_of("o0iL-") == mailbox.receipt_of("0011")


def test_the_rest_of_the_loop_stays_behind_the_sign_in(office):
    reported()
    assert Client().get("/discipline/").status_code == 302
    assert Client().get(f"/discipline/{Discipline.objects.get().pk}/").status_code == 302
