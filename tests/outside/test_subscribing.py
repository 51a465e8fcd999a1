"""An address is registered by one administrator and opened by another, and only what may be told can be asked for."""

import pytest

from guanjian.kernel.errors import BadInput, NotAllowed
from guanjian.loops.alert.actions import open_from_finding
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.outside import delivering, subscribing
from guanjian.outside.models import Subscription
from tests import cast
from tests.loops.findings import finding
from tests.outside.conftest import let_in

ADMIN = cast.actor("admin")


def test_two_administrators_open_an_address(system, receiver):
    made = subscribing.subscribe(system.pk, ADMIN, receiver.address, ["alert"])
    open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)
    assert delivering.send_all(made.pk) == {}
    for who in ("admin", "front", "audit"):
        with pytest.raises(NotAllowed):
            subscribing.open_address(made.pk, cast.actor(who))
    for who in ("security", "front"):
        with pytest.raises(NotAllowed):
            subscribing.subscribe(system.pk, cast.actor(who), receiver.address, ["alert"])


@pytest.mark.parametrize(
    ("where", "events"),
    [
        ("https://10.0.0.1/", ["alert"]),
        ("http://127.0.0.1:1/", []),
        ("http://127.0.0.1:1/", ["lead"]),
        ("http://127.0.0.1:1/", ["alert.nothing"]),
    ],
)
def test_a_wrong_address_or_event_is_refused_at_registration(system, receiver, where, events):
    with pytest.raises(BadInput):
        subscribing.subscribe(system.pk, ADMIN, where, events)
    assert not Subscription.objects.exists()


def test_a_system_that_may_not_hear_gets_no_address(office, receiver):
    deaf = let_in("ZS", scopes=["post"])
    with pytest.raises(NotAllowed):
        subscribing.subscribe(deaf.pk, ADMIN, receiver.address, ["alert"])
