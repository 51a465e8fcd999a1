"""Flushing tests may empty the ledger, and find its guards in place again."""

import pytest
from django.db import connection

from guanjian.ledger import guards
from guanjian.ledger.models import Entry
from guanjian.ledger.rows import append
from guanjian.ledger.sequencer import seal_all


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_each_flushing_test_begins_with_an_empty_guarded_ledger(turn, tmp_path, settings):
    settings.GUANJIAN_HOME = tmp_path
    assert not Entry.objects.exists()
    assert guards.missing(connection) == []
    append("2200", "alert.sign", "alert:1", "u", {})
    assert seal_all() == 1
