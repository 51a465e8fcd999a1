"""Writing beside a record of any loop: who reads it, who is told, what is refused, and what a sealed record leaves readable."""

import json

import pytest
from django.db import connection

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.ledger.models import Entry
from guanjian.teamwork.comments import LONGEST, MENTIONED, comment, digest, said
from guanjian.teamwork.models import Comment, Notice
from guanjian.teamwork.notices import messages, unread
from tests.cast import CAST, actor, person
from tests.loops.test_pages import READERS
from tests.loops.world import MODELS, record_of
from tests.loops.world import said as called
from tests.signed_in import browser

TEXT = "请补充十月份的合同副本"


@pytest.mark.parametrize("model", MODELS, ids=[called((model,)) for model in MODELS])
def test_on_every_loop_a_comment_is_read_by_readers_and_a_mention_reaches_only_who_sees_the_record(office, model):
    record, name = record_of(model), model.FLOW.name
    reader, stranger = browser(READERS[name]), browser("stranger")
    colleague = next(
        one for one in CAST if one != READERS[name] and model.objects.visible_to(actor(one)).filter(pk=record.pk)
    )
    person(colleague)
    address = f"/{name}/{record.pk}/beside/comment/"
    assert reader.post(address, {"text": f"@{colleague} {TEXT}"}).status_code == 302
    assert TEXT in reader.get(f"/{name}/{record.pk}/").content.decode()
    assert [one.record.pk for one in messages(actor(colleague))] == [record.pk]
    assert stranger.post(address, {"text": "偷看"}).status_code == 404
    assert reader.post(address, {"text": "@stranger 请看"}).status_code == 400
    assert (Comment.objects.count(), unread(actor("stranger"))) == (1, 0)


def test_the_ledger_keeps_the_hash_of_a_comment_and_not_its_text(alert):
    made = comment(alert, actor("front"), TEXT)
    entry = Entry.objects.get(event="alert.commented")
    assert (entry.subject, entry.actor) == (alert.key, "front")
    assert json.loads(entry.body)["facts"] == {"comment": made.pk, "sha256": digest(made)}
    assert TEXT not in entry.body


@pytest.mark.parametrize("who", ["stranger", "stranger_function", "admin", "security", "audit", "custodian"])
def test_who_does_not_see_the_record_writes_nothing(alert, who):
    with pytest.raises(NotFound):
        comment(alert, actor(who), TEXT)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "长" * (LONGEST + 1)])
def test_an_empty_and_an_endless_comment_come_back_with_the_sentence_and_what_was_typed(alert, text):
    page = browser("front").post(f"/alert/{alert.pk}/beside/comment/", {"text": text})
    assert page.status_code == 400
    assert "批注应为1至2000字" in page.content.decode()
    assert text in page.content.decode()


def test_the_longest_comment_is_taken_and_markup_in_it_is_only_text(alert):
    comment(alert, actor("front"), "<script>alert(1)</script>" + "长" * (LONGEST - 25))
    page = browser("front").get(f"/alert/{alert.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_too_many_and_unknown_people_are_refused_by_name(alert):
    with pytest.raises(BadInput, match="最多提请20人"):
        comment(alert, actor("front"), " ".join(f"@someone{n}" for n in range(MENTIONED + 1)))
    person("stranger")
    with pytest.raises(BadInput, match=r"nobody\.here、stranger"):
        comment(alert, actor("front"), "@nobody.here @stranger 请看")


def test_whoever_took_part_is_told_and_the_writer_is_not(alert):
    for name in ("front", "chief"):
        person(name)
    comment(alert, actor("front"), "先记一笔")
    comment(alert, actor("chief"), "请继续")
    assert [(row.person_id, row.kind) for row in Notice.objects.all()] == [("front", "comment")]


def test_a_ticked_colleague_is_asked_as_a_typed_one(alert):
    person("chief")
    browser("front").post(f"/alert/{alert.pk}/beside/comment/", {"text": TEXT, "asked": ["chief"]})
    assert [(row.person_id, row.kind) for row in Notice.objects.all()] == [("chief", "mention")]


def test_a_comment_on_a_lead_lies_closed_and_opens_for_its_list_alone(lead):
    comment(lead, actor("oversight"), f"@oversight_two {TEXT}")
    row = Comment.objects.get()
    assert (row.text, len(row.boxes)) == ("", 3)
    with connection.cursor() as cursor:
        cursor.execute("SELECT boxes, text FROM teamwork_comment")
        assert TEXT not in str(cursor.fetchall())
    again = type(lead).objects.visible_to(actor("oversight_two")).get()
    assert [one.text for one in said(again, actor("oversight_two"))] == [f"@oversight_two {TEXT}"]
    assert TEXT not in Entry.objects.get(event="lead.commented").body


def test_a_comment_on_a_lead_does_not_tell_a_withheld_name(lead):
    comment(lead, actor("oversight"), "已向 front 的科长了解")
    again = type(lead).objects.visible_to(actor("oversight_two")).get()
    assert again.withholds
    assert [one.text for one in said(again, actor("oversight_two"))] == ["已向 （未披露） 的科长了解"]


def test_a_member_let_in_later_is_told_that_he_came_later(lead):
    comment(lead, actor("oversight"), TEXT)
    row = Comment.objects.get()
    row.boxes = {}
    row.save()
    assert "列入知悉名单之前" in str(said(lead, actor("oversight"))[0].text)


@pytest.mark.parametrize("who", ["front", "chief", "leader", "oversight_hq", "stranger_oversight"])
def test_outside_its_list_nobody_comments_on_a_lead_or_is_asked_to_look(lead, who):
    person(who)
    with pytest.raises(NotFound):
        comment(lead, actor(who), TEXT)
    with pytest.raises(BadInput, match=who):
        comment(lead, actor("oversight"), f"@{who} 请看")
    assert browser(who).get(f"/lead/{lead.pk}/").status_code == 404


def test_the_page_of_a_record_costs_no_more_with_many_comments(alert, django_assert_num_queries):
    front = browser("front")
    comment(alert, actor("chief"), TEXT)
    front.get(f"/alert/{alert.pk}/")
    with connection.execute_wrapper(counting := Counting()):
        front.get(f"/alert/{alert.pk}/")
    for n in range(30):
        comment(alert, actor("chief"), f"{TEXT} {n}")
    front.get(f"/alert/{alert.pk}/")
    with django_assert_num_queries(counting.count):
        front.get(f"/alert/{alert.pk}/")


class Counting:
    """How many statements run."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)
