"""Search, composite query and export give the same answers on PostgreSQL."""

import pytest
from django.db import connection, transaction
from django.urls import resolve

from guanjian.loops.alert.models import Alert
from guanjian.loops.case.models import Case
from guanjian.loops.clue.models import Clue
from guanjian.loops.lead.models import Lead
from guanjian.moving.models import Findable
from guanjian.moving.relaying import astray, relay
from guanjian.org.unlocked import unlocked
from guanjian.pages import names
from guanjian.pages.asking import Kind, fields_of
from guanjian.pages.conditions import OPS
from guanjian.teamwork.comments import comment
from tests import cast
from tests.loops.test_query import OPEN, answer, value_for
from tests.loops.test_search import keys, one_of
from tests.postgres import _admin, postgres_office, postgres_server, turned_to  # noqa: F401

pytestmark = pytest.mark.postgres


@pytest.fixture
def country(postgres_server, postgres_office, django_db_blocker):  # noqa: F811
    """The whole office in a fresh PostgreSQL database."""
    with django_db_blocker.unblock():
        _admin(
            postgres_server,
            "DROP DATABASE IF EXISTS searched WITH (FORCE)",
            f"CREATE DATABASE searched TEMPLATE {postgres_office}",
        )
        with turned_to(postgres_server | {"NAME": "searched"}):
            cast.settle()
            resolve("/")
            names.forget()
            with unlocked(cast.give_keys(*cast.KEYED, "someone")):
                yield
        names.forget()


def test_the_same_is_found_and_asked_on_postgresql(country):
    assert connection.vendor == "postgresql"
    low = one_of(Alert, "深圳某企业申报价格偏低", subject_id="220120261000000001")
    near = one_of(Alert, "钢材风险 A01企业", explanation="价格偏低")
    away = one_of(Alert, "外关区企业", "5301")
    one_of(Lead, "企业线索")
    assert keys("front", "企业") == [near.key, low.key]
    assert keys("leader_hq", "企业") == [away.key, near.key, low.key]
    assert keys("front", "价格偏低") == [low.key, near.key]
    assert keys("stranger", "企业") == [away.key]
    assert keys("front", "a01企业") == keys("front", "钢") == [near.key]
    assert keys("front", "22012026") == keys("front", low.key) == [low.key]
    assert keys("front", "格申") == keys("front", "企业 不在") == []
    for words in ("' | 'x", "企业:*", "!企业", "a & b", "\\", "'"):
        assert keys("stranger_function", words) in ([], [away.key])
    assert keys("front", "企业", loop="alert", closed=False, place=("house_code", "2201")) == [near.key, low.key]
    comment(low, cast.actor("front"), "经办人提到鲸鱼牌机组")
    assert keys("front", "鲸鱼") == [low.key]
    assert keys("stranger", "鲸鱼") == []
    everything = answer("leader_hq", (1, "title", "has", "企业"), model=None)
    assert everything == [away.key, near.key, low.key]
    _stays_in_step(low)
    _answers_every_question()


def _stays_in_step(low):
    with transaction.atomic():
        Findable.objects.all().delete()
        assert keys("front", "企业") == []
        transaction.set_rollback(True)
    assert list(astray()) == []
    before = sorted(Findable.objects.values_list("loop", "number", "words"))
    assert relay() == len(before)
    assert sorted(Findable.objects.values_list("loop", "number", "words")) == before
    assert keys("front", "深圳") == [low.key]


def _answers_every_question():
    case = one_of(Case, fine_cny="4000.50", acts_from="2026-10-01", enterprises=["E0001", "某公司"])
    for one in (
        ("c-fine_cny", "from", "4000"),
        ("c-enterprises", "has", "某公司"),
        ("c-acts_from", "is", "2026-10-01"),
    ):
        assert answer("police", (1, *one), model=Case) == [case.key], one
    for model in OPEN:
        for field in fields_of(model).values():
            for op in OPS[field.kind]:
                assert isinstance(answer("leader_hq", (1, field.name, op, value_for(field)), model=model), list)
    clue = one_of(Clue, facts={"submit": {}})
    dated = [field for field in fields_of(Clue).values() if field.step and field.kind in (Kind.NUMBER, Kind.DAY)]
    for field in dated:
        assert answer("front", (1, field.name, "from", value_for(field)), model=Clue) == []
    assert clue.key in answer("front", (1, "title", "has", "孤本"), model=Clue)
