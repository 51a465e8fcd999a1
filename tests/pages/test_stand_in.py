"""What is laid for a stand-in and told who asks is, letter for letter, what would be laid for that person himself."""

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

import guanjian.urls  # noqa: F401 (the desks of all loops)
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.pages import queue
from guanjian.pages.bounded import arms
from guanjian.pages.desk import DESKS
from guanjian.pages.laid import Laid
from guanjian.pages.queue import Asked, Tab
from guanjian.pages.stand_in import ME, NOW, SOON, Kind, filled, kind_of, told
from guanjian.web import home, shell
from tests import cast
from tests.postgres import *  # noqa: F403
from tests.signed_in import browser
from tests.walk.people import PEOPLE

DEPUTY = replace(cast.holding(Post.OVERSIGHT, "2200"), acting_for="oversight")
READERS = (
    *PEOPLE,
    cast.actor("admin"),
    Actor("nobody", "nobody"),
    Actor("o'brien\"\\", "", (*cast.actor("leader_hq").holdings, DEPUTY, cast.holding(Post.FRONTLINE, "2201-01"))),
)


def texts(kind, desks):
    """Every kept text of a page, with its values."""
    yield home._first.__wrapped__(kind, desks)
    yield home._numbers.__wrapped__(kind, desks)
    yield shell._waiting.__wrapped__(kind, desks)
    for desk in desks:
        yield queue._going_on.__wrapped__(desk, kind)
        for tab in Tab:
            for asked in (Asked(tab), Asked(tab, overdue=True, level="red")):
                yield queue._laid.__wrapped__(desk, kind, asked, None)


def written(laid, known):
    """The query as it is sent."""
    if laid.query is None:
        return None
    return laid.query.sql % {f"p{n}": repr(_plain(filled(one, known))) for n, one in enumerate(laid.query.params)}


def _plain(value):
    return ("json", value.obj) if hasattr(value, "obj") else value


def test_a_stand_in_asks_what_the_person_would_ask(rows):
    assert len(DESKS) > 20
    some = tuple(DESKS.values())
    compared = set()
    for actor in READERS:
        known = told(actor)
        own, stood = Kind(actor, connection.vendor), kind_of(actor)
        for mine, kept in zip(texts(own, some), texts(stood, some), strict=True):
            assert written(kept, known) == written(mine, known), actor.person_id
            compared.add(written(mine, known))
    assert len(compared) > 200


def somebody(*posts):
    """A person with these posts."""
    return Actor("x", "x", tuple(cast.holding(*one) for one in posts))


def test_people_with_the_same_posts_share_one_text(db):
    front, elsewhere = cast.actor("front"), somebody((Post.FRONTLINE, "5301"))
    assert kind_of(front) == kind_of(elsewhere)
    assert told(front) != told(elsewhere)
    others = [
        somebody((Post.FRONTLINE, "2201-01")),  # another level
        somebody((Post.RISK, "5301")),
        somebody((Post.FRONTLINE, "5301"), (Post.RISK, "5301")),
        Actor("x", "x", (replace(cast.holding(Post.FRONTLINE, "5301"), acting_for="y"),)),
    ]
    kinds = [kind_of(one) for one in (front, *others)]
    assert len(set(kinds)) == len(kinds)
    assert kind_of(somebody((Post.RISK, "2200"))) != kind_of(somebody((Post.RISK, "22P0")))


def test_the_moment_is_told_when_the_text_is_asked(db):
    adapt = connection.ops.adapt_datetimefield_value
    before, known, after = timezone.now(), told(cast.actor("front")), timezone.now()
    assert adapt(before) <= known[adapt(NOW)] <= adapt(after)
    assert adapt(before + timedelta(hours=24)) <= known[adapt(SOON)] <= adapt(after + timedelta(hours=24))


@pytest.mark.parametrize("name", ["front", 'a"b', "李\\明", "o'brien", ""])
def test_a_mark_gives_way_also_within_json_and_nothing_else_does(db, name):
    known = told(Actor(name, name))
    assert filled(ME, known) == name
    assert json.loads(filled(json.dumps(ME), known)) == name
    for other in ("me", f"{ME}x", f"x{ME}", "", '"', '""', 7, None, 2.5):
        assert filled(other, known) == other


def test_a_value_that_returns_is_one_parameter(db):
    laid = Laid.of(("SELECT %s, %s, %s, '100%%', %s", ["a", 1, "a", True]))
    assert laid.rows({}) == [("a", 1, "a", "100%", True)]
    assert laid.params == ("a", 1, True)


def test_sqlite_keeps_a_statement_whatever_its_values_are(db):
    connection.ensure_connection()
    assert connection.connection.getconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_QPSG)


def test_a_compartment_is_found_by_its_own_index_and_a_queue_by_that_of_its_territory(db):
    territory, compartment, _ = arms(DESKS["alert"].model, cast.actor("oversight"))
    assert "alert_compartment" in compartment.rows.filter(state="signed").explain()
    assert "alert_district_queue" in territory.rows.filter(state="signed").explain()
    assert "SCAN" not in DESKS["alert"].model.objects.visible_to(cast.actor("oversight")).explain()


def test_the_first_visit_of_another_person_lays_no_text(db):
    kept = (home._first, home._numbers, shell._waiting, queue._laid, queue._going_on)
    pages = ("/", "/alert/", "/alert/?tab=open", "/alert/?tab=closed&overdue=1")
    cast.settle()
    for who in ("front", "stranger"):
        before = [texts.cache_info().misses for texts in kept]
        client = browser(who)
        assert {client.get(page).status_code for page in pages} == {200}
    assert [texts.cache_info().misses for texts in kept] == before
    assert all(texts.cache_info().currsize for texts in kept)
