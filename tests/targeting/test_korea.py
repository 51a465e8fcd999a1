"""The gates on the public Korean set. It is a regression test of memory, not of skill: docs/targeting.md says why."""

import numpy as np
import pytest

from guanjian.targeting import measures, naive
from guanjian.targeting.draw import Draw
from guanjian.targeting.features import Memory
from guanjian.targeting.heads import Heads
from guanjian.targeting.lanes import Asked, Budget, choose
from guanjian.targeting.mapping import load
from guanjian.targeting.model import Model
from guanjian.targeting.settings import Settings
from tests.targeting.samples import KOREA, korea

pytestmark = pytest.mark.slow
SETTINGS = load("kcs2022").settings
TUPLE = max(SETTINGS.crosses, key=len)


@pytest.fixture
def sets(shared):
    return korea(shared(KOREA))


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def scored(sets, kept):
    """The model of the whole module: trained once, on the rows before the test's first day."""
    if "scores" not in kept:
        kept["model"] = Model.train(sets[0], SETTINGS)
        kept["scores"] = kept["model"].score(sets[1])
    return kept["model"], kept["scores"], sets[1]


def test_the_history_model_reaches_the_gates(scored):
    _, scores, test = scored
    at = {line["share"]: line["precision"] for line in measures.at_shares(scores.probability, test.found)}
    assert at[0.05] >= 0.99
    assert at[0.10] >= 0.99
    assert measures.average_precision(scores.probability, test.found) >= 0.94
    assert measures.auc(scores.probability, test.found) >= 0.975
    assert measures.brier(scores.probability, test.found) <= 0.042
    assert measures.calibration_error(scores.probability, test.found) <= 0.012


def test_on_tuples_never_seen_it_is_little_better_than_chance_and_more_would_be_a_leak(scored):
    model, scores, test = scored
    relation = next(one for one in model.memory.history if one.parts == TUPLE)
    new = model.memory.results[relation.name].before(relation.keys(test), test.at)[:, 0] == 0
    assert 0.1 < new.mean() < 0.2
    assert 0.57 <= measures.auc(scores.probability[new], test.found[new]) <= 0.70


def test_the_history_of_consignees_alone_knows_nothing(sets):
    train, test = sets
    settings = Settings(half_life_days=3650, only=(("consignee_id",),), rounds=30)
    assert 0.47 <= measures.auc(Model.train(train, settings).score(test).probability, test.found) <= 0.54
    assert 0.47 <= measures.auc(naive.consignee(train, test), test.found) <= 0.54


def test_permuted_results_teach_nothing(sets):
    train, test = sets
    mixed = np.random.default_rng(11).permutation(train.found)
    model = Model.train(train.with_results(mixed), Settings(half_life_days=3650, crosses=(TUPLE,), rounds=30))
    assert 0.48 <= measures.auc(model.score(test).probability, test.found) <= 0.52


def test_a_feature_that_knew_the_result_would_be_noticed(sets):
    """The canary sings: histories read at the end of time instead of before each row break the gate of unseen tuples."""
    train, _ = sets
    memory = Memory.of(train, SETTINGS)
    late = train.take(train.at > np.quantile(train.at, 0.9))
    relation = next(one for one in memory.history if one.parts == TUPLE)
    past = memory.results[relation.name]
    honest, leaky = (past.before(relation.keys(late), at).T for at in (late.at, late.at + 10**9))
    new = honest[0] == 0
    assert measures.auc(leaky[1][new] / np.maximum(leaky[0][new], 1e-9), late.found[new]) > 0.95
    assert measures.auc(honest[1][new], late.found[new]) == 0.5


def test_the_naive_rules_stay_beside(scored, sets):
    _, scores, test = scored
    best = measures.average_precision(scores.probability, test.found)
    told = {name: measures.average_precision(rule(*sets), test.found) for name, (_, rule) in naive.RULES.items()}
    assert set(told) == {"price", "consignee", "group", "trees"}
    assert best > max(told.values())


def test_the_same_seed_gives_the_same_list_within_budget_and_quota(scored):
    _, scores, test = scored
    units = test.text["unit_code"]
    busiest = max(set(units.tolist()), key=units.tolist().count)
    asked, budget = Asked(test.text["entry_id"], units), Budget(800, quotas={busiest: 50})
    first, second = (choose(scores, asked, budget, Draw("one seed")) for _ in range(2))
    assert first.lane.tolist() == second.lane.tolist()
    assert first.selected.sum() == 800
    assert (first.selected & (units == busiest)).sum() <= 50
    assert first.propensity.sum() == pytest.approx(800)


def test_training_again_gives_the_same_chances(sets):
    train, test = sets
    part = train.take(np.arange(len(train)) % 8 == 0)
    settings = Settings(half_life_days=3650, crosses=(TUPLE,), rounds=20)
    one, other = (Model.train(part, settings).score(test).probability for _ in range(2))
    assert (one == other).all()
    assert isinstance(Model.train(part, settings).heads, Heads)
