"""Who joins the list of a sealed record, and what two custodians give back."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from guanjian.kernel.envelopes.wrap import unwrapped
from guanjian.kernel.errors import BadInput, Locked, NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.loops.lead.models import Lead
from guanjian.moving import custody
from guanjian.moving.access import place
from guanjian.moving.models import Disclosure, Kept, Recovery, Wrap
from guanjian.org import keyring
from guanjian.org.models import Appointment
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.cast import actor
from tests.loops.moves import go
from tests.moving.sealed_lead import *  # noqa: F403
from tests.moving.sealed_lead import SECRETS, open_lead
from tests.signed_in import browser


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
