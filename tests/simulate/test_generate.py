"""The same seed gives the same world, whatever the chunk; what cannot be simulated is refused in a sentence."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from guanjian.kernel.errors import BadInput
from guanjian.simulate import generate, run
from guanjian.simulate.period import Period
from guanjian.simulate.plants import kinds
from guanjian.simulate.scenario import Scenario, built_in, load, parse

FEW = 6_000


def _tables(folder):
    return {path.name: pq.read_table(path) for path in folder.iterdir() if path.is_dir()}


def test_the_same_seed_gives_the_same_rows_whatever_the_size_of_a_chunk(tmp_path, monkeypatch):
    run("demo", FEW, 3, tmp_path / "one")
    monkeypatch.setattr(generate, "CHUNK", 1_000)
    run("demo", FEW, 3, tmp_path / "many")
    assert len(list((tmp_path / "many" / "declarations").iterdir())) > 3
    one, many = _tables(tmp_path / "one"), _tables(tmp_path / "many")
    assert one.keys() == many.keys()
    for name in one:
        assert one[name].equals(many[name]), name
    assert (tmp_path / "one/truth.json").read_bytes() == (tmp_path / "many/truth.json").read_bytes()


def test_another_seed_gives_another_world(tmp_path):
    run("quiet", FEW, 3, tmp_path / "three")
    run("quiet", FEW, 4, tmp_path / "four")
    assert not _tables(tmp_path / "three")["declarations"].equals(_tables(tmp_path / "four")["declarations"])


def test_plants_leave_the_life_of_other_houses_as_it_was(tmp_path):
    run("quiet", FEW, 3, tmp_path / "quiet")
    plant = {"kind": "incompatible_posts", "strength": 0.5}
    truth = run(Scenario("one", plants=(plant,)), FEW, 3, tmp_path / "one")
    touched = set(truth.planted[0]["entries"])
    before, after = (
        {row["entry_id"]: row for row in pq.read_table(tmp_path / name / "declarations").to_pylist()}
        for name in ("quiet", "one")
    )
    assert {entry for entry in before if before[entry] != after[entry]} == touched
    assert touched


@pytest.mark.parametrize("count", [2_000, 6_000])
def test_exactly_as_many_declarations_as_asked_for(tmp_path, count):
    heard = []
    truth = run("quiet", count, 1, tmp_path / "out", progress=heard.append)
    assert truth.rows["declarations"] == truth.rows["selections"] == sum(heard) == count
    assert 1.3 * count < truth.rows["items"] < 1.7 * count
    evidence = (
        pq.read_table(tmp_path / "out" / "events", columns=["object_type"]).column(0).to_pylist().count("rectify")
    )
    assert 0 < evidence <= truth.rows["problems"]
    assert 4 * count < truth.rows["events"] - evidence < 5 * count


def test_a_larger_administration_lives_longer():
    last = date(2026, 9, 30)
    quarter, longer = Period.ending(last, 200_000), Period.ending(last, 10_000_000)
    assert (quarter.first, quarter.days) == (date(2026, 7, 1), 92)
    assert longer.first == date(2026, 1, 1)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(BadInput, match="不是空的"):
        run("quiet", FEW, 1, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("plants: [{kind: magic}]", "magic"),
        ("plants: [{kind: collusive_pair, power: 3}]", "power"),
        ("plants: [{kind: collusive_pair, strength: 1.5}]", "strength"),
        ("plants: [{kind: collusive_pair, district: '9999'}]", "9999"),
    ],
)
def test_a_plant_that_cannot_be_is_refused_in_a_sentence(tmp_path, text, says):
    with pytest.raises(BadInput, match=says):
        run(parse(text, "mine"), FEW, 1, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [("honest: {kindness: 1}", "kindness"), ("colour: red", "colour"), ("- a list", "键值"), ("a: [", "YAML")],
)
def test_a_scenario_that_cannot_be_read_is_refused_in_a_sentence(text, says):
    with pytest.raises(BadInput, match=says):
        parse(text, "mine")


def test_an_unknown_scenario_names_the_known_ones():
    with pytest.raises(BadInput, match="demo、drift、everything、quiet、spread_cross"):
        load("nowhere")


def test_every_built_in_scenario_uses_known_plants():
    used = {plant["kind"] for name in built_in() for plant in load(name).plants}
    assert used == set(kinds())


def test_plants_of_the_demonstration_live_in_four_districts():
    _, plants = generate.prepare("demo", 50_000, 1)
    assert len({plant.district for plant in plants} | {""}) == 1
    assert len({plant.house for plant in plants}) == 4


def test_too_few_declarations_are_refused(tmp_path):
    with pytest.raises(BadInput, match="2000"):
        run("quiet", 10, 1, tmp_path / "out")
