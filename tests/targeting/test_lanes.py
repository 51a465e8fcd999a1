"""Lists keep to budget and quotas, the chances add up, the draw can be repeated by anyone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.kernel.errors import BadInput
from guanjian.targeting.draw import Draw
from guanjian.targeting.lanes import Asked, Budget, Lane, choose
from guanjian.targeting.model import Scores

DRAW = Draw("a seed that was pledged")


def scores(size, seed=1):
    rng = np.random.default_rng(seed)
    return Scores(rng.random(size), rng.lognormal(8, 1, size), rng.lognormal(7, 1, size), np.zeros((size, 1)))


def asked(size, units=3, mandatory=None):
    names = np.char.add("E", np.arange(size).astype(str)).astype(object)
    return Asked(names, np.char.add("U", (np.arange(size) % units).astype(str)).astype(object), mandatory)


@given(st.integers(1, 120), st.integers(0, 60), st.integers(1, 4), st.integers(0, 30), st.integers(0, 20))
def test_a_list_keeps_budget_and_quotas_and_its_chances_add_up(size, most, units, quota, must):
    mandatory = np.arange(size) < must
    quotas = {f"U{unit}": quota for unit in range(units)} if quota else {}
    question = asked(size, units, mandatory)
    chosen = choose(scores(size), question, Budget(most, quotas=quotas), DRAW)
    number = int(chosen.selected.sum())
    room = sum(min(quotas.get(f"U{unit}", size), int((question.units == f"U{unit}").sum())) for unit in range(units))
    assert number == min(most, size, room)
    assert chosen.propensity.sum() == pytest.approx(number)
    assert ((chosen.propensity >= 0) & (chosen.propensity <= 1 + 1e-9)).all()
    assert (chosen.propensity[chosen.selected] > 0).all()
    for unit, limit in quotas.items():
        assert (chosen.selected & (question.units == unit)).sum() <= limit


def test_what_must_be_opened_comes_first_and_the_random_share_is_kept_of_the_rest():
    mandatory = np.arange(500) % 50 == 0
    chosen = choose(scores(500), asked(500, mandatory=mandatory), Budget(60), DRAW)
    assert (chosen.lane[mandatory] == Lane.MANDATORY).all()
    counts = {lane: int((chosen.lane == lane).sum()) for lane in Lane}
    assert counts[Lane.RANDOM] == 5
    assert counts[Lane.NOVELTY] == 5
    assert sum(counts.values()) - counts[Lane.NONE] == 60


def test_every_entry_has_a_chance_while_a_share_is_random():
    chosen = choose(scores(300), asked(300), Budget(30), DRAW)
    assert (chosen.propensity > 0).all()
    assert (choose(scores(300), asked(300), Budget(30, random=0, novelty=0), DRAW).propensity > 0).sum() == 30


def test_the_kept_chances_are_the_real_ones():
    given = scores(40)
    times = np.zeros(40)
    rounds = 4000
    for number in range(rounds):
        chosen = choose(given, asked(40), Budget(12, random=0.3, novelty=0.3), Draw(str(number)))
        times += chosen.selected
    error = np.sqrt(np.maximum(chosen.propensity * (1 - chosen.propensity), 1e-9) / rounds)
    assert (np.abs(times / rounds - chosen.propensity) < 5 * error + 1e-9).all()


def test_the_same_seed_gives_the_same_list_whatever_the_order():
    question, given = asked(200), scores(200)
    first = choose(given, question, Budget(30), DRAW)
    turn = np.random.default_rng(3).permutation(200)
    turned = Scores(*(getattr(given, name)[turn] for name in ("probability", "at_stake", "worth", "matrix")))
    second = choose(turned, Asked(question.entries[turn], question.units[turn]), Budget(30), DRAW)
    assert second.lane.tolist() == first.lane[turn].tolist()
    assert second.propensity == pytest.approx(first.propensity[turn])


def test_another_seed_changes_only_what_is_drawn():
    question, given = asked(400), scores(400)
    one, other = (choose(given, question, Budget(40), Draw(seed)) for seed in ("a", "b"))
    sure = [Lane.PROBABILITY, Lane.VALUE, Lane.SEVERITY, Lane.NOVELTY]
    assert (np.isin(one.lane, sure) == np.isin(other.lane, sure)).all()
    assert ((one.lane == Lane.RANDOM) != (other.lane == Lane.RANDOM)).any()


def test_a_draw_is_held_to_its_pledge():
    assert DRAW.held_to(Draw("a seed that was pledged").pledge) == DRAW
    with pytest.raises(BadInput, match="承诺"):
        DRAW.held_to(Draw("a better one").pledge)


def test_shares_beyond_the_whole_are_refused():
    with pytest.raises(BadInput, match="合计"):
        Budget(10, random=0.6, novelty=0.6)
