"""A lens shows what lies in the actor's territory, and nothing else: the filter is inside the query."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from guanjian.kernel.errors import NotFound
from guanjian.lenses.declaration import declaration
from guanjian.lenses.enterprise import enterprise
from tests.cast import actor
from tests.lenses.small_lake import small_lake

AT = datetime(2026, 5, 4, 2, tzinfo=UTC)
WHO_SEES = {"front": "2201", "function": "2201 2202", "leader_hq": "2201 2202 5301", "stranger": "5301", "admin": ""}


def entry(unit, number):
    given = {"ie": "import", "declared_at": AT, "trade_mode": "0110", "consignee_id": "E1", "value_cny": Decimal(100)}
    return {"entry_id": f"{unit}20261{number:09d}", "unit_code": unit, **given}


UNITS = [
    {"unit_code": code, "name": code, "level": level, "district_code": district, "kind": "customs"}
    for code, level, district in (("2201", "house", "2200"), ("2202", "house", "2200"), ("5301", "house", "5300"))
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    declarations = [entry(unit, 1) for unit in ("2201", "2202", "5301")]
    examined = [
        {"exam_id": f"X{row['entry_id']}", "entry_id": row["entry_id"], "mode": "A", "officer1": "g1", "started_at": AT,
         "finding": True, "handling": "1"} for row in declarations
    ]  # fmt: skip
    return small_lake(tmp_path_factory.mktemp("lens"), units=UNITS, declarations=declarations, examinations=examined)


@pytest.mark.parametrize("name", WHO_SEES)
@pytest.mark.parametrize("unit", ["2201", "2202", "5301"])
def test_a_declaration_is_seen_within_the_territory_and_is_not_there_outside(name, unit, lake):
    number = f"{unit}20261000000001"
    if unit in WHO_SEES[name].split():
        seen = declaration(actor(name), lake, number)
        assert seen["head"]["declared_at"] == AT
        assert len(seen["examinations"]) == 1
    else:
        with pytest.raises(NotFound):
            declaration(actor(name), lake, number)


@pytest.mark.parametrize("name", WHO_SEES)
def test_an_enterprise_s_figures_count_only_the_territory(name, lake):
    seen = enterprise(actor(name), lake, "E1")
    there = WHO_SEES[name].split()
    assert seen["totals"]["declarations"] == len(there)
    assert seen["examinations"]["found"] == len(there)
    assert sorted(row["unit_code"] for row in seen["newest"]) == there


def test_no_lake_is_said_in_one_sentence(tmp_path):
    with pytest.raises(NotFound, match="导入"):
        declaration(actor("front"), tmp_path, "1")
