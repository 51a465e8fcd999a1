"""The model: it learns what is planted, says so in words, is the same from its file, and answers alone as in a crowd."""

import numpy as np
import pytest

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.targeting import file, words
from guanjian.targeting.heads import _weight
from guanjian.targeting.model import Model
from guanjian.targeting.serving import one_row
from guanjian.targeting.settings import Settings
from tests.targeting.samples import market

SETTINGS = Settings(rounds=40, fresh_days=10)
ALWAYS = ("rate", "tries", "met", "fresh", "looks", "sum")  # features that always have a value


@pytest.fixture(scope="module")
def model():
    return Model.train(market(), SETTINGS)


@pytest.fixture(scope="module")
def later():
    rows = market(700)
    return rows.take(np.arange(700) >= 600)


def test_the_bad_consignee_stands_above_the_others(model, later):
    probability = model.score(later).probability
    bad = later.text["consignee_id"] == "C3"
    assert probability[bad].mean() > 5 * probability[~bad].mean()


def test_expected_loss_is_chance_times_what_is_at_stake(model, later):
    scores = model.score(later)
    assert scores.expected == pytest.approx(scores.probability * scores.at_stake)
    assert (scores.at_stake > 0).all()


def test_the_parts_of_a_score_add_up_to_it(model, later):
    scores = model.score(later)
    odds = model.heads.parts(scores.matrix).sum(axis=1)
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(scores.probability, abs=1e-4)


def test_the_reasons_of_a_suspicion_are_told_in_both_languages(model, later):
    scores = model.score(later)
    top = np.argsort(-scores.probability)[:1]
    told = words.reasons(model.memory, scores.matrix[top], model.heads.parts(scores.matrix[top]))[0]
    said = words.sentence(told)
    assert 0 < len(told) <= words.MOST
    assert "提高风险" in said.zh
    assert "raises the risk" in said.en
    assert abs(told[0].weight) == max(abs(one.weight) for one in told)


@pytest.mark.parametrize("value", [0.4, float("nan")], ids=["known", "missing"])
def test_every_feature_has_its_words(model, value):
    for name in model.memory.names:
        said = words._reason(name, value, 0.3).said
        assert said.zh
        assert said.en.isascii()
        assert "nan" not in said.zh or name.startswith(ALWAYS)


def test_the_same_rows_give_the_same_file(tmp_path):
    versions = {file.save(Model.train(market(), SETTINGS), tmp_path / name) for name in ("a", "b")}
    assert len(versions) == 1


def test_a_model_from_its_file_says_the_same(model, later, tmp_path):
    version = file.save(model, tmp_path / "risk.model")
    loaded = file.load(tmp_path / "risk.model")
    assert loaded.version == version
    assert loaded.facts == model.facts
    assert loaded.score(later).expected.tolist() == model.score(later).expected.tolist()
    assert loaded.score(later).worth.tolist() == model.score(later).worth.tolist()


def test_a_file_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "risk.model").write_bytes(b"nothing of ours")
    with pytest.raises(BadInput, match="不是本系统的模型文件"):
        file.load(tmp_path / "risk.model")
    with pytest.raises(NotFound):
        file.load(tmp_path / "none.model")


def test_one_declaration_alone_scores_as_among_others(model, later):
    whole = model.score(later)
    for position in (0, 40, 99):
        given = {name: values[position] for name, values in later.text.items()}
        given |= {name: float(v[position]) for name, v in later.number.items() if not np.isnan(v[position])}
        given["declared_at"] = np.datetime_as_string(later.at[position].astype("datetime64[s]")) + "+00:00"
        alone = model.score(one_row(given))
        assert alone.probability[0] == whole.probability[position]
        assert alone.at_stake[0] == pytest.approx(whole.at_stake[position])


def test_newer_results_count_at_once_without_other_trees():
    rows = market(600)
    half = rows.take(np.arange(600) < 500)
    model = Model.train(half, SETTINGS)
    asked = rows.take(np.arange(600) >= 590)
    before = model.score(asked).matrix
    model.remember(rows)
    column = model.memory.names.index("tries:consignee_id")
    after = model.score(asked).matrix
    assert (after[:, column] >= before[:, column]).all()
    assert after[:, column].sum() > before[:, column].sum()


def test_too_few_results_are_refused_with_a_sentence():
    rows = market()
    with pytest.raises(BadInput, match="太少"):
        Model.train(rows.with_results(np.where(np.arange(600) < 20, rows.found, np.nan)), SETTINGS)


def test_without_amounts_the_duty_stands_for_what_is_at_stake():
    rows = market()
    model = Model.train(rows.with_results(rows.found, evaded=np.full(600, np.nan)), SETTINGS)
    assert model.heads.amount is None
    scores = model.score(rows)
    assert scores.at_stake == pytest.approx(rows.number["value_cny"] * 0.1)


def test_older_examples_weigh_less_when_that_is_set():
    rows = market(600)
    weight = _weight(rows, Settings(recency_days=5.0))
    assert weight[-1] == 1
    assert weight[-121] == pytest.approx(0.5)
    assert _weight(rows, Settings()).tolist() == [1.0] * 600
