"""The control charts give R surveillance's week tables: limits to the digit, no alarm differs."""

import csv

import numpy as np
import pytest

from guanjian.stats.warning.charts import bayes, cusum, ears
from guanjian.stats.warning.likelihood import glr, waves


def column(path, name):
    with path.open() as f:
        return np.array([float(r[name]) for r in csv.DictReader(f)])


@pytest.fixture
def agona(shared):
    return column(shared("data/scan/salmonella_agona.csv"), "observed1")


@pytest.mark.parametrize(("method", "alarms"), [("C1", 7), ("C2", 10), ("C3", 6)])
def test_newport_ears(shared, method, alarms):
    with shared("data/scan/salmNewport_by_state.csv").open() as f:
        counts = np.array([[float(v) for v in list(r.values())[3:]] for r in csv.DictReader(f)]).sum(axis=1)
    told = shared(f"data/scan/expected/salmNewport_earsC_{method}.csv")
    alarm, upper = ears(counts, range(365, 528), method)
    assert int(alarm.sum()) == alarms
    assert np.array_equal(alarm[:, 0], column(told, "alarm") == 1)
    assert np.abs(upper[:, 0] - column(told, "upper")).max() < 1e-9


def test_agona_cusum(agona, shared):
    told = shared("data/scan/expected/agona_cusum_k1.04_h2.26.csv")
    alarm, upper = cusum(agona, range(260, 312))
    assert int(alarm.sum()) == 12
    assert np.array_equal(alarm[:, 0], column(told, "alarm") == 1)
    assert np.array_equal(upper[:, 0], column(told, "upper"))


def test_agona_bayes(agona, shared):
    told = shared("data/scan/expected/agona_bayes_b2w6.csv")
    alarm, upper = bayes(agona, range(281, 312))
    assert int(alarm.sum()) == 3
    assert np.array_equal(alarm[:, 0], column(told, "alarm") == 1)
    assert np.array_equal(upper[:, 0], column(told, "upper"))


def test_agona_likelihood_ratio(agona, shared):
    told = shared("data/scan/expected/agona_glrnb_cARL5.csv")
    alarm, value = glr(agona, waves(agona, 260), range(260, 312))
    assert int(alarm.sum()) == 2
    assert np.array_equal(alarm, column(told, "alarm") == 1)
    assert np.abs(value - column(told, "upper")).max() < 1e-3
