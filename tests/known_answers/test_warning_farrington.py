"""Farrington's methods give R surveillance's week tables: no alarm differs, expected values within 2e-5."""

import csv

import numpy as np
import pytest

from guanjian.stats.warning.farrington import ORIGINAL, Farrington, farrington, original


def read(path):
    with path.open() as f:
        return list(csv.DictReader(f))


def numbers(rows, name):
    return np.array([np.nan if r[name] == "NA" else float(r[name]) for r in rows])


def agrees(mine, told, column, near=2e-5):
    assert np.array_equal(np.isnan(mine), np.isnan(told)), column
    assert np.nanmax(np.abs(mine - told), initial=0) <= near, column


@pytest.fixture
def newport(shared):
    rows = read(shared("data/scan/salmNewport_by_state.csv"))
    counts = np.array([[float(v) for k, v in r.items() if k not in ("t", "date", "isoweek")] for r in rows]).sum(axis=1)
    return counts, np.array([r["date"] for r in rows], "datetime64[D]")


@pytest.mark.parametrize(
    ("method", "alpha", "alarms"),
    [
        ("nbPlugin", 0.01, 8),
        ("muan", 0.01, 5),
        ("delta", 0.01, 10),
        ("nbPlugin", 0.1, 22),
        ("muan", 0.1, 17),
        ("delta", 0.1, 24),
    ],
)
def test_newport_flexible(newport, shared, method, alpha, alarms):
    counts, dates = newport
    told = read(shared(f"data/scan/expected/salmNewport_farringtonFlexible_{method}_a{alpha:g}.csv"))
    how = Farrington(alpha=alpha, threshold={"nbPlugin": "nb"}.get(method, method), r_compat=True)
    mine = farrington(counts, range(365, 528), how, dates)
    assert int(mine.alarm.sum()) == alarms
    assert np.array_equal(mine.alarm[:, 0], numbers(told, "alarm") == 1)
    agrees(mine.expected[:, 0], numbers(told, "expected"), "expected")
    agrees(mine.upper[:, 0], numbers(told, "upper"), "upper", 1e-4)
    agrees(mine.phi[:, 0], numbers(told, "phiVector"), "phi")
    agrees(mine.score[:, 0], numbers(told, "score"), "score", 1e-4)
    agrees(mine.p[:, 0], numbers(told, "pvalue"), "p")


def test_newport_alarm_weeks_are_the_outbreak_of_autumn_2011(newport, shared):
    counts, dates = newport
    weeks = [r["isoweek"] for r in read(shared("data/scan/salmNewport_by_state.csv"))]
    alarm = farrington(counts, range(365, 528), Farrington(), dates).alarm[:, 0]
    told = ["2011-W44", "2011-W45", "2011-W46", "2011-W47", "2011-W51", "2012-W02", "2012-W04", "2012-W07"]
    assert [weeks[365 + i] for i in np.flatnonzero(alarm)] == told


def test_newport_original(newport, shared):
    counts, dates = newport
    told = read(shared("data/scan/expected/salmNewport_farrington_original_a0.1.csv"))
    how = Farrington(**{**ORIGINAL.__dict__, "alpha": 0.1, "r_compat": True})
    mine = farrington(counts, range(365, 528), how, dates)
    assert int(mine.alarm.sum()) == 40
    assert np.array_equal(mine.alarm[:, 0], numbers(told, "alarm") == 1)
    agrees(mine.expected[:, 0], numbers(told, "expected"), "expected")


def test_agona_as_in_1996(shared):
    counts = numbers(read(shared("data/scan/salmonella_agona.csv")), "observed1")
    told = read(shared("data/scan/expected/agona_farrington_b4w3_a0.01.csv"))
    mine = farrington(counts, range(281, 312), original(0.01))
    assert np.flatnonzero(mine.alarm[:, 0]).tolist() == [2, 3]
    assert np.array_equal(mine.alarm[:, 0], numbers(told, "alarm") == 1)
    agrees(np.nan_to_num(mine.upper[:, 0]), numbers(told, "upper"), "upper", 1e-4)


def test_momo_with_population(shared):
    deaths, people = read(shared("data/scan/momo_deaths.csv")), read(shared("data/scan/momo_population.csv"))
    dates = np.array([r["date"] for r in deaths], "datetime64[D]")
    told = read(shared("data/scan/expected/momo_farringtonFlexible_pop_a0.005.csv"))
    groups = list(dict.fromkeys(r["unit"] for r in told))
    counts, size = (np.column_stack([numbers(rows, g) for g in groups]) for rows in (deaths, people))
    first = [r["isoweek"] for r in deaths].index("2007-W01")
    weeks = range(first, first + sum(r["unit"] == groups[0] for r in told))
    mine = farrington(counts, weeks, Farrington(years=5, half=4, alpha=0.005, r_compat=True), dates, size)
    for j, group in enumerate(groups):
        rows = [r for r in told if r["unit"] == group]
        assert np.array_equal(mine.alarm[:, j], numbers(rows, "alarm") == 1)
        agrees(mine.expected[:, j], numbers(rows, "expected"), "expected")
