"""Sealed records on real databases: of many members who press at once one wins, and what is left opens and verifies."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from guanjian.kernel.errors import NotAllowed, Stale
from guanjian.ledger.verify import verify
from guanjian.loops.lead.actions import open_from_finding
from guanjian.loops.lead.models import Lead
from guanjian.moving.models import Kept, Wrap
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from guanjian.org.unlocked import unlocked
from tests import cast
from tests.cast import actor
from tests.loops.findings import finding_about_a_person
from tests.loops.moves import go
from tests.postgres import *  # noqa: F403

CLERKS = 6


@pytest.fixture
def keys(rows):
    call_command("migrate", verbosity=0, interactive=False)
    cast.settle()
    register_records()
    return cast.give_keys(*cast.KEYED)


def test_of_many_members_at_once_one_wins_and_the_record_opens_for_all(keys):
    lead = open_from_finding(finding_about_a_person(), Unit.objects.get(pk="2201-01"), SYSTEM)

    def press(who):
        try:
            with unlocked(keys):
                return advance(lead, "sign", actor(who), {}, 1).state
        except (Stale, NotAllowed) as refusal:
            return refusal.status
        finally:
            connection.close()

    with ThreadPoolExecutor(CLERKS) as clerks:
        answers = list(clerks.map(press, ["oversight", "oversight_two"] * (CLERKS // 2)))
    assert sorted(map(str, answers)) == sorted(["signed", *["409"] * (CLERKS - 1)])
    with unlocked(keys):
        go(Lead.objects.get(), ("verify", "oversight_two"))
        for who in ("oversight", "oversight_two"):
            assert Lead.objects.visible_to(actor(who)).get().explanation == "申报单价低于同行"
    assert Wrap.objects.filter(kind=Kept.MEMBER).count() == 2
    assert Wrap.objects.filter(kind=Kept.SHARE).count() == 3
    assert verify().breaches == []
