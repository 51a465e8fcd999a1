"""One text for one meaning, and personal data only as salted hashes."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level
from guanjian.ledger.canonical import canonical, instant
from guanjian.ledger.leaves import Content, leaf_data
from guanjian.ledger.sealed import fits, hashes_of, sealed_facts

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_text_says_the_same_value_and_is_its_own_canonical_text(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert canonical(json.loads(text)) == text


def test_keys_are_sorted_and_nothing_is_spaced():
    assert canonical({"b": [1, None, True], "a": "甲", "é": {}}) == '{"a":"甲","b":[1,null,true],"é":{}}'


def test_amounts_days_moments_and_names_are_their_texts():
    moment = datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    given_facts = {
        "amount": Decimal("12.50"),
        "big": Decimal("1E+3"),
        "day": date(2026, 3, 1),
        "at": moment,
        "l": Level.RED,
    }
    assert json.loads(canonical(given_facts)) == {
        "amount": "12.50",
        "big": "1000",
        "day": "2026-03-01",
        "at": "2026-03-01T00:00:00.000000Z",
        "l": "red",
    }


@pytest.mark.parametrize("bad", [1.0, {"a": [0.1]}, Decimal("NaN"), {1: 1}, 2**53 + 1, "\ud800", {1}, b"x"])
def test_what_has_no_one_exact_text_is_refused(bad):
    with pytest.raises(BadInput):
        canonical(bad)


def test_a_moment_must_say_its_zone():
    with pytest.raises(BadInput, match="时区"):
        instant(datetime(2026, 3, 1))
    assert instant(datetime(2026, 3, 1, tzinfo=UTC)) == "2026-03-01T00:00:00.000000Z"


@given(st.builds(Content, st.integers(1, 2**53), words, words, words, words, words, words, words))
def test_the_leaf_written_by_hand_is_the_canonical_text(content):
    assert leaf_data(content).decode() == canonical(content._asdict())


def test_a_sealed_fact_is_recognised_and_says_nothing_without_its_salt():
    sealed = sealed_facts({"name": "张三", "id_number": "110101199003071234"})
    again = sealed_facts({"name": "张三"})
    assert fits("张三", **sealed["name"])
    assert not fits("张四", **sealed["name"])
    assert sealed["name"]["hash"] != again["name"]["hash"]
    assert hashes_of(sealed) == {name: part["hash"] for name, part in sealed.items()}
