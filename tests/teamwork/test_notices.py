"""Who is told of what, how he chose it, and that nothing is told of a record that he may not, or no longer, see."""

import pytest
from django.core import mail as post

from guanjian.jobs.models import Job
from guanjian.loops.alert.models import Alert
from guanjian.moving.verbs import advance
from guanjian.org.models import Appointment, Person
from guanjian.teamwork import mail
from guanjian.teamwork.comments import comment
from guanjian.teamwork.models import How, Notice, Told
from guanjian.teamwork.notices import choose, chosen, messages, tell, unread
from tests.cast import actor, person
from tests.days import date_in
from tests.loops.samples import given
from tests.loops.world import MODELS, record_of
from tests.signed_in import browser
from tests.teamwork.test_comments import Counting

TITLE = "样例"


@pytest.fixture
def mentioned(alert):
    """The chief is asked to look at an alert."""
    person("chief")
    comment(alert, actor("front"), "@chief 请看")
    return alert


@pytest.fixture
def posted(settings):
    """A mail server is named."""
    settings.GUANJIAN_MAIL = "smtp://post.example"


def dismissed(name):
    """This person holds no post any longer."""
    Appointment.objects.filter(person__username=name).update(until=date_in(-1))


def test_a_mention_is_counted_on_every_page_listed_and_read_by_following_it(mentioned):
    chief = browser("chief")
    assert chief.get("/").context["shell"].unread == "1"
    page = chief.get("/messages/")
    assert TITLE in page.content.decode()
    row = Notice.objects.get()
    assert chief.get(f"/messages/{row.pk}/").url == f"/alert/{mentioned.pk}/"
    assert chief.get("/").context["shell"].unread == ""
    assert TITLE in chief.get("/messages/").content.decode()


def test_who_no_longer_sees_the_record_is_told_and_counted_nothing(mentioned):
    chief = browser("chief")
    dismissed("chief")
    Appointment.objects.create(
        person=Person.objects.get(username="chief"), post="section_chief", unit_id="5301", since="2026-01-01"
    )
    page = chief.get("/messages/")
    assert TITLE not in page.content.decode()
    assert "alert/" not in page.content.decode().split("<main")[1]
    assert page.context["shell"].unread == ""
    assert chief.get(f"/messages/{Notice.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "front", "admin"])
def test_a_message_of_another_is_not_found(mentioned, who):
    assert browser(who).get(f"/messages/{Notice.objects.get().pk}/").status_code == 404


def test_an_earlier_hand_is_told_that_his_matter_moves_on_and_the_mover_is_not(alert):
    for name in ("front", "colleague"):
        person(name)
    moved = advance(alert, "sign", actor("front"), given(alert, "sign"))
    advance(moved, "verify", actor("colleague"), given(moved, "verify"))
    assert [(row.person_id, row.kind, row.author_id) for row in Notice.objects.all()] == [
        ("front", "moved", "colleague")
    ]


def test_a_step_on_a_lead_tells_nobody(lead):
    moved = advance(lead, "sign", actor("oversight"), given(lead, "sign"))
    advance(moved, "verify", actor("oversight_two"), given(moved, "verify"))
    assert not Notice.objects.exists()


def test_a_comment_on_a_lead_tells_its_list_without_its_title_in_any_row(lead):
    comment(lead, actor("oversight"), "@oversight_two 请看")
    assert [row.person_id for row in Notice.objects.all()] == ["oversight_two"]
    assert lead.title not in str(list(Notice.objects.values()))
    assert [one.record.pk for one in messages(actor("oversight_two"))] == [lead.pk]


def test_what_somebody_does_not_want_is_not_told(alert):
    person("chief")
    choose("chief", {**chosen("chief"), Told.MENTION: How.NOT})
    comment(alert, actor("front"), "@chief 请看")
    assert not Notice.objects.exists()
    tell({"chief"}, alert, Told.ASSIGNED, actor("front"))
    assert [row.kind for row in Notice.objects.all()] == ["assigned"]


def by_mail(name="chief"):
    """This person wants mentions by mail."""
    person(name)
    Person.objects.filter(username=name).update(email=f"{name}@example.cn")
    choose(name, {**chosen(name), Told.MENTION: How.MAIL})


def test_a_mail_is_a_job_row_and_says_the_number_alone(alert, posted):
    by_mail()
    comment(alert, actor("front"), "@chief 请核对合同")
    job = Job.objects.get()
    assert (job.task, post.outbox) == ("guanjian.teamwork.mail.send", [])
    assert mail.send.call(*job.args)
    sent = post.outbox[0]
    assert (sent.to, alert.key in sent.body) == (["chief@example.cn"], True)
    assert not [word for word in (TITLE, "请核对合同", "某front") if word in sent.body + sent.subject]
    assert not mail.send.call(*job.args)
    assert len(post.outbox) == 1


def test_a_mail_waits_for_no_right_that_has_ended(alert, posted):
    by_mail()
    comment(alert, actor("front"), "@chief 请看")
    dismissed("chief")
    assert not mail.send.call(*Job.objects.get().args)
    assert post.outbox == []


def test_a_sealed_record_and_an_office_without_a_mail_server_send_none(lead, alert, posted, settings):
    by_mail("oversight_two")
    comment(lead, actor("oversight"), "@oversight_two 请看")
    assert not Job.objects.exists()
    settings.GUANJIAN_MAIL = ""
    by_mail()
    comment(alert, actor("front"), "@chief 请看")
    assert not Job.objects.exists()
    assert Notice.objects.count() == 2


def test_the_ways_are_chosen_on_a_page_and_a_wrong_one_is_refused(office, posted):
    chief = browser("chief")
    every = {str(kind): "here" for kind in Told}
    assert chief.post("/messages/ways/", {**every, "moved": "not", "address": ""}).status_code == 302
    assert chosen("chief")[Told.MOVED] == How.NOT
    refused = chief.post("/messages/ways/", {**every, "mention": "mail", "address": "no address"})
    assert (refused.status_code, "有效的邮箱地址" in refused.content.decode()) == (400, True)
    assert chief.post("/messages/ways/", {**every, "mention": "pigeon"}).status_code == 400
    assert chief.post("/messages/ways/", {**every, "mention": "mail", "address": "a@b.cn"}).status_code == 302
    assert (chosen("chief")[Told.MENTION], Person.objects.get(username="chief").email) == (How.MAIL, "a@b.cn")


def test_without_a_mail_server_mail_is_not_offered(office):
    chief = browser("chief")
    assert 'value="mail"' not in chief.get("/messages/ways/").content.decode()
    assert chief.post("/messages/ways/", {str(kind): "mail" for kind in Told}).status_code == 400


def test_all_are_read_at_once_and_only_ones_own(mentioned):
    person("colleague")
    comment(mentioned, actor("front"), "@colleague 也请看")
    assert browser("chief").post("/messages/read/").status_code == 302
    assert (unread(actor("chief")), unread(actor("colleague"))) == (0, 1)


def test_messages_about_every_loop_are_read_with_few_queries(office, django_assert_num_queries):
    person("oversight")
    everyone = [record_of(model) for model in MODELS]
    seen = [one for one in everyone if type(one).objects.visible_to(actor("oversight")).filter(pk=one.pk)]
    for record in everyone:
        tell({"oversight"}, record, Told.COMMENT, actor("front"))
    with django_assert_num_queries(2):
        assert unread(actor("oversight")) == len(seen)
    assert len(messages(actor("oversight"))) == len(seen) > 10


def test_many_messages_cost_no_more_than_one(mentioned, django_assert_num_queries):
    chief = browser("chief")
    chief.get("/messages/")
    counting = Counting()
    from django.db import connection

    with connection.execute_wrapper(counting):
        chief.get("/messages/")
    for _ in range(30):
        tell({"chief"}, mentioned, Told.COMMENT, actor("front"))
    with django_assert_num_queries(counting.count):
        chief.get("/messages/")
    assert Alert.objects.count() == 1
