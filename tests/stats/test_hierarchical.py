"""Families of tests: a known answer by hand, the definition read plainly, and the promise kept in simulated worlds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.stats.hierarchical import choose, simes, within_budget

BY_HAND = {  # Simes: .004, .03, .40; at q = .05 the first two of three are chosen (.012, .045), and inside pay 3/2
    "one": (np.array([0.001, 0.01, 0.04, 0.5]), 4),
    "two": (np.array([0.01, 0.02, 0.9]), 3),
    "three": (np.array([0.2, 0.5]), 2),
}
LEVELS = np.array([0.001, 0.01, 0.05, 0.1, 0.2])


def test_the_worked_example_comes_out_by_hand():
    assert [simes(*BY_HAND[name]) for name in BY_HAND] == pytest.approx([0.004, 0.03, 0.4])
    chosen = choose(BY_HAND, 0.05)
    assert chosen.families == ("one", "two")
    assert chosen.values["one"] == pytest.approx([0.006, 0.03, 0.08, 0.75])
    assert chosen.values["two"] == pytest.approx([0.045, 0.045, 1.0])
    assert chosen.values["three"].tolist() == [1.0, 1.0]
    assert chosen.found == 4


def test_p_values_that_were_not_handed_over_count_as_large():
    short = {name: (p[p < 0.05], tests) for name, (p, tests) in BY_HAND.items()}
    chosen = choose(short, 0.05)
    assert chosen.families == ("one", "two")
    assert chosen.values["one"] == pytest.approx([0.006, 0.03, 0.08])


def test_nothing_in_nothing():
    assert choose({}, 0.05).families == ()
    assert choose({"empty": (np.empty(0), 9)}, 0.05).found == 0


@given(st.lists(st.lists(st.floats(1e-9, 1), min_size=1, max_size=6), min_size=1, max_size=6), st.sampled_from(LEVELS))
def test_it_is_the_definition_read_plainly(ps, q):
    """Benjamini and Hochberg as a step-up procedure, written out."""
    families = {str(n): (np.array(p), len(p)) for n, p in enumerate(ps)}
    tops = [min(sorted(p)[k] * len(p) / (k + 1) for k in range(len(p))) for p in ps]
    selected = _step_up(tops, q)
    level = q * len(selected) / len(ps)
    chosen = choose(families, float(q))
    for n, p in enumerate(ps):
        expected = set(_step_up(p, level)) if n in selected else set()
        assert set(np.flatnonzero(chosen.values[str(n)] <= q * (1 + 1e-12))) >= expected - _borderline(p, level)
        assert set(np.flatnonzero(chosen.values[str(n)] <= q * (1 - 1e-12))) <= expected | _borderline(p, level)


def _step_up(p, q) -> list[int]:
    order = sorted(range(len(p)), key=lambda i: p[i])
    passed = [k for k, i in enumerate(order, 1) if p[i] <= q * k / len(p)]
    return order[: max(passed, default=0)]


def _borderline(p, level) -> set[int]:
    close = any(abs(sorted(p)[k] - level * (k + 1) / len(p)) < 1e-12 for k in range(len(p)))
    return set(range(len(p))) if close else set()


def test_the_mean_false_share_of_the_chosen_families_keeps_its_promise():
    """Forty signals, four with something in them: over 300 worlds the mean of the false shares is at most q."""
    dice, q, shares = np.random.default_rng(7), 0.05, []
    for _ in range(300):
        p = dice.random((40, 50))
        p[:4, :10] = dice.random((4, 10)) * 1e-4
        chosen = choose({str(n): (row, 50) for n, row in enumerate(p)}, q)
        each = [_false_share(chosen.values[name] <= q, int(name)) for name in chosen.families]
        shares.append(sum(each) / max(len(each), 1))
    assert np.mean(shares) <= q
    assert np.mean(shares) > 0


def _false_share(found, family: int) -> float:
    false = found[10:].sum() if family < 4 else found.sum()
    return false / max(found.sum(), 1)


def test_a_budget_buys_the_widest_level_that_fits():
    wide = within_budget(BY_HAND, 1.0, LEVELS)
    assert wide.q == 0.2
    assert within_budget(BY_HAND, 0.25, LEVELS).q == 0.05
    assert within_budget(BY_HAND, 0.0, np.array([0.05])).q == 0.05
