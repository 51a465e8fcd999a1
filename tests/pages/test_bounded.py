"""What the database lays together equals the plain reading, on SQLite and on PostgreSQL."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.pages.bounded import arms, waiting
from guanjian.pages.desk import DESKS
from guanjian.pages.laid import Counts, Lists, Ordered
from guanjian.pages.queue import PAGE, Asked, Tab, numbers, page, pieces_of
from guanjian.pages.turn import turns
from guanjian.web.home import marked, read_lists
from tests import cast
from tests.pages.sample_loop import DESK, FLOW, S, Sample, opened
from tests.pages.test_views import GIVEN
from tests.postgres import *  # noqa: F403

DEPUTY = Actor(
    "leader",
    "leader",
    (*cast.actor("leader").holdings, replace(cast.holding(Post.FRONTLINE, "2201"), acting_for="front")),
)
READERS = [
    DEPUTY,
    cast.actor("front"),
    cast.actor("chief"),
    cast.actor("chief", (Post.FRONTLINE, "2201-01"), (Post.LEADER, "2200")),
    cast.actor("leader"),
    cast.actor("leader_hq"),
    cast.actor("oversight"),
    cast.actor("stranger"),
    cast.actor("admin"),
    Actor("nobody", "nobody"),
]


@pytest.fixture
def office(rows, monkeypatch):
    """Seventy samples in every state, level and unit."""
    call_command("migrate", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        editor.create_model(Sample)
    names.forget()
    cast.settle()
    draw, now = random.Random(7), timezone.now()
    hands = [cast.actor("front", (Post.FRONTLINE, "5301")), cast.actor("colleague", (Post.FRONTLINE, "5301")), DEPUTY]
    for number in range(70):
        unit = draw.choice(["2201-01", "2201", "2201", "5301"])
        record = opened(
            unit, f"第{number}件 带鱼", draw.choice(list(Level)), at=now - timedelta(minutes=draw.randrange(240))
        )
        for name in ("sign", "verify", "close")[: draw.randrange(4)]:
            who = draw.choice(hands)
            if record.flow.step(name).why_not(who, record) is None:
                record = advance(record, name, who, GIVEN)
    yield
    names.forget()


def mine(record, actor):
    """The plain reading: something that is mine to do is open to me now; to withdraw what others verify is only a right."""
    return any(step.why_not(actor, record) is None for step in FLOW.steps if step.name != "withdraw")


def plain(actor, tab, text=""):
    """Every visible record, filtered and sorted in memory; what was looked for by its words the newest first."""
    seen = [record for record in Sample.objects.visible_to(actor) if text in record.title]
    if tab == Tab.CLOSED:
        closed = [record for record in seen if record.state == S.DONE]
        return [r.pk for r in sorted(closed, key=lambda r: (r.closed_at, r.pk), reverse=True)]
    chosen = [r for r in seen if r.state != S.DONE and (tab == Tab.OPEN or mine(r, actor))]
    if text:
        return sorted((r.pk for r in chosen), reverse=True)
    return [r.pk for r in sorted(chosen, key=lambda r: (r.rank, r.due_at, r.pk))]


def walked(actor, asked):
    """The numbers of all pages in order."""
    found, after = [], ""
    while True:
        records, after = page(DESK, actor, replace(asked, after=after))
        found += [record.pk for record in records]
        if not after:
            return found


def test_every_page_equals_the_plain_reading(office):
    for actor in READERS:
        for tab in Tab:
            for text in ("", "带鱼", "第6件"):
                found = plain(actor, tab, text)
                assert walked(actor, Asked(tab, text=text)) == found, (actor, tab, text)
                assert not text or numbers(DESK, actor, Asked(tab, text=text), 1000) == found
    assert len(plain(READERS[0], Tab.MINE)) > 5
    assert plain(READERS[-1], Tab.OPEN) == []


def test_words_are_looked_for_in_all_that_is_seen_and_narrowed_like_the_queue(office):
    front, everything = cast.actor("front"), cast.actor("leader_hq")
    for asked in (
        Asked(Tab.OPEN, level="red"),
        Asked(Tab.OPEN, state="doing"),
        Asked(Tab.MINE, state="review"),
        Asked(Tab.OPEN, unit="5300"),
        Asked(Tab.OPEN, overdue=True),
        Asked(Tab.CLOSED, level="blue"),
    ):
        for actor in (front, everything):
            found = walked(actor, replace(asked, text="带鱼"))
            assert sorted(found) == sorted(numbers(DESK, actor, asked, 1000)), asked
    assert len(walked(everything, Asked(Tab.OPEN, text="带鱼"))) > PAGE
    last = Sample.objects.visible_to(front).exclude(state=S.DONE).earliest("pk")
    for written in (str(last.pk), f"#{last.pk}", last.key):
        assert walked(front, Asked(Tab.OPEN, text=written))[0] == last.pk
    hidden = Sample.objects.filter(unit_code="5301").latest("pk")
    assert hidden.pk not in walked(front, Asked(Tab.OPEN, text=hidden.key))
    for mark in ("x", "2.7", "0.-1", f"0.{2**70}"):
        with pytest.raises(BadInput, match="页码有误"):
            page(DESK, front, Asked(Tab.OPEN, text="带鱼", after=mark))


def test_every_count_equals_the_plain_reading(office):
    for actor in READERS:
        pieces = [waiting(arm, actor) for arm in arms(Sample, actor) if turns(FLOW, arm.held)]
        assert Counts.of(("mine", pieces)).read()["mine"] == len(plain(actor, Tab.MINE)), actor


def test_rights_beside_the_duty_of_others_are_listed_apart(office):
    most = 0
    for actor in READERS:
        rights = [waiting(arm, actor, duty=False) for arm in arms(Sample, actor) if turns(FLOW, arm.held, duty=False)]
        found = {pk for piece in rights for pk in piece.values_list("pk", flat=True)}
        seen = Sample.objects.visible_to(actor)
        assert found == {one.pk for one in seen if FLOW.step("withdraw").why_not(actor, one) is None}, actor
        most = max(most, len(found))
    assert most > 5


def test_lists_of_several_orders_come_in_one_query(office, monkeypatch, django_assert_num_queries):
    monkeypatch.setitem(DESKS, "sample", DESK)
    actor = cast.actor("leader_hq")
    laid = Lists.of(
        Ordered("open", [marked("sample", p)[:7] for p in pieces_of(DESK, actor, Asked(Tab.OPEN))], "2, 3, 4", 7),
        Ordered("closed", [marked("sample", p)[:3] for p in pieces_of(DESK, actor, Asked(Tab.CLOSED))], "4 DESC", 3),
    )
    with django_assert_num_queries(1):
        placed = laid.read()
    assert [row[3] for row in placed["open"]] == plain(actor, Tab.OPEN)[:7]
    assert [row[3] for row in placed["closed"]] == plain(actor, Tab.CLOSED)[:3]
    with monkeypatch.context() as patch:
        patch.setattr("guanjian.web.home.reverse", lambda name, args: "")
        assert [line["record"].pk for line in read_lists(laid, actor)["open"]] == plain(actor, Tab.OPEN)[:7]
