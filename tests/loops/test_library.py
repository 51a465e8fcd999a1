"""The case information base answers alike on both databases, Chinese names among its enterprises included."""

import pytest
from django.core.management import call_command

from guanjian.loops.case.library import Sought, search
from guanjian.loops.case.models import Case
from guanjian.moving.touching import touching
from tests import cast
from tests.cast import actor
from tests.loops.world import record_of
from tests.postgres import *  # noqa: F403


@pytest.fixture
def taught(rows):
    call_command("migrate", verbosity=0, interactive=False)
    cast.settle()
    case = record_of(Case, enterprises=["E0001", "样例泵业"], hs_code="8413910090", modus=["low_price"])
    Case.objects.update(state="fed_back", lesson="低报四成", scope="open")
    return case


def test_it_is_found_by_each_name_and_way_and_by_nothing_like_it(taught):
    for sought in ({"enterprise": "E0001"}, {"enterprise": "样例泵业"}, {"modus": "low_price"}, {"hs_code": "841391"}):
        assert [case.pk for case in search(actor("front"), Sought(**sought))] == [taught.pk], sought
    for sought in ({"enterprise": "样例"}, {"enterprise": "E000"}, {"modus": "low"}):
        assert search(actor("front"), Sought(**sought)) == [], sought
    assert touching(Case.objects.all(), "hs_code", "8413").get() == taught
