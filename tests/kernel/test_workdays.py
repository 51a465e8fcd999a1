"""Time limits against a second, plain reading, and the cases that the law names."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian import org
from guanjian.kernel.errors import BadInput
from guanjian.kernel.workdays import CHINA, Calendar, Limit, add_months, due, lamp

with open(Path(org.__file__).with_name("holidays.csv"), encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
SHIPPED = Calendar(
    frozenset(date.fromisoformat(row["day"]) for row in ROWS if row["kind"] == "holiday"),
    frozenset(date.fromisoformat(row["day"]) for row in ROWS if row["kind"] == "workday"),
    date(2027, 12, 31),
)


def plainly(day: date, count: int) -> date:
    """Look the shipped file up day by day."""
    kinds = {row["day"]: row["kind"] for row in ROWS}
    while count:
        day += timedelta(days=1)
        kind = kinds.get(day.isoformat(), "workday" if day.weekday() < 5 else "holiday")
        count -= kind == "workday"
    return day


@given(st.dates(date(2025, 1, 1), date(2027, 6, 30)), st.integers(1, 60))
def test_working_days_equal_the_plain_reading(day, count):
    assert SHIPPED.add_working_days(day, count) == plainly(day, count)


def test_national_day_does_not_count():
    friday = datetime(2026, 9, 30, 16, 0, tzinfo=CHINA)
    assert due(friday, Limit(1, "wd"), SHIPPED) == datetime(2026, 10, 9, 0, 0, tzinfo=CHINA)


def test_hours_run_through_the_night_and_days_end_at_midnight():
    start = datetime(2026, 11, 21, 23, 30, tzinfo=CHINA)
    assert due(start, Limit(2, "h"), SHIPPED) == datetime(2026, 11, 22, 1, 30, tzinfo=CHINA)
    assert due(start, Limit(3, "cd"), SHIPPED) == datetime(2026, 11, 25, 0, 0, tzinfo=CHINA)


def test_the_day_is_the_day_in_beijing():
    just_past_midnight_there = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    assert due(just_past_midnight_there, Limit(1, "cd"), SHIPPED) == datetime(2026, 11, 23, 0, 0, tzinfo=CHINA)


def test_a_month_from_the_31st_ends_with_the_shorter_month():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 15) == date(2028, 2, 29)


def test_beyond_its_end_the_table_says_so_instead_of_guessing():
    with pytest.raises(BadInput, match="2027-12-31"):
        SHIPPED.add_working_days(date(2027, 12, 30), 5)


@pytest.mark.parametrize(("left", "colour"), [(10, "green"), (4, "green"), (3, "yellow"), (1, "yellow"), (0, "red")])
def test_lamp_turns_yellow_at_thirty_per_cent_and_red_when_over(left, colour):
    start = datetime(2026, 11, 1, tzinfo=CHINA)
    end = start + timedelta(days=10)
    assert lamp(start, end, end - timedelta(days=left)) == colour


def test_no_limit_no_lamp():
    assert lamp(datetime(2026, 11, 1, tzinfo=CHINA), None, datetime(2026, 12, 1, tzinfo=CHINA)) == "none"
