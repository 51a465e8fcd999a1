"""What is written and attached beside a record is found by who may see the record, by nobody else; of what is sealed, nothing."""

import io

import pytest
from django.db import transaction
from django.urls import resolve

from guanjian.kernel.papers import Subject, Verdict
from guanjian.kernel.segments import LONGEST
from guanjian.moving.findable import beside
from guanjian.moving.looking import Sought, look
from guanjian.moving.models import Findable
from guanjian.moving.relaying import astray, relay
from guanjian.moving.verbs import advance
from guanjian.teamwork.attachments import attach
from guanjian.teamwork.comments import comment
from guanjian.teamwork.models import Comment
from tests.cast import actor
from tests.signed_in import browser

PDF = b"%PDF-1.7 some paper"


def keys(who, words):
    """What this person finds."""
    return [f"{hit.loop}/{hit.number}" for hit in look(actor(who), Sought(words), 20)]


@pytest.fixture
def written(alert):
    """An alert with a comment and a file."""
    comment(alert, actor("front"), "经办人称鲸鱼牌机组由某代理行代填")
    attach(alert, actor("front"), io.BytesIO(PDF), "海豚号舱单.pdf", len(PDF))
    return alert


def test_a_word_of_a_comment_and_of_a_files_name_finds_the_record_for_its_readers_alone(written):
    for words in ("鲸鱼", "海豚", "鲸鱼 海豚"):
        assert keys("front", words) == keys("leader_hq", words) == [written.key]
        for stranger in ("stranger", "stranger_function", "stranger_police", "admin", "audit", "custodian"):
            assert keys(stranger, words) == [], stranger


def test_the_page_shows_where_the_word_stands_in_a_comment_and_the_stranger_nothing(written):
    resolve("/")
    page = browser("front").get("/search/", {"q": "鲸鱼"}).content.decode()
    assert "经办人称<mark>鲸鱼</mark>牌机组" in page
    hidden = browser("stranger").get("/search/", {"q": "鲸鱼"}).content.decode()
    assert "经办人" not in hidden
    assert written.key not in hidden


def test_a_step_a_rebuild_and_a_comparison_keep_what_was_written_beside(written):
    advance(written, "sign", actor("front"), {})
    assert keys("front", "鲸鱼") == [written.key]
    assert list(astray()) == []
    before = list(Findable.objects.values_list("loop", "number", "words"))
    assert relay() == len(before)
    assert list(Findable.objects.values_list("loop", "number", "words")) == before
    Comment.objects.create(loop="alert", number=written.pk, author_id="front", at=written.opened_at, text="未记入索引")
    assert list(astray()) == [written.key]


def test_a_comment_that_is_rolled_back_is_not_found(alert):
    with transaction.atomic():
        comment(alert, actor("front"), "鲸鱼")
        assert keys("front", "鲸鱼") == [alert.key]
        transaction.set_rollback(True)
    assert keys("front", "鲸鱼") == []


def test_a_comment_on_a_sealed_record_leaves_no_word_in_the_index(lead):
    comment(lead, actor("oversight"), "鲸鱼牌机组")
    assert beside([("lead", lead.pk)]) == {}
    assert not Findable.objects.filter(loop="lead").exists()
    assert keys("oversight", "鲸鱼") == []
    relay()
    assert not Findable.objects.filter(words__contains="鲸鱼").exists()


def test_what_was_written_beside_a_refuted_suspicion_is_found_no_more(written):
    type(written).objects.filter(pk=written.pk).update(subject_type=Subject.OFFICER, verdict=Verdict.REFUTED)
    relay()
    assert keys("front", "鲸鱼") == []
    comment(type(written).objects.get(pk=written.pk), actor("front"), "鲸鱼再记")
    assert keys("front", "鲸鱼") == []
    assert list(astray()) == []


def test_of_endless_talk_the_newest_is_found(alert):
    rows = [
        Comment(loop="alert", number=alert.pk, author_id="front", at=alert.opened_at, text="长" * 2000)
        for _ in range(25)
    ]
    rows[0].text = "鲸鱼" + "长" * 1998
    Comment.objects.bulk_create(rows)
    comment(alert, actor("front"), "海豚")
    assert keys("front", "海豚") == [alert.key]
    assert sum(map(len, beside([("alert", alert.pk)])["alert", alert.pk])) <= LONGEST
