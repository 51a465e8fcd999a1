"""Events are told outside: signed, in order for each record, again until they arrive, and only what the system may see."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from guanjian.jobs.models import Job
from guanjian.kernel.errors import NotAllowed
from guanjian.ledger.models import Entry
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.models import Alert
from guanjian.moving.verbs import SUBSCRIBERS, advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.outside import delivering, registry, subscribing
from guanjian.outside.models import Delivery, Stand, Subscription
from guanjian.outside.signing import new_secret, secret_of, signature
from guanjian.outside.tasks import send, sweep
from guanjian.teamwork.models import Notice
from guanjian.teamwork.notices import messages, unread
from tests import cast
from tests.loops.findings import finding
from tests.loops.samples import given
from tests.signed_in import browser as signed_in

ADMIN, SECURITY = cast.actor("admin"), cast.actor("security")


def address(system, receiver, *events):
    """An address that is open; its signing key."""
    made = subscribing.subscribe(system.pk, ADMIN, receiver.address, events or ["alert"])
    return made.pk, subscribing.open_address(made.pk, SECURITY)


@pytest.fixture
def hook(system, receiver):
    return address(system, receiver)


def alert(number=1, unit="2201"):
    return open_from_finding(finding(subject_id=f"E{number:04}"), Unit.objects.get(pk=unit), SYSTEM)


def sign(record):
    return advance(record, "sign", cast.actor("front"), given(record, "sign"))


def stands():
    return list(Delivery.objects.order_by("pk").values_list("stand", flat=True))


def later(**span):
    """As if so much time had passed for what waits."""
    Delivery.objects.filter(stand=Stand.WAITING).update(next_try_at=timezone.now() - timedelta(seconds=1))
    for one in Delivery.objects.exclude(first_tried_at=None):
        Delivery.objects.filter(pk=one.pk).update(first_tried_at=one.first_tried_at - timedelta(**span))


def test_key_loop_step_state_time_and_unit_are_told_and_nothing_else(hook, receiver):
    record = sign(alert())
    delivering.send_all(hook[0])
    assert [json.loads(body)["type"] for _, body in receiver.got] == ["alert.start", "alert.sign"]
    assert receiver.told[1] == {"key": record.key, "loop": "alert", "step": "sign", "state": "signed", "unit": "2201"}
    assert set(json.loads(receiver.got[0][1])) == {"type", "timestamp", "data"}
    assert stands() == ["delivered", "delivered"]


def test_a_delivery_is_signed_as_standard_webhooks_say(hook, receiver):
    alert()
    delivering.send_all(hook[0])
    [(told, body)] = receiver.got
    said = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hook[1].removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    assert told["webhook-signature"] == f"v1,{wanted}"
    assert abs(int(told["webhook-timestamp"]) - timezone.now().timestamp()) < 300


def test_the_signature_is_that_of_the_published_example():
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    told = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_signing_key_is_shown_once_and_lies_closed(hook):
    pk, secret = hook
    row = Subscription.objects.get(pk=pk)
    assert secret not in str(Subscription.objects.values().get())
    assert not [entry for entry in Entry.objects.all() if secret in entry.body]
    assert secret_of(row.secret, pk) == secret
    with pytest.raises(ValueError, match="does not open"):
        secret_of(row.secret, pk + 1)
    assert new_secret() != secret


def test_what_the_system_may_not_see_is_never_sent(system, receiver, hook):
    alert(1, "5301")
    sign(alert(2, "2201"))
    delivering.send_all(hook[0])
    assert {one["unit"] for one in receiver.told} == {"2201"}
    assert stands() == ["withheld", "delivered", "delivered"]


def test_it_is_asked_at_sending_what_may_be_seen(hook, receiver):
    record = alert()
    Alert._base_manager.filter(pk=record.pk).update(district_code="5300", house_code="5301", unit_code="5301")
    delivering.send_all(hook[0])
    assert (receiver.got, stands()) == ([], ["withheld"])


def test_a_compartment_is_not_even_written_down(hook, receiver):
    record = alert()
    Alert._base_manager.filter(pk=record.pk).update(label="integrity", compartment="2200")
    Delivery.objects.all().delete()
    record.refresh_from_db()
    [told] = [one for one in SUBSCRIBERS["alert.sign"] if getattr(one, "func", None)]
    told(record, SYSTEM, {})
    assert not Delivery.objects.exists()
    assert not {"lead", "inquiry", "discipline"} & {event.partition(".")[0] for event in subscribing.known_events()}


def test_only_the_events_that_were_asked_for(system, receiver):
    pk, _ = address(system, receiver, "alert.sign", "clue")
    sign(alert())
    delivering.send_all(pk)
    assert [one["step"] for one in receiver.told] == ["sign"]


def test_a_failure_is_waited_out_longer_each_time_and_arrives(hook, receiver):
    receiver.answers = [500, 503, 429]
    alert()
    pauses = []
    for _ in range(3):
        delivering.send_all(hook[0])
        one = Delivery.objects.get()
        pauses.append(round((one.next_try_at - timezone.now()).total_seconds(), -1))
        delivering.send_all(hook[0])  # nothing is due yet
        later(seconds=0)
    assert pauses == [10, 20, 40]
    delivering.send_all(hook[0])
    assert (len(receiver.got), stands()) == (4, ["delivered"])
    numbers = {headers["webhook-id"] for headers, _ in receiver.got}
    assert len(numbers) == 1  # a receiver knows the repeated one again


def test_each_record_is_told_in_order_and_does_not_wait_for_another(hook, receiver):
    first, second = alert(1), alert(2)
    receiver.refuses = {first.key}
    sign(first)
    sign(second)
    delivering.send_all(hook[0])
    assert [(one["key"], one["step"]) for one in receiver.told] == [
        *((first.key, "start"), (second.key, "start"), (second.key, "sign"))
    ]
    receiver.refuses = set()
    later(seconds=0)
    delivering.send_all(hook[0])
    assert [one["step"] for one in receiver.told if one["key"] == first.key] == ["start", "start", "sign"]
    assert set(stands()) == {"delivered"}


def test_after_a_day_without_success_the_address_is_stopped_and_the_administrators_are_told(hook, receiver):
    for who in ("admin", "security", "front", "leader_hq"):
        cast.person(who)
    receiver.answers = [500] * 9
    alert()
    delivering.send_all(hook[0])
    later(hours=25)
    delivering.send_all(hook[0])
    one = Subscription.objects.get()
    assert not one.runs
    assert "连续24小时未送达" in one.stopped_because
    assert Entry.objects.filter(event="webhook.stopped", subject=f"webhook/{one.pk}").count() == 1
    tried = len(receiver.got)
    later(seconds=0)
    assert delivering.send_all(hook[0]) == {}
    _both_administrators_are_told_and_nobody_else(one)
    assert len(receiver.got) == tried
    receiver.answers = []
    subscribing.open_address(one.pk, SECURITY)  # what waited is told when it is opened again
    delivering.send_all(hook[0])
    assert stands() == ["delivered"]


def _both_administrators_are_told_and_nobody_else(one):
    told = {row.person_id: row for row in Notice.objects.filter(loop="webhook")}
    assert set(told) == {"admin", "security"}
    [message] = messages(ADMIN)
    assert one.address in message.matter.title.zh
    assert "连续24小时未送达" in message.matter.state.zh
    assert (unread(ADMIN), unread(SECURITY)) == (1, 1)
    Notice.objects.filter(person_id="security").update(person_id="front")
    assert (messages(cast.actor("front")), unread(cast.actor("front"))) == ([], 0)
    browser = signed_in("admin")
    assert one.address in browser.get("/messages/").content.decode()
    assert browser.get(f"/messages/{told['admin'].pk}/").url == f"/office/systems/{one.system_id}/"
    assert unread(ADMIN) == 0


def test_one_delivery_that_never_goes_through_is_given_up_while_others_do(hook, receiver):
    bad, good = alert(1), alert(2)
    receiver.refuses = {bad.key}
    delivering.send_all(hook[0])
    later(hours=25)
    delivering.send_all(hook[0])
    assert sorted(stands()) == ["delivered", "given_up"]
    assert Subscription.objects.get().runs
    assert good.key in {one["key"] for one in receiver.told}


def test_a_delivery_is_told_once_more_under_its_number(hook, receiver):
    alert()
    delivering.send_all(hook[0])
    subscribing.replay_delivery(Delivery.objects.get().pk, ADMIN)
    delivering.send_all(hook[0])
    assert len(receiver.got) == 2
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    with pytest.raises(NotAllowed):
        subscribing.replay_delivery(Delivery.objects.get().pk, cast.actor("front"))


def test_a_step_that_fails_tells_nobody(hook, monkeypatch):
    record = alert()
    before = Delivery.objects.count()

    def broken(record, actor, facts):
        raise RuntimeError("after the row was written")

    monkeypatch.setitem(SUBSCRIBERS, "alert.sign", [*SUBSCRIBERS["alert.sign"], broken])
    with pytest.raises(RuntimeError):
        sign(record)
    assert Delivery.objects.count() == before


def test_two_senders_are_never_at_one_address(hook, receiver):
    alert()
    assert delivering._take(hook[0]) is not None
    assert delivering.send_all(hook[0]) == {}
    assert receiver.got == []
    Subscription.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert delivering.send_all(hook[0]) == {"delivered": 1}


def test_the_sweep_finds_what_was_left_behind(hook, receiver):
    alert()
    Job.objects.all().delete()  # as if every job had been given up
    assert sweep.call() == 1
    assert Job.objects.filter(task="guanjian.outside.tasks.send", args=[hook[0]]).count() == 1
    delivering.send_all(hook[0])
    assert sweep.call() == 0


def test_a_slow_address_gives_the_worker_back_and_has_its_next_turn_at_once(hook, receiver, monkeypatch):
    monkeypatch.setattr(delivering, "SECONDS_AT_A_TIME", 0.05)
    receiver.pause = 0.06
    sign(alert())
    Job.objects.all().delete()
    assert send.call(hook[0]) == {"delivered": 1}
    assert Job.objects.filter(task="guanjian.outside.tasks.send").count() == 1
    assert send.call(hook[0]) == {"delivered": 1}
    assert Job.objects.filter(task="guanjian.outside.tasks.send").count() == 1


def test_a_system_that_ended_is_told_nothing_more(hook, system, receiver):
    alert()
    registry.end_system(system.pk, ADMIN)
    delivering.send_all(hook[0])
    assert receiver.got == []


def test_an_address_that_turned_internal_gets_nothing(hook, receiver, settings):
    settings.GUANJIAN_WEBHOOK_NETWORKS = []
    alert()
    delivering.send_all(hook[0])
    assert receiver.got == []
    assert "内部或保留地址" in Delivery.objects.get().answer
