"""`guanjian target`: train, score and evaluate on any table, and on a lake."""

import csv
import json

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from guanjian.cli.target import command
from guanjian.kernel.errors import BadInput
from guanjian.targeting.draw import Draw
from tests.targeting.samples import market

MAPPING = """
columns: {entry_id: entry_id, at: at, unit_code: unit_code, consignee_id: consignee_id, agent_id: agent_id,
  hs_code: hs_code, origin_country: origin_country, value_cny: value_cny, quantity: quantity, net_kg: net_kg}
result: {found: found, evaded_cny: evaded, known_after_days: 2}
settings: {rounds: 30}
"""


@pytest.fixture
def folder(tmp_path):
    rows = market()
    texts = ("entry_id", "unit_code", "consignee_id", "agent_id", "hs_code", "origin_country")
    columns = {name: rows.text[name] for name in texts}
    columns |= {name: rows.number[name] for name in ("value_cny", "quantity", "net_kg")}
    columns |= {"at": rows.at.astype("datetime64[s]"), "found": rows.found.astype(int), "evaded": rows.evaded}
    with (tmp_path / "t.csv").open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(zip(*(values.tolist() for values in columns.values()), strict=True))
    (tmp_path / "m.yaml").write_text(MAPPING)
    return tmp_path


def run(folder, *words):
    given = [word.replace("@", f"{folder}/") for word in words]
    return CliRunner().invoke(command, given, catch_exceptions=False)


def trained(folder):
    done = run(folder, "train", "@t.csv", "--mapping", "@m.yaml", "--out", "@risk.model")
    assert done.exit_code == 0
    return done.output


def test_train_then_score_gives_selections_of_the_contract(folder):
    assert "600" in trained(folder)
    words = ("score", "@t.csv", "--mapping", "@m.yaml", "--model", "@risk.model", "--budget", "50")
    done = run(folder, *words, "--quota", "2201=20", "--seed-file", "@seed", "--out", "@list.parquet")
    assert done.exit_code == 0
    table = pq.read_table(folder / "list.parquet")
    kept = {name: np.array(table[name].to_pylist(), object) for name in table.column_names}
    selected = kept["selected"].astype(bool)
    assert selected.sum() == 50
    assert (selected & (kept["unit_code"] == "2201")).sum() == 20
    assert kept["propensity"].astype(float).sum() == pytest.approx(50)
    assert all("|" in reason for reason in kept["reason"][selected & (kept["lane"] == "probability")])
    assert set(kept["reason"][~selected]) == {""}
    assert Draw((folder / "seed").read_text().strip()).pledge in done.output
    assert oct((folder / "seed").stat().st_mode)[-3:] == "600"


def test_the_same_seed_file_gives_the_same_list(folder):
    trained(folder)
    words = ("score", "@t.csv", "--mapping", "@m.yaml", "--model", "@risk.model", "--seed-file", "@seed")
    for name in ("@a.csv", "@b.csv"):
        assert run(folder, *words, "--out", name).exit_code == 0
    assert (folder / "a.csv").read_bytes() == (folder / "b.csv").read_bytes()


def test_a_cell_that_would_run_as_a_formula_is_made_harmless(folder):
    text = (folder / "t.csv").read_text()
    (folder / "t.csv").write_text(text.replace("\nE5,", "\n=cmd(1),").replace("\nE6,", "\n-6,"))
    trained(folder)
    run(folder, "score", "@t.csv", "--mapping", "@m.yaml", "--model", "@risk.model", "--out", "@list.csv")
    with (folder / "list.csv").open(newline="") as lines:
        ids = [line["entry_id"] for line in csv.DictReader(lines)]
    assert {"'=cmd(1)", "'-6", "E50"} <= set(ids)


def test_evaluate_shows_every_rule_beside_the_model(folder):
    done = run(folder, "evaluate", "@t.csv", "--mapping", "@m.yaml", "--out", "@told.json")
    assert done.exit_code == 0
    told = json.loads((folder / "told.json").read_text())
    assert set(told["baselines"]) == {"price", "consignee", "group", "trees"}
    assert told["model"]["auc"] > 0.8
    assert "100.0%" in told["caution"]["en"]
    assert "group mean" in done.output


def test_neither_table_nor_lake_is_refused(folder):
    with pytest.raises(BadInput, match="--lake"):
        run(folder, "train", "--out", "@risk.model")


def test_a_lake_is_read_with_its_items_and_examinations(tmp_path):
    from guanjian.ingest.importing import ingest
    from guanjian.ingest.lake import Lake
    from guanjian.targeting import reading

    head = "entry_id,unit_code,ie,declared_at,trade_mode,consignee_id,value_cny\n"
    lines = ["E1,2201,import,2026-01-05T08:00:00,0110,甲,300", "E2,2201,import,2026-01-06T08:00:00,0110,乙,50"]
    (tmp_path / "declarations.csv").write_text(head + "\n".join(lines) + "\n")
    items = "entry_id,item_no,hs_code,value_cny,origin_country\nE1,1,85011000,100,DE\nE1,2,95030000,200,JP\n"
    (tmp_path / "items.csv").write_text(items)
    exams = "exam_id,entry_id,mode,officer1,started_at,ended_at,finding,handling,evaded_cny\n"
    (tmp_path / "examinations.csv").write_text(exams + "X1,E1,A,g1,2026-01-07T08:00:00,2026-01-07T10:00:00,true,4,30\n")
    lake = Lake.open(tmp_path / "lake", create=True)
    ingest([tmp_path / f"{name}.csv" for name in ("declarations", "items", "examinations")], lake)
    rows = reading.from_lake(lake)
    assert rows.text["entry_id"].tolist() == ["E1", "E2"]
    assert rows.text["hs_code"].tolist() == ["95030000", ""]
    assert rows.examined.tolist() == [True, False]
    assert rows.evaded[0] == 30
    assert rows.known[0] - rows.at[0] == 2 * 86_400 + 7_200
