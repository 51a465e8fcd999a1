"""A sealed record: a copy of everything the office stores tells nothing; only its list opens it; two custodians recover it."""

import json
from datetime import date
from time import process_time

import pytest
from django.core import serializers

from guanjian.kernel.envelopes.box import WrongKey
from guanjian.kernel.envelopes.wrap import unwrapped
from guanjian.kernel.errors import Locked, NotAllowed, Unreadable
from guanjian.ledger.models import Entry
from guanjian.ledger.verify import verify
from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.moving.access import place
from guanjian.moving.models import Kept, Wrap
from guanjian.moving.verbs import advance
from guanjian.org import keyring
from guanjian.org.actor import SYSTEM
from guanjian.org.models import KeyPair, Relation, Unit
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.cast import actor, private_key
from tests.loops.findings import finding_about_a_person
from tests.loops.moves import go
from tests.moving.sealed_lead import *  # noqa: F403
from tests.moving.sealed_lead import SECRETS, dumped, open_lead
from tests.signed_in import browser


def test_a_copy_of_everything_stored_tells_nothing_of_the_content(worked, keys):
    with unlocked(keys):
        page = browser("oversight").get(f"/lead/{worked.pk}/").content.decode()
    assert SECRETS["checked"] in page
    told = dumped()
    assert f"lead/{worked.pk}" in told
    people = {name: text for name, text in SECRETS.items() if name not in ("subject",)}
    assert [name for name, text in people.items() if text in told or text.encode().hex() in told] == []
    about = [line for line in told.splitlines() if "g22010499" in line and "lead" in line and "INSERT" in line]
    assert about == []


def test_no_row_of_a_lead_or_its_ledger_names_whom_it_is_about(worked):
    rows = [*Lead._base_manager.all(), *Wrap.objects.all(), *Entry.objects.filter(subject=worked.key)]
    assert "g22010499" not in serializers.serialize("json", rows)
    assert "g22010499" not in str(list(Wrap.objects.values_list("keypair__person__username", flat=True)))


def test_the_settings_open_neither_the_keys_nor_the_content(worked, settings):
    for pair in KeyPair.objects.all():
        for guess in (settings.SECRET_KEY, f"demonstration {pair.person.username} {settings.SECRET_KEY}", ""):
            assert keyring.open_with(pair.person, guess) is None
    wrap = Wrap.objects.filter(kind=Kept.MEMBER).first()
    with pytest.raises(WrongKey):
        unwrapped(settings.SECRET_KEY.encode()[:32].ljust(32), keyring.raw(wrap.box), place("lead", 1, Kept.MEMBER))


def test_the_mark_of_a_finding_cannot_be_tested_without_the_settings(lead, settings):
    mark = Lead._base_manager.get().finding_key
    assert Lead.mark(finding_about_a_person(subject_id="g22010499|E9137001").key) == mark
    settings.SECRET_KEY = "another installation"
    assert Lead.mark(finding_about_a_person(subject_id="g22010499|E9137001").key) != mark


def test_a_member_reads_back_what_was_given_and_the_plain_reading_agrees(worked, keys):
    with unlocked(keys):
        read = open_lead()
        assert read.facts["verify"]["checked"] == SECRETS["checked"]
        assert read.facts["reply"]["reply"] == SECRETS["reply"]
        assert read.score == 4.5
        assert (read.verdict, read.question) == ("refuted", SECRETS["question"] + "及往来情况")
    row, wrap = Lead._base_manager.get(), Wrap.objects.get(keypair__person__username="oversight", kind=Kept.MEMBER)
    key = unwrapped(private_key("oversight"), keyring.raw(wrap.box), b"lead/%d/member" % row.pk)
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    box = keyring.raw(row.box)
    plain = json.loads(AESGCM(key).decrypt(box[1:13], box[13:], b"lead"))
    assert plain["facts"]["verify"]["checked"] == SECRETS["checked"]
    assert plain["subject_id"] == "g22010499|E9137001"


@pytest.mark.parametrize("cipher", ["aes256gcm", "sm4gcm"])
def test_either_cipher_closes_and_what_the_other_closed_stays_readable(keys, settings, cipher):
    settings.GUANJIAN_CIPHER = cipher
    made = open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    assert keyring.raw(Lead._base_manager.get().box)[0] == {"aes256gcm": 1, "sm4gcm": 2}[cipher]
    settings.GUANJIAN_CIPHER = "aes256gcm"
    with unlocked(keys):
        assert go(made, ("sign", "oversight"), ("verify", "oversight_two")).explanation == "申报单价低于同行"


def test_a_wrong_member_opens_nothing(lead, keys):
    strangers = {"stranger_oversight": keys["stranger_oversight"], "oversight_hq": keys["oversight_hq"]}
    with unlocked(strangers):
        for who in strangers:
            assert not Lead.objects.visible_to(actor(who)).exists()
            with pytest.raises(NotAllowed):
                advance(lead, "sign", actor(who), {})
    row = Lead._base_manager.get()
    for wrap in Wrap.objects.filter(kind=Kept.MEMBER):
        assert not row.open_with(keys["stranger_oversight"], wrap.box)
    with unlocked({"oversight": keys["stranger_oversight"]}):
        assert not open_lead().is_open


def test_without_an_open_key_the_row_says_so_and_no_step_is_taken(lead):
    closed = open_lead()
    assert (closed.title, closed.explanation, closed.facts) == ("（内容已加密，解锁后可见）", "", {})
    with pytest.raises(Locked):
        closed.must_be_open()
    with pytest.raises(Locked):
        advance(lead, "sign", actor("oversight"), {})


def test_the_detecting_job_writes_and_cannot_read(lead, keys):
    row = Lead._base_manager.get().open_for(SYSTEM)
    assert (row.is_open, row.explanation, row.subject_id, row.facts) == (False, "", "", {})
    assert not Lead.objects.visible_to(SYSTEM).exists()
    assert (
        open_from_finding(finding_about_a_person(subject_id="g22010499|E9137001"), Unit.objects.get(pk="2201"), SYSTEM)
        is None
    )


def test_what_concerns_a_member_or_his_relative_is_never_closed_for_him(keys):
    Relation.objects.create(one_id="oversight_two", other_id="g22010499", kind="relative", declared_on=date(2020, 1, 1))
    told = finding_about_a_person(subject_id="g22010499|E1")
    open_from_finding(told, Unit.objects.get(pk="2201-01"), SYSTEM)
    open_from_finding(finding_about_a_person(subject_id="oversight|E2"), Unit.objects.get(pk="2201-01"), SYSTEM)
    with unlocked(keys):
        assert [row.subject() for row in Lead.objects.visible_to(actor("oversight"))] == [("pair", "g22010499|E1")]
        assert [row.subject() for row in Lead.objects.visible_to(actor("oversight_two"))] == [("pair", "oversight|E2")]


def test_a_content_that_nobody_could_open_is_not_written(db):
    cast.settle()
    with pytest.raises(Unreadable):
        open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)
    assert not Lead.objects.exists()


def test_the_ledger_verifies_without_any_key_and_notices_a_changed_box(worked):
    assert verify().breaches == []
    box = Lead._base_manager.get().box
    Lead._base_manager.update(box=box[:-8] + "AAAAAAA=")
    assert len(verify().breaches) == 1


def test_a_box_put_into_another_row_does_not_open(keys):
    for trader in ("E1", "E2"):
        told = finding_about_a_person(subject_id=f"g22010499|{trader}")
        open_from_finding(told, Unit.objects.get(pk="2201-01"), SYSTEM)
    first, second = Lead._base_manager.order_by("pk")
    Lead._base_manager.filter(pk=second.pk).update(box=first.box, drop_key=first.drop_key)
    with unlocked(keys):
        assert [row.is_open for row in Lead.objects.visible_to(actor("oversight")).order_by("pk")] == [True, False]


def test_a_queue_of_two_hundred_sealed_leads_opens_quickly(keys):
    for number in range(200):
        told = finding_about_a_person(subject_id=f"g22010499|E{number:04}")
        open_from_finding(told, Unit.objects.get(pk="2201-01"), SYSTEM)
    with unlocked(keys):
        began = process_time()
        assert all(row.is_open for row in Lead.objects.visible_to(actor("oversight")))
        whole = process_time() - began
    client = browser("oversight")
    client.get("/lead/")
    began = process_time()
    page = client.get("/lead/")
    shown = process_time() - began
    print(f"200 opened in {whole:.3f} s, the queue drawn in {shown:.3f} s")
    assert page.content.decode().count("INT-01") >= 25
    assert whole < 2
    assert shown < 1.5
