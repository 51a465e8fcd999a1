"""Fines in place of a transfer: the criminal threshold, and nothing that the police were told of."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guanjian.lenses.fined import fined_as_crimes
from guanjian.loops.case.rules import CRIME_FROM_CNY
from tests.lenses.small_lake import small_lake

AT = datetime(2026, 5, 4, 2, tzinfo=UTC)


def case(number, evaded, kind="administrative", **more):
    given = {"unit_code": "2201", "filed_at": AT, "topic": "价格", "modus": ["low_price"], "channel": "clearance"}
    given |= {"entry_ids": [f"22012026{number:0>10}"], "enterprise_ids": ["E1"], "status": "closed", "label": "limited"}
    return {"case_id": f"C{number}", "kind": kind, "evaded_cny": Decimal(evaded), **given, **more}


def fine(case_id, amount):
    return {"case_id": f"C{case_id}", "decided_at": AT, "tier": "normal", "base_cny": Decimal(1), "officers": ["g1"],
            "fine_cny": Decimal(amount)}  # fmt: skip


@pytest.fixture
def found(tmp_path):
    rows = [
        case(1, 200_000),  # a company at its threshold
        case(2, 199_999),  # just below
        case(3, 150_000, enterprise_ids=[]),  # a person above his
        case(4, 900_000),  # not fined
        case(5, 900_000),  # the police know its declaration
        case(6, 900_000, "criminal", entry_ids=["220120260000000005"]),
        case(7, 900_000),  # fined with nothing
    ]
    fines = [fine(n, 5000) for n in (1, 2, 3, 5, 6)] + [fine(1, 700), fine(7, 0)]
    path = small_lake(tmp_path, cases=rows, penalties=fines)
    return fined_as_crimes(path, CRIME_FROM_CNY)


def test_only_fines_at_the_criminal_threshold_are_found(found):
    assert [(row["case_id"], row["unit_code"], row["fine_cny"]) for row in found] == [
        *(("C1", "2201", Decimal(5700)), ("C3", "2201", Decimal(5000))),
    ]


def test_no_person_is_named(found):
    assert set(found[0]) == {"case_id", "unit_code", "evaded_cny", "fine_cny", "decided_at"}
