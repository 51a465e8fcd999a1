"""Measures, drift, truth and the naive rules against plain readings and known answers."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.targeting import drift, measures, naive
from guanjian.targeting.truth import Tally
from tests.targeting.samples import market

KNOWN = Tally(declarations=2_000_000, targeted=160_000, hits_targeted=22_400, random=40_000, hits_random=400)


def test_random_examinations_measure_what_escapes():
    """The known answer of the method: estimate, standard error, lift, capture, interval."""
    low, high = KNOWN.rate.interval
    assert (round(low, 6), round(high, 6)) == (0.009071, 0.011023)
    assert KNOWN.lift == pytest.approx(14.0)
    violations, error = KNOWN.violations
    assert violations == pytest.approx(40_800)
    assert error == pytest.approx(905.4, abs=0.05)
    assert KNOWN.captured == pytest.approx(0.5588, abs=5e-5)
    assert "40,800" in KNOWN.said.zh


def test_too_few_random_examinations_measure_nothing():
    few = Tally(1000, 100, 20, 30, 0)
    assert few.violations is None
    assert few.captured is None
    assert "无法衡量" in few.said.zh


def test_no_find_at_random_is_an_upper_bound_never_no_risk():
    none = Tally(10_000, 500, 60, 300, 0)
    assert none.upper == pytest.approx(1 - 0.05 ** (1 / 300))
    assert none.lift is None
    assert "上限" in none.said.zh


@pytest.mark.parametrize("numbers", [(10, 5, 6, 1, 0), (10, 8, 1, 5, 0)])
def test_impossible_counts_are_refused(numbers):
    with pytest.raises(BadInput):
        Tally(*numbers)


def test_auc_and_average_precision_say_the_same_as_counting_pairs():
    rng = np.random.default_rng(5)
    rank, found = np.round(rng.random(60), 1), (rng.random(60) < 0.3).astype(float)
    pairs = [(a > b) + (a == b) / 2 for a in rank[found == 1] for b in rank[found == 0]]
    assert measures.auc(rank, found) == pytest.approx(np.mean(pairs))
    order = np.argsort(-rank, kind="stable")
    plain = [found[order][: place + 1].mean() for place in range(60) if found[order][place]]
    assert measures.average_precision(rank, found) == pytest.approx(np.mean(plain))


def test_the_first_shares_hold_what_they_hold():
    rank, found = np.arange(100)[::-1].astype(float), (np.arange(100) < 4).astype(float)
    told = measures.at_shares(rank, found, found * 10)
    assert [line["precision"] for line in told] == pytest.approx([1, 1, 0.8, 0.4])
    assert [line["recall"] for line in told] == pytest.approx([0.25, 0.5, 1, 1])
    assert told[2]["revenue"] == 1


def test_honest_chances_have_no_calibration_error():
    said, found = np.repeat([0.2, 0.7], 10), np.array([1] * 2 + [0] * 8 + [1] * 7 + [0] * 3, float)
    assert measures.calibration_error(said, found) == pytest.approx(0)
    assert measures.brier(said, found) == pytest.approx((10 * 0.2 * 0.8 + 10 * 0.7 * 0.3) / 20)


def test_psi_is_nothing_for_the_same_and_known_for_a_shift():
    before = np.arange(1000.0)
    assert drift.psi(before, before) == pytest.approx(0, abs=1e-12)
    halves = np.concatenate([before[:500], before[:500]])
    plain = 5 * (0.2 - 0.1) * np.log(2) + 5 * (1e-4 - 0.1) * np.log(1e-4 / 0.1)
    assert drift.psi(before, halves) == pytest.approx(plain, rel=0.01)


def test_missing_values_that_were_not_missing_are_drift():
    before = np.arange(200.0)
    gone = np.where(np.arange(200) % 2, before, np.nan)
    assert drift.Moved("x", drift.psi(before, gone), None).level == "moved"


def test_the_rank_test_sees_a_shift_and_not_a_reordering():
    rng = np.random.default_rng(2)
    sample = rng.normal(0, 1, 300)
    assert drift.rank_test([sample, rng.permutation(sample)]) >= 0.25
    assert drift.rank_test([sample, sample + 1]) <= 0.001
    assert drift.rank_test([sample, np.full(300, np.nan)]) is None


def test_drift_puts_the_most_moved_first_and_advises():
    rng = np.random.default_rng(2)
    before, now = rng.normal(0, 1, (400, 2)), rng.normal((0, 3), 1, (400, 2))
    moved = drift.compared(["calm", "gone"], before, now)
    assert [one.name for one in moved] == ["gone", "calm"]
    assert [one.level for one in moved] == ["moved", "stable"]
    assert "重新训练" in drift.advice(moved, drift.Moved("score", 0.3, None)).zh
    assert "stable" not in drift.advice(moved, drift.Moved("score", 0.0, None)).en
    assert "暂无需" in drift.advice(moved[1:], drift.Moved("score", 0.0, None)).zh


def test_the_naive_rules_find_the_bad_consignee_where_they_can():
    rows = market(700)
    before, now = rows.take(np.arange(700) < 600), rows.take(np.arange(700) >= 600)
    assert measures.auc(naive.consignee(before, now), now.found) > 0.9
    assert measures.auc(naive.trees(before, now), now.found) > 0.8
    assert naive.price(before, now).tolist() == now.number["value_cny"].tolist()
    assert 0.2 < measures.auc(naive.group(before, now), now.found) < 0.8
