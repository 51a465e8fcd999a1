"""A sealed record: a copy of everything the office stores tells nothing; only its list opens it; two custodians recover it."""

import json
import sqlite3
from datetime import date
from time import perf_counter

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from guanjian.kernel.envelopes.box import WrongKey
from guanjian.kernel.envelopes.wrap import unwrapped
from guanjian.kernel.errors import BadInput, Locked, NotAllowed, NotFound, Unreadable
from guanjian.ledger.models import Entry
from guanjian.ledger.verify import verify
from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.moving import custody
from guanjian.moving.access import place
from guanjian.moving.models import Disclosure, Kept, Recovery, Wrap
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import advance
from guanjian.org import keyring
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Appointment, KeyPair, Relation, Unit
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.cast import actor, private_key
from tests.loops.findings import finding_about_a_person
from tests.loops.moves import go
from tests.signed_in import browser

SECRETS = {
    "subject": "g22010499",
    "trader": "E9137001",
    "explanation": "该关员与企业往来异常密切",
    "checked": "调取派单日志比对班次",
    "question": "请说明国庆值班安排",
    "reply": "当日系统自动派单",
    "reasons": "派单日志证明线索不成立",
}


@pytest.fixture
def keys(db):
    cast.settle()
    made = cast.give_keys(*cast.KEYED, "g22010499")
    Appointment.objects.filter(person__username="g22010499").update(post="frontline", unit_id="2201")
    register_records()
    return made


@pytest.fixture
def lead(keys):
    told = {"subject_id": "g22010499|E9137001", "explanation": SECRETS["explanation"]}
    return open_from_finding(finding_about_a_person(**told), Unit.objects.get(pk="2201-01"), SYSTEM)


@pytest.fixture
def worked(lead, keys):
    """Asked, answered by the person himself, and proposed to be refuted."""
    person = actor("front", (cast.Post.FRONTLINE, "2201"))
    person = type(person)("g22010499", "g22010499", person.holdings)
    with unlocked(keys):
        lead = go(lead, ("sign", "oversight"), ("verify", "oversight", {"checked": SECRETS["checked"]}))
        lead = go(lead, ("ask", "oversight", {"question": SECRETS["question"] + "及往来情况"}))
        lead = advance(lead, "reply", person, {"reply": SECRETS["reply"]})
        return go(lead, ("refute", "oversight", {"reasons": SECRETS["reasons"]}))


def dumped() -> str:
    """Everything that is stored: each row of each table, the sessions opened as well."""
    rows = [row for model in apps.get_models(include_auto_created=True) for row in model._base_manager.all()]
    told = serializers.serialize("json", rows, ensure_ascii=False)
    connection.ensure_connection()
    raw = connection.connection if isinstance(connection.connection, sqlite3.Connection) else None
    lines = "\n".join(raw.iterdump()) if raw else ""
    return told + lines + json.dumps([row.get_decoded() for row in Session.objects.all()], ensure_ascii=False)


def open_lead() -> Lead:
    return Lead.objects.visible_to(actor("oversight")).get()


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


def test_who_leaves_the_post_loses_access_at_once_and_the_next_step_closes_anew_without_him(lead, keys):
    before = Lead._base_manager.get()
    old = Wrap.objects.get(keypair__person__username="oversight_two", kind=Kept.MEMBER).box
    Appointment.objects.filter(person__username="oversight_two").update(until=date(2024, 1, 1))
    with unlocked(keys):
        gone = cast.person("oversight_two").actor()
        assert not Lead.objects.visible_to(gone).exists()
        go(lead, ("sign", "oversight"))
    assert not Wrap.objects.filter(keypair__person__username="oversight_two", kind=Kept.MEMBER).exists()
    after = Lead._base_manager.get()
    assert before.open_with(keys["oversight_two"], old)
    assert not after.open_with(keys["oversight_two"], old)
    assert Entry.objects.filter(event="lead.off_the_list").count() == 1


def newcomer(keys) -> dict:
    return {**keys, **cast.give_keys("later")}


def test_who_joins_later_sees_nothing_until_a_member_lets_him_in(lead, keys):
    with unlocked(newcomer(keys)):
        later = cast.Actor("later", "later", actor("oversight").holdings)
        assert not Lead.objects.visible_to(later).exists()
        with pytest.raises(NotFound):
            custody.admit(lead, later, "later")
        for who in ("front", "stranger_oversight", "nobody"):
            with pytest.raises(NotAllowed):
                custody.admit(lead, actor("oversight"), who)
        custody.admit(lead, actor("oversight"), "later")
        assert Lead.objects.visible_to(later).get().explanation == SECRETS["explanation"]
    noted = Entry.objects.get(event="lead.admitted")
    assert (noted.actor, json.loads(noted.body)["facts"]) == ("oversight", {"person": "later"})


def test_two_custodians_give_a_record_back_and_one_cannot(lead, keys):
    with unlocked(newcomer(keys)):
        begun = custody.begin_recovery("lead", lead.pk, actor("custodian"), "later", "两名承办人均已调离")
        with pytest.raises(NotAllowed):
            custody.finish_recovery(begun.pk, actor("custodian"))
        later = cast.Actor("later", "later", actor("oversight").holdings)
        assert not Lead.objects.visible_to(later).exists()
        custody.finish_recovery(begun.pk, actor("custodian_two"))
        assert Lead.objects.visible_to(later).get().explanation == SECRETS["explanation"]
        for who in ("custodian", "custodian_two"):
            assert not Lead.objects.visible_to(actor(who)).exists()
        with pytest.raises(NotAllowed):
            custody.finish_recovery(begun.pk, actor("custodian_three"))
    events = Entry.objects.filter(event__startswith="lead.recover").order_by("id").values_list("event", "actor")
    assert list(events) == [("lead.recovery_begun", "custodian"), ("lead.recovered", "custodian_two")]
    assert Recovery.objects.get().given == {}


def test_one_custodian_s_share_opens_nothing(lead, keys):
    row = Lead._base_manager.get()
    wrap = Wrap.objects.get(keypair__person__username="custodian", kind=Kept.SHARE)
    share = unwrapped(keys["custodian"], keyring.raw(wrap.box), place("lead", lead.pk, Kept.SHARE))
    assert len(share) == 32
    assert not row.unfold(share)


def test_the_first_custodian_alone_cannot_be_both_even_in_the_database(lead, keys):
    with unlocked(keys):
        begun = custody.begin_recovery("lead", lead.pk, actor("custodian"), "oversight", "密钥已失效需要恢复")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recovery.objects.filter(pk=begun.pk).update(second_by="custodian")


def test_nobody_is_recovered_for_who_could_not_be_on_the_list(lead, keys):
    with unlocked(keys):
        begun = custody.begin_recovery("lead", lead.pk, actor("custodian"), "stranger_oversight", "试图给其他关区")
        with pytest.raises(NotAllowed):
            custody.finish_recovery(begun.pk, actor("custodian_two"))
        for who in ("oversight", "admin", "front"):
            with pytest.raises((NotAllowed, Locked)):
                custody.begin_recovery("lead", lead.pk, actor(who), "oversight", "不是保管人的人")


def test_a_share_given_before_the_content_changed_joins_no_more(lead, keys):
    with unlocked(newcomer(keys)):
        begun = custody.begin_recovery("lead", lead.pk, actor("custodian"), "later", "承办人均已调离岗位")
        go(lead, ("sign", "oversight"))
        with pytest.raises(NotAllowed, match="重新发起"):
            custody.finish_recovery(begun.pk, actor("custodian_two"))


def test_whom_it_is_about_is_shown_after_a_custodian_agreed_and_to_who_asked_alone(lead, keys):
    with unlocked(keys):
        assert open_lead().subject_id == "（未披露）|E9137001"
        page = browser("oversight").get(f"/lead/{lead.pk}/").content.decode()
        assert "g22010499" not in page
        asked = custody.ask_disclosure(lead, actor("oversight"), "须调取其排班记录核实")
        with pytest.raises(NotAllowed):
            custody.decide_disclosure(asked.pk, actor("oversight"), True)
        assert custody.reason_of(asked.reason, actor("custodian")) == "须调取其排班记录核实"
        assert open_lead().subject_id == "（未披露）|E9137001"
        custody.decide_disclosure(asked.pk, actor("custodian"), True)
        assert open_lead().subject_id == "g22010499|E9137001"
        assert Lead.objects.visible_to(actor("oversight_two")).get().subject_id == "（未披露）|E9137001"
        assert "g22010499" in browser("oversight").get(f"/lead/{lead.pk}/").content.decode()
    told = Entry.objects.filter(event__contains="disclosure").order_by("id").values_list("event", "actor")
    assert list(told) == [("lead.disclosure_asked", "oversight"), ("lead.disclosure_agreed", "custodian")]


def test_a_refused_disclosure_shows_nothing_and_a_reason_is_needed(lead, keys):
    with unlocked(keys):
        with pytest.raises(BadInput):
            custody.ask_disclosure(lead, actor("oversight"), "想看")
        asked = custody.ask_disclosure(lead, actor("oversight"), "须调取其排班记录核实")
        custody.decide_disclosure(asked.pk, actor("custodian"), False)
        assert open_lead().subject_id == "（未披露）|E9137001"
        with pytest.raises(NotAllowed):
            custody.decide_disclosure(asked.pk, actor("custodian_two"), True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=asked.pk).update(decided_by="oversight", agreed=True)


def test_a_row_with_the_name_struck_out_is_never_written(lead, keys):
    with unlocked(keys), pytest.raises(ValueError, match="showing only"):
        open_lead().store()


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
        began = perf_counter()
        assert all(row.is_open for row in Lead.objects.visible_to(actor("oversight")))
        whole = perf_counter() - began
    client = browser("oversight")
    client.get("/lead/")
    began = perf_counter()
    page = client.get("/lead/")
    shown = perf_counter() - began
    print(f"200 opened in {whole:.3f} s, the queue drawn in {shown:.3f} s")
    assert page.content.decode().count("INT-01") >= 25
    assert whole < 2
    assert shown < 1.5
