"""What a rule says on any day, against a second reading that walks through the days one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanjian.loops.rulebook.models import Rulebook
from guanjian.loops.rulebook.reading import in_force, named_in, rule_on
from guanjian.org.actor import SYSTEM
from tests.cast import actor
from tests.loops.world import record_of

BEGAN = date(2026, 1, 5)
CODES = ("exam.officers", "exam.hours", "value.share")
CONTROLS = ("C-EXM-01", "C-EXM-02", "C-ENT-01")
HISTORIES = 1000
# a version: days after the one before, its parameters (value, own day from the version's on), its controls
versions = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.dictionaries(st.sampled_from(CODES), st.tuples(st.integers(0, 9), st.none() | st.integers(-3, 20))),
        st.sets(st.sampled_from(CONTROLS)),
    ),
    min_size=1,
    max_size=5,
)
repeals = st.none() | st.integers(1, 15)


@dataclass(frozen=True)
class Order:
    """One publication as a clerk would file it."""

    since: date
    text: str
    parameters: dict[str, tuple[str, date | None]]
    controls: tuple[str, ...]


def orders(drawn) -> list[Order]:
    filed, day = [], BEGAN
    for number, (gap, parameters, controls) in enumerate(drawn, 1):
        day += timedelta(days=gap)
        own = {
            code: (str(value), None if after is None else day + timedelta(days=after))
            for code, (value, after) in parameters.items()
        }
        filed.append(Order(day, f"第{number}版全文", own, tuple(sorted(controls))))
    return filed


def published(filed: list[Order], repealed_on: date | None) -> Rulebook:
    """The rule as the step of publication leaves it, order after order."""
    rule = Rulebook(state="decided", opened_at=timezone.now(), entered_at=timezone.now(), unit_code="2200")
    step = rule.flow.step("promulgate")
    for order in filed:
        rule.text, rule.controls = order.text, list(order.controls)
        rule.parameters = [
            {"code": code, "value": value, "since": since.isoformat() if since else ""}
            for code, (value, since) in order.parameters.items()
        ]
        facts = {"order_no": f"{order.since} 号", "in_force_on": order.since.isoformat(), "sooner": ""}
        rule.take(step, facts, SYSTEM, timezone.now())
    rule.repealed_on = repealed_on
    return rule


def plain(filed: list[Order], repealed_on: date | None, until: date):
    """Day after day: (day, None) or (day, (text, values, controls)); everything happens on the morning of its day."""
    text, controls, present, waiting, day = None, (), {}, [], BEGAN - timedelta(days=2)
    while day <= until:
        for number, order in enumerate(filed):
            if order.since == day:
                text, controls = order.text, order.controls
                present = {code: kept for code, kept in present.items() if code in order.parameters}
                waiting = [one for one in waiting if one[1] in order.parameters]
                waiting += [(since or day, code, number, value) for code, (value, since) in order.parameters.items()]
        for begins, code, number, value in waiting:
            if begins <= day and number >= present.get(code, (-1, ""))[0]:
                present[code] = (number, value)
        gone = repealed_on is not None and day >= repealed_on
        values = {code: value for code, (_, value) in present.items()}
        yield day, None if gone or text is None else (text, values, controls)
        day += timedelta(days=1)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=HISTORIES, derandomize=True, suppress_health_check=list(HealthCheck), deadline=None)
@given(versions, repeals)
def test_a_thousand_histories_read_as_the_plain_reading_on_every_day(drawn, repeal):
    filed = orders(drawn)
    last = filed[-1].since
    gone = last + timedelta(days=repeal) if repeal else None
    rule = published(filed, gone)
    for day, wanted in plain(filed, gone, last + timedelta(days=25)):
        said = rule.said_on(day)
        assert (said and (said.text, dict(said.parameters), said.controls)) == wanted, f"{day}: {filed} {gone}"
        assert said is None or said.since <= day


@pytest.fixture
def register(office):
    """A rule of headquarters and one of each district, in two versions; the second of 2200 is repealed."""

    def keep(unit: str, number: str, gone: date | None = None) -> Rulebook:
        filed = [
            Order(date(2026, 1, 10), "查验须一人", {}, ()),
            Order(date(2026, 3, 1), "查验须二人", {}, ("C-EXM-01",)),
        ]
        rule = published(filed, gone)
        own = {
            "title": f"办法{number}",
            "versions": rule.versions,
            "number": number,
            "repealed_on": gone,
            "state": "in_force",
        }
        record = record_of(Rulebook)
        places = {
            "unit_code": unit,
            "district_code": unit[:2] + "00",
            "house_code": "" if unit.endswith("00") else unit,
        }
        Rulebook.objects.filter(pk=record.pk).update(**own, **places)
        return Rulebook.objects.get(pk=record.pk)

    return {
        "hq": keep("0000", "署1"),
        "district": keep("2200", "沪1"),
        "gone": keep("2200", "沪2", date(2026, 5, 1)),
        "house": keep("2201", "浦1"),
        "elsewhere": keep("5300", "深1"),
    }


@pytest.mark.parametrize(
    ("who", "day", "numbers"),
    [
        ("front", date(2026, 1, 9), []),
        ("front", date(2026, 1, 10), ["沪1", "沪2", "浦1", "署1"]),
        ("front", date(2026, 5, 1), ["沪1", "浦1", "署1"]),
        ("stranger", date(2026, 2, 1), ["深1", "署1"]),
        ("leader_hq", date(2026, 2, 1), ["沪1", "沪2", "浦1", "深1", "署1"]),
        ("admin", date(2026, 2, 1), []),
    ],
)
def test_everybody_reads_the_rules_that_bind_him_on_that_day(register, who, day, numbers):
    assert sorted(rule.number for rule in in_force(actor(who), day)) == sorted(numbers)


def test_it_is_searched_in_the_words_of_that_day(register):
    assert in_force(actor("front"), date(2026, 2, 1), "二人") == []
    assert len(in_force(actor("front"), date(2026, 4, 1), "二人")) == 4


def test_a_rule_is_read_by_its_key_as_of_a_day(register):
    key = register["district"].key
    assert rule_on(key, date(2026, 1, 9)) is None
    assert [rule_on(key, day).said.number for day in (date(2026, 2, 28), date(2026, 3, 1))] == [1, 2]
    assert rule_on("case/1", date(2026, 3, 1)) is None


def test_a_text_names_a_living_rule_of_its_district_by_title_or_number(register):
    said = "修订《办法沪1》，并参照署1"
    assert [one.number for one in named_in(said, "2200")] == ["沪1"]
    assert [one.number for one in named_in(said, "5300")] == []
