"""On PostgreSQL too: a finding once however it is sent, deliveries once and in order, what the database itself refuses."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from guanjian.crossing import duties
from guanjian.ledger.verify import verify
from guanjian.loops.alert.models import Alert
from guanjian.loops.duty.models import Duty
from guanjian.moving.sealing import register_records
from guanjian.outside import delivering, learning, posting, registry, subscribing
from guanjian.outside.models import Delivery, Posted, Subscription
from guanjian.pages import names
from tests import cast
from tests.loops.listing import counts, drawn
from tests.outside.conftest import let_in, row
from tests.outside.test_posting import closed
from tests.outside.test_webhooks import ADMIN, SECURITY, alert, sign
from tests.postgres import _admin, postgres_office, postgres_server, turned_to  # noqa: F401

pytestmark = pytest.mark.postgres
SENDERS = 4


@pytest.fixture
def country(postgres_server, postgres_office, django_db_blocker):  # noqa: F811
    """The whole office in a fresh PostgreSQL database, without a transaction around the test."""
    with django_db_blocker.unblock():
        _admin(postgres_server, "DROP DATABASE IF EXISTS outside WITH (FORCE)")
        _admin(postgres_server, f"CREATE DATABASE outside TEMPLATE {postgres_office}")
        with turned_to(postgres_server | {"NAME": "outside"}):
            names.forget()
            cast.settle()
            register_records()
            yield
        _admin(postgres_server, "DROP DATABASE outside WITH (FORCE)")
        names.forget()


def at_once(action, times=SENDERS):
    """The same in several threads, each with a connection of its own."""

    def one(number):
        try:
            return action(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as hands:
        return list(hands.map(one, range(times)))


def test_other_systems_are_served_on_postgresql_as_on_sqlite(country, receiver):
    assert connection.vendor == "postgresql"
    system = let_in()
    _a_finding_is_taken_once(system)
    _every_delivery_arrives_once_and_in_order(system, receiver)
    _the_database_refuses_one_hand()
    _duties_are_read_from_the_trace()
    assert verify().breaches == []
    closed(Posted.objects.get(own_id="FK-1").alert)
    assert [one.id for one in learning.outcomes(system)[0]] == ["FK-1"]


def _a_finding_is_taken_once(system):
    key = registry.issue_key(system.pk, SECURITY, 30)
    assert registry.system_of(key).pk == system.pk
    assert registry.system_of(f"{key}x") is None
    became = at_once(lambda _: posting.post(system, [row()])[0].became.value)
    assert sorted(became) == ["known"] * (SENDERS - 1) + ["opened"]
    again = at_once(lambda number: posting.post(system, [row(2, id=f"FK-2-{number}")])[0].became.value)
    assert sorted(again) == ["known"] * (SENDERS - 1) + ["opened"]
    assert (Alert.objects.count(), Posted.objects.count()) == (2, 1 + SENDERS)


def _every_delivery_arrives_once_and_in_order(system, receiver):
    made = subscribing.subscribe(system.pk, ADMIN, receiver.address, ["alert"])
    subscribing.open_address(made.pk, SECURITY)
    for number in range(3, 6):
        sign(alert(number))
    at_once(lambda _: delivering.send_all(made.pk))
    delivering.send_all(made.pk)
    assert len({told["webhook-id"] for told, _ in receiver.got}) == len(receiver.got) == Delivery.objects.count() == 6
    steps = {}
    for one in receiver.told:
        steps.setdefault(one["key"], []).append(one["step"])
    assert list(steps.values()) == [["start", "sign"]] * 3
    assert delivering.left_behind() == []


def _the_database_refuses_one_hand():
    for rows in (registry.System, Subscription):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(opened_by="admin")


def _duties_are_read_from_the_trace():
    duty = drawn()
    assert duties.turn()["looked"] == 1
    duty.refresh_from_db()
    assert duty.state == "running"
    assert counts(duty)
    for column in ("assessed_by", "confirmed_by", "reviewed_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Duty.objects.filter(pk=duty.pk).update(**{column: duty.subject_id})
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(assessed_by="leader", confirmed_by="leader")
