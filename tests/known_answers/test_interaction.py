"""The published figures of the excess-interaction test: methods §1.1, on customs_assign_synth (400,000 declarations)."""

import numpy as np
import pyarrow.parquet as pq
import pytest

from guanjian.stats.difference import means_differ, shares_differ, together
from guanjian.stats.fdr import benjamini_hochberg
from guanjian.stats.interaction import Pairs, Work, pairs_of


@pytest.fixture
def world(shared):
    rows = pq.read_table(shared("data/eventlogs/customs_assign_synth.parquet")).to_pandas()
    truth = pq.read_table(shared("data/eventlogs/customs_assign_synth_truth.parquet")).to_pandas()
    return rows, set(zip(truth["insp"].tolist(), truth["broker"].tolist(), strict=True))


def _flagged(rows, period) -> tuple[Pairs, int]:
    cell = rows["site"].to_numpy() * 1000 + period.to_numpy()
    work = Work(rows["site"].to_numpy(), cell, rows["insp"].to_numpy(), rows["broker"].to_numpy())
    pairs = pairs_of(work, min_expected=5)
    return pairs.at(benjamini_hochberg(pairs.p_value) <= 0.05), len(pairs)


def _true(pairs: Pairs, truth: set) -> list[bool]:
    return [pair in truth for pair in zip(pairs.officer.tolist(), pairs.trader.tolist(), strict=True)]


def test_cells_of_site_and_day_flag_50_pairs_49_of_them_planted(world):
    rows, truth = world
    flagged, _ = _flagged(rows, rows["day"])
    assert (len(flagged), sum(_true(flagged, truth))) == (50, 49)


def test_cells_of_site_and_month_flag_521_pairs_477_of_them_by_the_roster_alone(world):
    rows, truth = world
    flagged, _ = _flagged(rows, rows["day"] // 21)
    assert (len(flagged), sum(_true(flagged, truth))) == (521, 44)


def test_steering_share_of_planted_pairs_lies_in_its_interval_nineteen_times_in_twenty(world, shared):
    rows, _ = world
    truth = pq.read_table(shared("data/eventlogs/customs_assign_synth_truth.parquet")).to_pandas()
    planted = dict(zip(zip(truth["insp"], truth["broker"], strict=True), truth["lam"], strict=True))
    cell = rows["site"].to_numpy() * 1000 + rows["day"].to_numpy()
    pairs = pairs_of(Work(rows["site"].to_numpy(), cell, rows["insp"].to_numpy(), rows["broker"].to_numpy()))
    low, high = pairs.steering_interval(0.99)
    keys = list(zip(pairs.officer.tolist(), pairs.trader.tolist(), strict=True))
    inside = [low[i] <= planted[key] <= high[i] for i, key in enumerate(keys) if key in planted]
    assert len(inside) == 51
    assert np.mean(inside) >= 0.9


def test_second_stage_keeps_most_true_flags_and_drops_the_false_one(world):
    rows, truth = world
    flagged, _ = _flagged(rows, rows["day"])
    true = _true(flagged, truth)
    rows["log"] = np.log(rows["hrs"])
    kept = []
    for officer, trader in zip(flagged.officer, flagged.trader, strict=True):
        its = rows[rows["broker"] == trader]
        sides = [its[its["insp"] == officer], its[its["insp"] != officer]]
        finds = shares_differ(tuple(int(s["adj"].sum()) for s in sides), tuple(len(s) for s in sides))
        hours = means_differ(
            tuple(s["log"].sum() for s in sides), tuple((s["log"] ** 2).sum() for s in sides), tuple(map(len, sides))
        )
        kept.append(together([finds, hours]) <= 0.05)
    assert sum(k for k, t in zip(kept, true, strict=True) if t) >= 40
    assert not any(k for k, t in zip(kept, true, strict=True) if not t)
