"""Two administrators let a system in; its key is kept as a hash, is dated, and ends at once when it is ended."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.ledger.models import Entry
from guanjian.outside import registry
from guanjian.outside.models import System, SystemKey
from tests import cast
from tests.days import date_in
from tests.outside.conftest import application, let_in, until

ADMIN, SECURITY = cast.actor("admin"), cast.actor("security")


def answer(key):
    return Client().get("/api/outside/outcomes", headers={"Authorization": f"Bearer {key}"}).status_code


def test_who_registers_does_not_open_and_who_opens_does_not_register(office):
    made = registry.register(ADMIN, application())
    assert not registry.is_open(made)
    with pytest.raises(NotAllowed):
        registry.open_system(made.pk, ADMIN, until())
    with pytest.raises(NotAllowed):
        registry.register(SECURITY, application("ZS"))
    with pytest.raises(NotAllowed):
        registry.issue_key(made.pk, SECURITY, 30)  # before it is open
    System.objects.filter(pk=made.pk).update(registered_by="security")
    with pytest.raises(NotAllowed, match="另一人"):
        registry.open_system(made.pk, SECURITY, until())
    with pytest.raises(IntegrityError), transaction.atomic():
        System.objects.filter(pk=made.pk).update(opened_by="security")


@pytest.mark.parametrize("who", ["front", "function", "leader_hq", "oversight_hq", "audit"])
def test_nobody_else_lets_a_system_in(office, who):
    made = registry.register(ADMIN, application())
    for attempt in (
        lambda: registry.register(cast.actor(who), application("ZS")),
        lambda: registry.open_system(made.pk, cast.actor(who), until()),
        lambda: registry.issue_key(made.pk, cast.actor(who), 1),
        lambda: registry.end_system(made.pk, cast.actor(who)),
        lambda: registry.end_keys(made.pk, cast.actor(who)),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_only_the_hash_of_a_key_is_kept(system, key):
    assert key.startswith("gjx_")
    kept = [str(value) for value in SystemKey.objects.values().get().values()]
    assert not [value for value in kept if key in value]
    assert not [entry for entry in Entry.objects.all() if key in entry.body]


def test_a_key_opens_until_it_ends(system, key):
    assert answer(key) == 200
    SystemKey.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert answer(key) == 403
    fresh = registry.issue_key(system.pk, SECURITY, 1)
    assert answer(fresh) == 200
    assert registry.end_keys(system.pk, SECURITY) == 1
    assert answer(fresh) == 403
    assert answer("gjx_wrong") == 403


def test_an_ended_system_is_shut_out_at_once_and_for_good(system, key):
    registry.end_system(system.pk, ADMIN)
    assert answer(key) == 403
    with pytest.raises(NotAllowed):
        registry.issue_key(system.pk, SECURITY, 1)
    with pytest.raises(NotAllowed):
        registry.open_system(system.pk, SECURITY, until())


def test_a_system_ends_on_its_last_day_by_itself(system, key):
    System.objects.update(until=date_in(-1))
    assert answer(key) == 403
    assert not registry.is_open(System.objects.get())


@pytest.mark.parametrize("wrong", [{"code": "fk"}, {"code": "TOOLONG"}, {"code": "1A"}, {"unit": "9999"}])
def test_a_wrong_application_is_one_sentence(office, wrong):
    with pytest.raises(BadInput):
        registry.register(ADMIN, application(**wrong))
    assert not System.objects.exists()


def test_a_code_belongs_to_one_system(system):
    with pytest.raises(BadInput):
        registry.register(ADMIN, application())


def test_every_act_is_in_the_ledger(system, key):
    registry.end_keys(system.pk, SECURITY)
    registry.end_system(system.pk, ADMIN)
    told = Entry.objects.filter(subject="system/FKPT").order_by("pk").values_list("event", "actor")
    assert list(told) == [
        ("system.registered", "admin"),
        ("system.opened", "security"),
        ("system.key_issued", "security"),
        ("system.keys_ended", "security"),
        ("system.ended", "admin"),
    ]


def test_a_system_holds_no_post_when_it_acts(system):
    assert system.actor().holdings == ()
    assert [held.post for held in let_in("ZS", reads_as="risk").actor(hears=True).holdings] == ["risk"]
