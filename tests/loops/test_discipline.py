"""Discipline: filed, proposed and approved by two, the law's periods, and what goes back to the inquiry; seen by its list only."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.kernel.workdays import add_months
from guanjian.ledger.models import Entry
from guanjian.loops.discipline.actions import open_by_report, open_matter
from guanjian.loops.discipline.flow import EXPIRES, FLOW
from guanjian.loops.discipline.models import Discipline
from guanjian.loops.discipline.needs import PERIOD_MONTHS, Sanction, Source
from guanjian.loops.discipline.views import DESK
from guanjian.loops.inquiry.models import Inquiry
from guanjian.loops.oversight.models import Oversight
from guanjian.moving.verbs import advance
from guanjian.org.models import Unit
from tests.cast import CAST, actor
from tests.days import date_in
from tests.loops.behind import rewrite, whole
from tests.loops.moves import go, refused
from tests.loops.samples import given
from tests.loops.world import record_of
from tests.signed_in import browser

LIST = {"oversight", "oversight_two"}


def seen(who="oversight"):
    return Discipline.objects.visible_to(actor(who)).get()


def filed(**fields):
    return go(record_of(Discipline, **fields), ("file", "oversight"))


def proposed(mode, **fields):
    return go(filed(**fields), ("propose", "oversight", {"mode": mode}))


def tried(**fields):
    return go(proposed("review", **fields), ("approve_review", "oversight_two"), ("send_to_trial", "oversight"))


def sanctioned(sanction, **more):
    return go(tried(), ("sanction", "oversight_two", {"sanction": sanction, **more}))


@pytest.mark.parametrize("who", CAST)
def test_only_the_list_sees_a_matter(office, who):
    record = record_of(Discipline)
    assert Discipline.objects.visible_to(actor(who)).exists() == (who in LIST)
    assert bool(record.flow.next_steps(actor(who), record)) == (who in LIST)


@pytest.mark.parametrize("who", ["front", "leader", "admin", "police", "oversight_hq", "stranger_oversight"])
def test_no_page_of_the_console_tells_of_a_matter(office, who):
    record = open_matter(
        Source.REPORT, Unit.objects.get(pk="2201"), {"title": "查验环节受贿", "told": "查验环节收受好处费"}
    )
    client = browser(who)
    for where in ("/", "/discipline/", f"/discipline/{record.pk}/", "/search/?q=受贿"):
        page = client.get(where).content.decode()
        assert not [word for word in ("查验环节受贿", "好处费", f'href="/discipline/{record.pk}/') if word in page], (
            where
        )


def test_neither_the_row_nor_the_ledger_tells_what_it_is_about(office):
    told = {"title": "查验环节受贿", "told": "查验环节收受好处费", "officer_id": "front"}
    open_matter(Source.REPORT, Unit.objects.get(pk="2201"), told)
    kept = str(Discipline.objects.values().get()) + " ".join(entry.body for entry in Entry.objects.all())
    assert not [word for word in ("受贿", "好处费", "front", "report'") if word in kept]


def test_the_person_is_not_on_the_list_of_his_own_matter(office):
    open_matter(
        Source.REPORT, Unit.objects.get(pk="2201"), {"title": "问题", "told": "反映", "officer_id": "oversight_two"}
    )
    assert not Discipline.objects.visible_to(actor("oversight_two")).exists()
    assert seen().state == "reported"


@pytest.mark.parametrize("mode", ["talk", "verify", "hold", "review", "end"])
def test_who_proposes_does_not_approve_and_only_what_was_proposed_is_approved(office, mode):
    record = proposed(mode)
    refused(record, f"approve_{mode}", "oversight", "另一人")
    for other in {"talk", "verify", "hold", "review", "end"} - {mode}:
        refused(record, f"approve_{other}", "oversight_two", "建议的处置方式")
    assert go(record, (f"approve_{mode}", "oversight_two")).state not in ("proposed", "filed")


@pytest.mark.parametrize(("mode", "months"), [("talk", 1), ("verify", 3), ("hold", 12), ("review", 6)])
def test_each_mode_expires_on_its_own_day_and_not_later_than_it_may(office, mode, months):
    record, today = proposed(mode), timezone.localdate()
    late = add_months(today, months) + timedelta(days=1)
    refused(record, f"approve_{mode}", "oversight_two", f"{months}个月", by_date=late.isoformat())
    day = today + timedelta(days=15)
    record = go(record, (f"approve_{mode}", "oversight_two", {"by_date": day.isoformat()}))
    assert timezone.localdate(record.due_at - timedelta(seconds=1)) == day
    assert str(day) in DESK.why(record).zh


def test_every_wait_but_the_approval_is_on_the_list_of_expiries(office):
    waiting = {wait.state for wait in FLOW.waits}
    assert waiting - set(EXPIRES) == {"proposed"}


@pytest.mark.parametrize(("sanction", "months"), [*PERIOD_MONTHS.items()])
def test_a_sanction_runs_for_the_period_that_the_law_fixes(office, sanction, months):
    assert months == {"warning": 6, "demerit": 12, "major_demerit": 18, "demotion": 24, "removal": 24}[sanction]
    record = go(sanctioned(sanction), ("execute", "oversight"))
    end = add_months(timezone.localdate(), months)
    assert (record.period_end, timezone.localdate(record.due_at - timedelta(seconds=1))) == (end, end)
    refused(record, "lift", "oversight", "未满")
    started = add_months(timezone.localdate(), -months)
    rewrite(record, effective_on=started)
    assert go(whole(Discipline, record.pk), ("lift", "oversight")).state == "closed"


def test_a_party_probation_that_is_longer_counts(office):
    record = go(sanctioned("warning", party_sanction="probation_2"), ("execute", "oversight"))
    assert record.period_end == add_months(timezone.localdate(), 24)


def test_dismissal_has_no_period(office):
    record = sanctioned("dismissal")
    refused(record, "execute", "oversight", "没有处分期")
    assert go(record, ("execute_dismissal", "oversight")).state == "closed"
    refused(sanctioned("warning"), "execute_dismissal", "oversight", "不是开除")


def test_a_sanction_is_not_dated_back_nor_ahead(office):
    record = sanctioned("warning")
    for days in (-1, 1):
        day = date_in(days).isoformat()
        refused(record, "execute", "oversight", "生效日期", effective_on=day)


def test_who_reviews_does_not_try_and_nobody_is_tried_unheard(office):
    record = tried()
    for name in ("sanction", "exempt", "return_case"):
        refused(record, name, "oversight", "另一人")
    unheard = go(proposed("review"), ("approve_review", "oversight_two"))
    with pytest.raises(BadInput, match="陈述申辩"):
        advance(unheard, "send_to_trial", actor("oversight"), given(unheard, "send_to_trial", heard=False))


def test_who_sanctioned_does_not_lift(office):
    record = go(sanctioned("warning"), ("execute", "oversight"))
    rewrite(record, effective_on=date(2020, 1, 1))
    refused(whole(Discipline, record.pk), "lift", "oversight_two", "另一人")


def test_a_unit_reports_and_does_not_see_what_becomes_of_it(office):
    facts = {"title": "查验走过场", "unit": "", "officer_id": "front", "told": "多次未开箱即作查验记录"}
    client = browser("chief")
    assert client.post("/discipline/open/", facts, follow=True).status_code == 200
    record = seen()
    assert (record.source, record.subject_unit, record.compartment) == ("report", "2201", "2200")
    assert client.get(f"/discipline/{record.pk}/").status_code == 404
    with pytest.raises(BadInput, match="没有单位"):
        open_by_report(actor("chief"), Unit.objects.get(pk="2201"), {**facts, "unit": "9999"})


def test_each_officer_handed_over_is_a_matter_and_the_inquiry_waits_for_all_of_them(chain):
    inquiry = record_of(Inquiry)
    rewrite(inquiry, state="running")
    go(whole(Inquiry, inquiry.pk), ("hand_over", "oversight", {"officers": ["g1", "g2", "g1"]}))
    inquiry = whole(Inquiry, inquiry.pk)
    matters = list(Discipline.objects.filter(origin=inquiry.key).order_by("pk"))
    assert sorted(whole(Discipline, one.pk).subject_id for one in matters) == ["g1", "g2"]
    refused(inquiry, "feed_back", "oversight_two", "尚有未处置")
    settle = ("file", "oversight"), ("propose", "oversight", {"mode": "end"}), ("approve_end", "oversight_two")
    go(whole(Discipline, matters[0].pk), *settle)
    refused(whole(Inquiry, inquiry.pk), "feed_back", "oversight_two", "尚有未处置")
    go(whole(Discipline, matters[1].pk), *settle)
    inquiry = whole(Inquiry, inquiry.pk)
    assert [one["key"] for one in inquiry.handled] == [one.key for one in matters]
    assert go(inquiry, ("feed_back", "oversight_two")).state == "fed_back"


def test_an_executed_sanction_is_told_to_the_inquiry(chain):
    inquiry = record_of(Inquiry)
    rewrite(inquiry, state="handling", officers=["g1"])
    go(sanctioned_from(inquiry), ("execute", "oversight"))
    assert whole(Inquiry, inquiry.pk).handled[0]["result"] == "政务处分：记过"


def sanctioned_from(inquiry):
    record = record_of(Discipline, origin=inquiry.key)
    rewrite(record, state="decided", sanction=Sanction.DEMERIT.value)
    return whole(Discipline, record.pk)


def test_a_notice_that_is_upheld_so_goes_to_discipline_without_naming_anybody(chain):
    notice = record_of(Oversight)
    rewrite(notice, state="submitted")
    go(Oversight.objects.get(), ("uphold", "oversight", {"measures": ["accountability", "integrity"]}))
    record = seen()
    assert (record.source, record.subject_id, record.origin) == ("oversight", "", notice.key)


def test_a_report_about_a_case_sets_off_the_first_trigger(chain):
    record = record_of(Discipline, told="群众反映某案查验人员放水")
    go(record, ("refer", "oversight", {"case_key": "case/5"}))
    inquiry = Inquiry.objects.visible_to(actor("oversight")).get()
    assert (inquiry.triggers, inquiry.case_key, inquiry.subject_unit) == (["staff_named"], "case/5", "2201")
    assert "放水" in inquiry.evidence[0]


def test_only_who_is_on_the_list_answers_a_reporter_and_only_where_there_is_one(office):
    refused(record_of(Discipline), "answer", "oversight", "没有匿名举报人")
    with pytest.raises(NotAllowed):
        advance(record_of(Discipline), "answer", actor("leader"), {"message": "收到"})
