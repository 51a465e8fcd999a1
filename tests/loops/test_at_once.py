"""On real databases: of many who press the same button one wins, and every record reads back as it was left."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from guanjian import wiring
from guanjian.kernel.errors import NotAllowed, Stale
from guanjian.ledger.models import Entry
from guanjian.ledger.verify import verify
from guanjian.loops.alert.actions import open_from_finding
from guanjian.loops.alert.models import Alert
from guanjian.moving import verbs
from guanjian.moving.sealing import register_records
from guanjian.moving.verbs import advance
from guanjian.org.actor import SYSTEM
from guanjian.org.models import Unit
from tests import cast
from tests.cast import actor
from tests.loops import test_chain
from tests.loops.findings import finding
from tests.loops.world import MODELS
from tests.postgres import *  # noqa: F403

CLERKS = 8


@pytest.fixture
def alert(rows, monkeypatch):
    call_command("migrate", verbosity=0, interactive=False)
    cast.settle()
    monkeypatch.setattr(verbs, "SUBSCRIBERS", dict(wiring.CHAIN))
    register_records()
    return open_from_finding(finding(), Unit.objects.get(pk="2201"), SYSTEM)


def press(version):
    """Sign for the alert in a thread of one's own; what became of it."""
    try:
        return advance(Alert.objects.get(), "sign", actor("front"), {}, version).state
    except (Stale, NotAllowed) as refusal:
        return refusal.status
    finally:
        connection.close()


@pytest.mark.parametrize(("version", "told"), [(1, Stale.status), (None, NotAllowed.status)])
def test_of_many_at_once_one_wins_and_the_others_are_told(alert, version, told):
    with ThreadPoolExecutor(CLERKS) as clerks:
        answers = list(clerks.map(press, [version] * CLERKS))
    assert sorted(map(str, answers)) == sorted(["signed", *[str(told)] * (CLERKS - 1)])
    assert (Alert.objects.get().version, Entry.objects.filter(event="alert.sign").count()) == (2, 1)


def test_the_whole_chain_reads_back_as_it_was_left(alert):
    test_chain.fed_back(alert, gap_code="price_check", gap_description="价格审核未覆盖该商品")
    report = verify()
    records = {model.FLOW.name: model.objects.count() for model in MODELS if model.objects.exists()}
    assert {"alert", "clue", "case", "rectify"} <= set(records)
    assert (report.breaches, report.records) == ([], sum(records.values()))
