"""How far a rule is followed: its controls asked of whole objects that began in its period and its territory."""

from datetime import UTC, date, datetime

import pytest

from guanjian.crossing import execution
from guanjian.ingest.lake import Lake
from guanjian.loops.rulebook.models import Rulebook
from tests import cast
from tests.lenses.small_lake import small_lake
from tests.loops.test_rulebook import living

UNITS = [
    {"unit_code": "2200", "name": "上海", "level": "district", "parent_code": "0000", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2201", "name": "甲关", "level": "house", "parent_code": "2200", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2201-01", "name": "科", "level": "section", "parent_code": "2201", "district_code": "2200", "kind": "customs"},
    {"unit_code": "2202", "name": "乙关", "level": "house", "parent_code": "2200", "district_code": "2200", "kind": "customs"},
    {"unit_code": "5301", "name": "丙关", "level": "house", "parent_code": "5300", "district_code": "5300", "kind": "customs"},
]  # fmt: skip
OFFICER = {"name": "模拟", "personnel_line": "customs", "post_level": "科员", "rank_ordinal": 10, "post": "examination",
           "in_post_since": date(2024, 1, 1)}  # fmt: skip
OFFICERS = [
    {**OFFICER, "officer_id": name, "unit_code": unit}
    for name, unit in (
        ("a1", "2201-01"),
        ("a2", "2201"),
        ("b1", "2202"),
        ("b2", "2202"),
        ("c1", "5301"),
        ("c2", "5301"),
    )
]
EXAM = {"mode": "A", "required_mode": "A", "finding": False, "handling": "11", "place": "场所"}
MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def exam(number: str, at: datetime, first: str, second: str | None) -> dict:
    return {
        **EXAM,
        "exam_id": number,
        "entry_id": f"e{number}",
        "officer1": first,
        "officer2": second,
        "started_at": at,
    }


EXAMS = [
    exam("house", datetime(2026, 3, 10, 1, tzinfo=UTC), "a1", "a2"),
    exam("house alone", datetime(2026, 3, 11, 1, tzinfo=UTC), "a1", None),
    exam("next door", datetime(2026, 3, 12, 1, tzinfo=UTC), "b1", "b2"),
    exam("elsewhere alone", datetime(2026, 3, 12, 1, tzinfo=UTC), "c1", None),
    exam("the last minute in Beijing", datetime(2026, 3, 31, 15, 59, tzinfo=UTC), "a1", "a2"),
    exam("April in Beijing", datetime(2026, 3, 31, 16, 0, tzinfo=UTC), "a1", None),
    exam("February", datetime(2026, 2, 20, tzinfo=UTC), "a1", None),
]


@pytest.fixture
def lake(db, tmp_path):
    cast.settle()
    return Lake.open(small_lake(tmp_path, units=UNITS, officers=OFFICERS, examinations=EXAMS))


def evaluated(unit: str, controls: list[str]) -> Rulebook:
    """A rule of this unit whose March is evaluated."""
    rule = living(controls=controls)
    where = {"unit_code": unit, "district_code": f"{unit[:2]}00", "house_code": "" if unit.endswith("00") else unit}
    first, last = MARCH
    Rulebook.objects.update(state="evaluating", from_day=first, until_day=last, **where)
    return Rulebook.objects.get(pk=rule.pk)


@pytest.mark.parametrize(
    ("unit", "tested", "breached"), [("0000", 5, 2), ("2200", 4, 1), ("2201", 3, 1), ("5300", 1, 1)]
)
def test_it_is_measured_in_its_own_territory_and_period(lake, unit, tested, breached):
    evaluated(unit, ["C-EXM-01"])
    assert execution.measure_all(lake) == 1
    rule = Rulebook.objects.get()
    assert (rule.tested, rule.breached) == (tested, breached)
    assert rule.measured == [
        {"control": "C-EXM-01", "tested": str(tested), "breached": str(breached), "untestable": "0"}
    ]


def test_it_is_measured_once(lake):
    evaluated("2200", ["C-EXM-01"])
    assert [execution.measure_all(lake) for _ in range(2)] == [1, 0]


def test_a_control_that_is_not_known_is_said_to_test_nothing(lake):
    rule = evaluated("2200", ["C-EXM-01", "X-99"])
    rows = execution.measured(rule, lake)["measured"]
    assert [(row["control"], row["tested"]) for row in rows] == [("C-EXM-01", "4"), ("X-99", "0")]


def test_a_rule_that_names_no_control_says_so(lake):
    told = execution.measured(evaluated("2200", []), lake)
    assert (told["tested"], told["measured_note"]) == ("0", execution.NO_CONTROL)
