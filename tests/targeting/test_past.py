"""What is remembered lies strictly before the question, and says the same as a plain reading of the rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.targeting.features import Memory
from guanjian.targeting.keys import crossed, hashed
from guanjian.targeting.past import Past
from guanjian.targeting.prices import Peers
from guanjian.targeting.settings import Settings
from tests.targeting.samples import market

EVENTS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50), st.sampled_from([0.0, 1.0])), max_size=25)
DAYS = 86_400


def arrays(events):
    keys = np.array([key for key, _, _ in events], np.uint64)
    times = np.array([time * DAYS for _, time, _ in events], np.int64)
    return keys, times, np.array([[1.0, found] for _, _, found in events]).reshape(-1, 2)


def plainly(events, key, moment, fade):
    """The same, one row after another."""
    total, last = np.zeros(2), None
    for name, time, found in events:
        if name == key and key and time < moment:
            total += np.array([1.0, found]) * np.exp((time - moment) * DAYS / fade)
            last = time if last is None else max(last, time)
    return total, last


@given(EVENTS, st.integers(0, 3), st.integers(0, 60))
def test_the_past_of_a_key_is_what_happened_to_it_before(events, key, moment):
    fade = 20.0 * DAYS
    past = Past.of(*arrays(events), fade)
    asked, at = np.array([key], np.uint64), np.array([moment * DAYS])
    total, last = plainly(events, key, moment, fade)
    assert past.before(asked, at)[0] == pytest.approx(total)
    since = past.since(asked, at)[0]
    assert np.isnan(since) if last is None else since == (moment - last) * DAYS


def test_what_happens_in_the_same_second_is_not_known_yet():
    past = Past.of(np.array([5], np.uint64), np.array([100]), np.ones((1, 1)))
    asked = np.array([5, 5], np.uint64)
    assert past.before(asked, np.array([100, 101])).ravel().tolist() == [0, 1]


def test_a_result_that_is_known_later_does_not_exist_before():
    rows = market(300)
    memory = Memory.of(rows, Settings())
    column = memory.names.index("tries:consignee_id")
    early = rows.take(rows.at < rows.at[0] + 2 * DAYS)
    assert memory.matrix(early)[:, column].max() == 0
    assert memory.matrix(rows)[-1, column] > 0


def test_no_feature_changes_when_later_rows_are_taken_away():
    rows = market(400)
    first = rows.take(np.arange(len(rows)) < 250)
    whole, part = Memory.of(rows, Settings()), Memory.of(first, Settings())
    assert whole.matrix(first) == pytest.approx(part.matrix(first), nan_ok=True)


def test_no_feature_of_a_row_knows_its_own_result():
    rows = market(300)
    turned = rows.with_results(1 - rows.found)
    asked = rows.take(np.array([150]))
    own = np.where(np.arange(len(rows)) == 150, turned.found, rows.found)
    changed = Memory.of(rows.with_results(own), Settings())
    assert Memory.of(rows, Settings()).matrix(asked) == pytest.approx(changed.matrix(asked), nan_ok=True)


def test_a_key_is_the_same_in_every_process_and_empty_for_an_empty_name():
    keys = hashed(np.array(["甲", "", "甲"], object))
    assert keys.tolist() == [9087103938155524026, 0, 9087103938155524026]
    assert crossed(keys, hashed(np.array(["a", "a", "b"], object))).tolist()[1] == 0


def test_parts_of_a_cross_do_not_change_places():
    one, other = hashed(np.array(["a"], object)), hashed(np.array(["b"], object))
    assert crossed(one, other)[0] != crossed(other, one)[0]


def test_a_price_is_compared_with_the_months_before_only():
    key, prices = np.ones(12, np.uint64), np.array([1.0, 1.1, 0.9, 1.0, 1.05, 0.95] + [9.0] * 6)
    peers = Peers.of(key, np.array([10] * 6 + [11] * 6), prices)
    asked = np.array([10, 11, 12, 30])
    away = peers.deviation(np.ones(4, np.uint64), asked, np.full(4, 0.5))
    assert np.isnan(away[[0, 3]]).all()
    assert away[1] == pytest.approx((0.5 - 1.0) / (1.4826 * 0.05))
    assert away[2] == -12


def test_too_few_peers_are_no_peers():
    peers = Peers.of(np.ones(4, np.uint64), np.full(4, 10), np.ones(4))
    assert np.isnan(peers.deviation(np.ones(1, np.uint64), np.array([11]), np.ones(1))).all()
