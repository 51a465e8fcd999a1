"""A look is worth what the newest results next door say and what a find would teach about the rest of the list."""

import numpy as np
import pytest

from guanjian.targeting.features import Memory
from guanjian.targeting.rows import DAY, Rows
from guanjian.targeting.settings import Settings
from guanjian.targeting.worth import worth

SETTINGS = Settings(fresh_days=30)
NOW = 1_700_000_000


def declared(headings, at=NOW, consignees=None, origins=None, **result):
    """Declarations of these headings at one moment."""
    size = len(headings)
    text = {
        "entry_id": np.char.add("E", np.arange(size).astype(str)).astype(object),
        "hs_code": np.array([f"{heading}100000" if heading else "" for heading in headings], object),
        "consignee_id": np.array(consignees or [f"C{number}" for number in range(size)], object),
        "origin_country": np.array(origins or ["DE"] * size, object),
    }
    return Rows.of(text, {"value_cny": np.full(size, 100.0)}, np.full(size, at), **result)


def looked(headings, found, evaded=0.0, **more):
    """What was looked at a moment ago, all with the same result."""
    result = {"found": np.full(len(headings), float(found)), "evaded": np.full(len(headings), evaded)}
    return declared(headings, NOW - 60, **result, **more)


def worths(past, rows, probability=0.1, settings=SETTINGS):
    return worth(Memory.of(past, settings), rows, np.full(len(rows), probability), np.full(len(rows), 1000.0))


def test_a_declaration_alone_is_worth_what_the_formula_says():
    past = looked(["8501"], found=1, evaded=4000.0, consignees=["X"])
    chance, amount = (4 * 0.1 + 1) / (4 + 1), (1000 + 4000) / 2
    told = worths(past, declared(["8501"]))
    assert told == pytest.approx([chance * (amount + amount / 2 + 0.3 * amount / 2)], rel=1e-4)


def test_a_find_next_door_raises_the_worth_at_once_and_a_clean_look_lowers_it():
    asked = declared(["8501", "2204"])
    found, clean = (worths(looked(["8501"], result, 1000.0 * result), asked) for result in (1, 0))
    assert found[0] > 2 * found[1]
    assert clean[0] < clean[1]


def test_an_old_find_no_longer_counts():
    asked = declared(["8501", "2204"])
    old = declared(["8501"], NOW - 3000 * DAY, found=np.ones(1), evaded=np.full(1, 1000.0))
    told = worths(old, asked)
    assert told[0] == pytest.approx(told[1])


def test_the_more_passes_in_the_same_goods_the_more_a_look_teaches_but_the_second_less_than_the_first():
    told = worths(looked(["9999"], found=0), declared(["8501", "8501", "8501", "2204"]))
    assert told[0] > told[1] > told[2]
    assert told[0] > 2 * told[3]


def test_goods_without_a_code_teach_nothing():
    told = worths(looked(["9999"], found=0), declared(["", "", ""]))
    assert told == pytest.approx(100.0)


def test_the_order_of_the_list_does_not_matter():
    headings = [["8501", "2204", "8703"][number % 3] for number in range(40)]
    asked, past = declared(headings, origins=["DE", "JP"] * 20), looked(["8501", "8703", "8703"], found=1, evaded=50.0)
    turn = np.random.default_rng(1).permutation(40)
    assert worths(past, asked)[turn].tolist() == pytest.approx(worths(past, asked.take(turn)).tolist())


def test_without_a_memory_of_results_it_is_the_expected_loss():
    told = worths(looked(["8501"], found=1), declared(["8501", "8501"]), settings=Settings(only=(("hs4",),)))
    assert told == pytest.approx(100.0)
