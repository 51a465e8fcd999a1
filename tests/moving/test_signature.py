"""A countersignature is bound to what was signed: another person gives it, in order, and any change makes it void."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guanjian.kernel.errors import NotAllowed
from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.moving.models import Signature
from guanjian.moving.record import Record
from guanjian.moving.verbs import advance, start
from guanjian.org.models import Unit
from guanjian.org.posts import Post
from tests import cast


class S(Names):
    DRAFT = "draft", "起草", "Draft"
    ISSUED = "issued", "签发", "Issued"


def step(name, target=None, **rest):
    return Step(name, Text(name, name), (S.DRAFT,), target, **rest)


LETTER = Flow(
    "letter",
    Text("函", "Letter"),
    S.DRAFT,
    (S.ISSUED,),
    steps=(
        step("write", by=(Post.FRONTLINE,), needs=(Need("text", Text("正文", "Text"), "text"),)),
        step("chief_signs", by=(Post.SECTION_CHIEF,), apart_from=("write",), signs=True),
        step("head_signs", by=(Post.HOUSE_LEADER,), apart_from=("write",), signs=True, after=("chief_signs",)),
        step("issue", S.ISSUED, by=(Post.HOUSE_LEADER,), after=("chief_signs", "head_signs")),
    ),
    waits=(Wait(S.DRAFT, Limit(3, "wd")),),
)


class Letter(Record):
    FLOW = LETTER

    class Meta:
        app_label = "moving"
        managed = False


del apps.all_models["moving"]["letter"]  # nobody else shall look for its table
apps.clear_cache()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the table of the letters, which no migration makes."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        if Letter._meta.db_table not in connection.introspection.table_names():
            editor.create_model(Letter)


@pytest.fixture
def letter(db):
    cast.settle()
    return start(Letter, cast.actor("front"), Unit.objects.get(pk="2201"), title="函")


def written(letter, text="第一稿"):
    return advance(letter, "write", cast.actor("front"), {"text": text})


def test_signatures_stand_in_order_and_then_the_letter_goes_out(letter):
    written(letter)
    with pytest.raises(NotAllowed, match="chief_signs"):
        advance(letter, "head_signs", cast.actor("house_head"), {})
    advance(letter, "chief_signs", cast.actor("chief"), {})
    advance(letter, "head_signs", cast.actor("house_head"), {})
    assert advance(letter, "issue", cast.actor("house_head"), {}).state == S.ISSUED


def test_a_changed_word_voids_what_was_signed(letter):
    written(letter)
    advance(letter, "chief_signs", cast.actor("chief"), {})
    advance(letter, "head_signs", cast.actor("house_head"), {})
    written(letter, "第二稿")
    with pytest.raises(NotAllowed, match="重签"):
        advance(letter, "issue", cast.actor("house_head"), {})


def test_a_staying_step_does_not_restart_the_clock(letter):
    due = letter.due_at
    assert written(letter).due_at == due


def test_the_database_itself_refuses_an_initiator_who_approves(letter):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            subject=letter.key,
            step="chief_signs",
            person_id="front",
            initiator_id="front",
            content="0",
            at=timezone.now(),
        )
    assert Signature.objects.count() == 0
