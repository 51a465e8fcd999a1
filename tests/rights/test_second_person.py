"""By the API too: nobody follows upon his own hands, in his own matter, or where he is tied to a party."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from guanjian.org.models import Posting, Relation
from tests.loops.behind import rewrite
from tests.rights.asking import NO_SUCH, REFUSED, Asking, undone
from tests.rights.declared import INSIDERS, Insider, may
from tests.rights.stage import Laid, Stage

pytestmark = pytest.mark.django_db
PARTY = "E9999"
Spoil = Callable[[Insider, Laid], None]


def able(stage: Stage) -> Iterator[tuple[Insider, Laid]]:
    """Every step of every loop with somebody who may take it."""
    for laid in stage.steps:
        one = next((one for one in INSIDERS if may(one, laid.record, laid.step)), None)
        if one is not None and not laid.step.remote:
            yield one, laid


def own_hands(one: Insider, laid: Laid) -> None:
    """All that must be other hands were his."""
    rewrite(laid.record, hands={**laid.record.hands, **dict.fromkeys(laid.step.apart_from, one.name)})


def own_matter(one: Insider, laid: Laid) -> None:
    """It is about him."""
    rewrite(laid.record, subject_type="officer", subject_id=one.name)


def tied_at_two_hops(one: Insider, laid: Laid) -> None:
    """A relation of a relation of his is the party."""
    today = timezone.localdate()
    Relation.objects.create(one_id="cousin", other_id=one.name, kind="relative", declared_on=today)
    Relation.objects.create(one_id="cousin", other_id=PARTY, kind="interest", declared_on=today)
    rewrite(laid.record, subject_type="enterprise", subject_id=PARTY)


def served_there(one: Insider, laid: Laid) -> None:
    """He served in a unit that it is about, until today."""
    since, until = laid.record.began(), timezone.localdate()
    for code in laid.record.places():
        Posting.objects.create(person_id=one.name, unit_code=code, post=one.post, since=since, until=until)


def taken_although(spoil: Spoil, stage: Stage, meant: Callable[[Laid], bool]) -> tuple[int, list[str]]:
    """How many steps were asked for, and which were not refused."""
    askings: dict[str, Asking] = {}
    asked, wrong = 0, []
    for one, laid in able(stage):
        if not meant(laid):
            continue
        asking, asked = askings.setdefault(one.name, Asking(one)), asked + 1
        with undone():
            spoil(one, laid)
            status = asking.takes(laid, True, False)
        if status not in (REFUSED, NO_SUCH):
            wrong.append(f"{one.name} {laid.loop} {laid.step.name} from {laid.record.state}: {status}")
    return asked, wrong


def test_every_step_that_a_person_takes_has_somebody_in_the_matrix(stage):
    has = {(laid.loop, laid.step.name) for _, laid in able(stage)}
    wanted = {(laid.loop, laid.step.name) for laid in stage.steps if not laid.step.remote}
    assert wanted - has == set()


def test_nobody_follows_upon_his_own_hands(stage):
    asked, wrong = taken_although(own_hands, stage, lambda laid: bool(laid.step.apart_from))
    assert (wrong, asked > 50) == ([], True)


def test_nobody_acts_in_his_own_matter(stage):
    asked, wrong = taken_although(own_matter, stage, lambda laid: not laid.step.heard)
    assert (wrong, asked > 150) == ([], True)


def test_nobody_acts_where_he_is_tied_to_a_party_at_two_hops(stage):
    asked, wrong = taken_although(tied_at_two_hops, stage, lambda laid: "relation" in laid.record.flow.aside)
    assert (wrong, asked > 150) == ([], True)


def test_nobody_acts_where_he_served_when_the_loop_asks_for_it(stage):
    asked, wrong = taken_although(served_there, stage, lambda laid: "former_post" in laid.record.flow.aside)
    assert (wrong, asked > 5) == ([], True)
