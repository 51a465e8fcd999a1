"""Time limits against a second, plain reading, and the cases that the law names."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
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


def stood_plainly(start: datetime, limit: Limit, stops: list[tuple[datetime, datetime]]) -> datetime:
    """The same answer by walking: minute by minute for hours, midnight by midnight for days and months."""
    if limit.unit == "h":
        left, now = limit.amount * 60, start
        while left:
            left -= not any(a <= now < b for a, b in stops)
            now += timedelta(minutes=1)
        return now
    day = start.astimezone(CHINA).date()
    if limit.cut_off_hour is not None and start.astimezone(CHINA).hour >= limit.cut_off_hour:
        day += timedelta(days=1)
    count = (add_months(day, limit.amount) - day).days if limit.unit == "m" else limit.amount
    while count:
        day += timedelta(days=1)
        midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), CHINA)
        if any(a < midnight <= b for a, b in stops):
            continue
        count -= limit.unit != "wd" or plainly(day - timedelta(days=1), 1) == day
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), CHINA)


YEAR = datetime(2026, 1, 1, tzinfo=CHINA)
MINUTES = st.integers(0, 364 * 24 * 60)


@st.composite
def waits(draw):
    """A start within one full year, a limit of any unit, and up to three stops after the start."""
    start = YEAR + timedelta(minutes=draw(MINUTES))
    unit = draw(st.sampled_from(["h", "cd", "wd", "m"]))
    amount = draw(st.integers(1, {"h": 72, "cd": 40, "wd": 30, "m": 6}[unit]))
    limit = Limit(amount, unit, cut_off_hour=draw(st.sampled_from([None, 12, 17])))
    moments = sorted(draw(st.lists(st.integers(0, 40 * 24 * 60), max_size=6, unique=True)))
    pairs = zip(moments[::2], moments[1::2], strict=False)
    return start, limit, [(start + timedelta(minutes=a), start + timedelta(minutes=b)) for a, b in pairs]


@settings(max_examples=1000, deadline=None)
@given(waits())
def test_a_year_of_limits_with_holidays_and_stops_equals_the_plain_walk(wait):
    start, limit, stops = wait
    assert due(start, limit, SHIPPED, stops) == stood_plainly(start, limit, stops)


def test_what_arrives_after_the_cut_off_hour_counts_from_the_next_day():
    monday_evening = datetime(2026, 11, 16, 18, 0, tzinfo=CHINA)
    assert due(monday_evening, Limit(1, "wd", cut_off_hour=17), SHIPPED) == datetime(2026, 11, 19, 0, 0, tzinfo=CHINA)


def test_a_stop_within_one_day_costs_nothing_and_one_over_two_midnights_two_days():
    start = datetime(2026, 11, 16, 9, 0, tzinfo=CHINA)
    short = [(start + timedelta(days=1), start + timedelta(days=1, hours=3))]
    long = [(start + timedelta(days=1), start + timedelta(days=3))]
    assert due(start, Limit(5, "cd"), SHIPPED, short) == due(start, Limit(5, "cd"), SHIPPED)
    assert due(start, Limit(5, "cd"), SHIPPED, long) == due(start, Limit(7, "cd"), SHIPPED)


def test_minutes_run_at_once_and_over_midnight():
    start = datetime(2026, 2, 14, 23, 55, tzinfo=CHINA)
    assert due(start, Limit(10, "min"), Calendar()) == start + timedelta(minutes=10)
