"""The world of the bench is what it says it is."""

import numpy as np
import pytest

from tests.targeting.drifting import LASTING, MONTH, SLIPPED, spans, world


@pytest.fixture(scope="module")
def small():
    return world(3, weeks=40, weekly=500)


def test_the_same_seed_gives_the_same_world(small):
    again = world(3, weeks=40, weekly=500)
    assert (again.evaded == small.evaded).all()
    assert (again.rows.key["consignee_id"] == small.rows.key["consignee_id"]).all()
    assert (world(4, weeks=40, weekly=500).evaded != small.evaded).any()


def test_only_violations_evade_and_a_result_is_known_after_its_declaration(small):
    assert ((small.evaded > 0) <= (small.found == 1)).all()
    assert 0.03 < small.found.mean() < 0.15
    assert (small.rows.known > small.rows.at).all()
    assert np.isnan(small.rows.found).all()


def test_violations_move_on(small):
    """Where most is evaded in the first ten weeks is not where most is evaded in the last ten."""
    heading = small.rows.key["hs4"]
    early, late = (
        {key: small.evaded[part & (heading == key)].sum() for key in np.unique(heading)}
        for part in (small.week < 10, small.week >= 30)
    )
    first = sorted(early, key=early.get)[-5:]
    assert sum(late[key] for key in first) / sum(late.values()) < 0.7 * sum(early[key] for key in first) / sum(
        early.values()
    )


def test_small_slips_are_found_often_and_move_little(small):
    slipped = small.kind == SLIPPED
    assert slipped.sum() > 0.3 * small.found.sum()
    assert 0.03 < small.evaded[slipped].sum() / small.evaded.sum() < 0.2


def test_how_dear_slips_are_changes_nothing_else(small):
    dear = world(3, weeks=40, weekly=500, slip=5.0)
    slipped = small.kind == SLIPPED
    assert (dear.kind == small.kind).all()
    assert dear.evaded[slipped] == pytest.approx(5 * small.evaded[slipped])
    assert (dear.evaded[~slipped] == small.evaded[~slipped]).all()
    assert (dear.rows.number["value_cny"] == small.rows.number["value_cny"]).all()


def test_every_violation_has_a_kind_and_nothing_else_has(small):
    assert ((small.kind >= 0) == (small.found == 1)).all()


def test_schemes_last_as_long_as_the_published_classes_say_and_as_many_run_in_every_week():
    lived = np.concatenate([spans(np.random.default_rng(seed), 150, 8.0, np.array(LASTING)) for seed in range(300)])
    born = lived[lived[:, 0] >= 0]
    lives = (born[:, 1] - born[:, 0]) / MONTH
    for shortest, longest, weight in LASTING:
        assert ((lives > shortest) & (lives <= longest)).mean() == pytest.approx(weight / 100, abs=0.02)
    for week in (0, 75, 149):
        running = ((lived[:, 0] <= week) & (week < lived[:, 1])).sum() / 300
        assert running == pytest.approx(8, abs=0.7)
