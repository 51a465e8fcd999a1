"""The excess-interaction test against its definition, cell by cell, on generated work."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import guanjian.stats.interaction as interaction
from guanjian.stats.interaction import Pairs, Work, exact_p_value, pairs_of

ROW = st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 3), st.integers(0, 5))


def _work(rows) -> Work:
    """Cells and officers belong to one site, so that their codes contain it."""
    site, cell, officer, trader = (np.array(column) for column in zip(*rows, strict=True))
    return Work(site, site * 10 + cell, site * 10 + officer, trader)


def _by_hand(rows) -> dict:
    cells = defaultdict(list)
    for site, cell, officer, trader in rows:
        cells[site, cell].append((officer, trader))
    sums = defaultdict(lambda: np.zeros(4))
    for (site, _), pieces in cells.items():
        n = len(pieces)
        for officer, i in Counter(o for o, _ in pieces).items():
            for trader, b in Counter(t for _, t in pieces).items():
                if n > 1 and i < n and b < n:
                    spread = b * (n - b) / (n * n * (n - 1)) * i * (n - i)
                    sums[site, officer, trader] += [pieces.count((officer, trader)), b * i / n, spread, b]
    return {key: value for key, value in sums.items() if value[1] > 0}


@pytest.mark.parametrize("dense_from", [0.0, 2.0], ids=["dense", "sparse"])
@pytest.mark.parametrize("block", [1, 8_000_000], ids=["one trader at a time", "all traders at once"])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=60))
def test_it_equals_the_definition(dense_from, block, rows):
    old = interaction.DENSE_FROM, interaction.DENSE_CELLS
    interaction.DENSE_FROM, interaction.DENSE_CELLS = dense_from, block
    try:
        pairs = pairs_of(_work(rows), min_expected=1e-9)
    finally:
        interaction.DENSE_FROM, interaction.DENSE_CELLS = old
    expected = _by_hand(rows)
    seen = {
        (int(pairs.site[k]), int(pairs.officer[k] % 10), int(pairs.trader[k])): [
            pairs.observed[k], pairs.expected[k], pairs.variance[k], pairs.on_duty[k],
        ]
        for k in range(len(pairs))
    }  # fmt: skip
    assert seen.keys() == expected.keys()
    for key, values in expected.items():
        assert seen[key] == pytest.approx(values)


def test_the_exact_tail_agrees_with_shuffling_inside_the_cells():
    draw = np.random.default_rng(8)
    rows = [(0, int(c), int(o), int(t)) for c, o, t in zip(*draw.integers(0, [[12], [3], [4]], (3, 240)), strict=True)]
    work = _work(rows)
    seen = np.count_nonzero((work.officer == 1) & (work.trader == 2))
    reached = 0
    for _ in range(2000):
        order = np.lexsort((draw.random(len(work)), work.cell))
        officer = np.empty_like(work.officer)
        officer[np.argsort(work.cell, kind="stable")] = work.officer[order]
        reached += np.count_nonzero((officer == 1) & (work.trader == 2)) >= seen
    assert exact_p_value(work, 1, 2) == pytest.approx(reached / 2000, abs=0.04)


def test_steering_is_the_share_of_the_work_on_duty_that_came_on_top():
    pairs = Pairs(*(np.array([0]) for _ in range(3)), *map(np.array, ([60.0], [20.0], [15.0], [100.0])))
    low, high = pairs.steering_interval()
    assert pairs.steering == pytest.approx([0.5])
    assert low[0] < 0.5 < high[0]


def test_no_work_gives_no_pairs():
    nothing = np.empty(0, int)
    assert len(pairs_of(Work(nothing, nothing, nothing, nothing))) == 0
