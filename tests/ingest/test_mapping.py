"""Foreign data loads without code: what each rule does, and what is said about a mapping that cannot work."""

from decimal import Decimal

import pytest

from guanjian.ingest.mapping import load, shipped
from guanjian.ingest.receipt import Counts
from guanjian.kernel.errors import BadInput

MAPPING = """
zone: Asia/Seoul
rates: {KRW: [{from: 2020-01-01, cny: 0.006}, {from: 2020-07-01, cny: 0.005}]}
tables:
  declarations:
    entry_id: {from: id, prefix: KR}
    unit_code: office
    ie: {constant: import}
    declared_at: {from: date, format: "%d.%m.%Y"}
    trade_mode: {from: mode, codes: {"NO": "norway", "on": "switched"}}
    consignee_id: {join: [office, id, "=x", $file], with: "-"}
    net_kg: {from: tons, times: 1000, blank: ["-"]}
    value_cny: {from: won, rate: KRW, on: day}
  items:
    entry_id: {from: id, prefix: KR}
    item_no: {constant: 1}
    hs_code: {from: hs, pad: 6}
    value_cny: {from: won, rate: KRW, on: day}
"""
HEAD = "id,office,date,mode,tons,won,day,hs,extra\n"


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING)
    return load(path)


def test_one_source_fills_several_tables_through_every_rule(mapping, bring, lake, ask):
    text = HEAD + "1,30,02.03.2020,NO,1.5,1000,2020-03-02,10121,z\n2,30,02.07.2020,on,-,1000,2020-07-02,410121,z\n"
    receipt = bring("source.csv", text, mapping=mapping)
    assert receipt.tables == {"declarations": Counts(2, 2), "items": Counts(2, 2)}
    assert receipt.ignored_columns == {"source.csv": ["extra"]}
    one, two = ask(lake.select("declarations") + " ORDER BY entry_id")
    assert (one["entry_id"], one["unit_code"], one["consignee_id"]) == ("KR1", "30", "30-1-x-source")
    assert one["declared_at"].isoformat() == "2020-03-01T15:00:00+00:00", "a time without zone is the mapping's"
    assert (one["trade_mode"], two["trade_mode"]) == ("norway", "switched")
    assert (one["net_kg"], two["net_kg"]) == (Decimal(1500), None)
    assert (one["value_cny"], two["value_cny"]) == (Decimal(6), Decimal(5)), "each day has the rate of its day"
    assert {row["hs_code"] for row in ask(lake.select("items"))} == {"010121", "410121"}


def test_an_amount_without_a_rate_for_its_day_is_set_aside_not_guessed(mapping, bring, lake, ask):
    receipt = bring("source.csv", HEAD + "1,30,02.03.2019,NO,1,1000,2019-03-02,410121,z\n", mapping=mapping)
    assert receipt.tables["declarations"] == Counts(1, 0, 1)
    assert {(row["table"], row["column"]) for row in ask(lake.quarantine())} == {
        ("declarations", "value_cny"),
        ("items", "value_cny"),
    }


def test_a_mapping_is_part_of_what_a_batch_is(mapping, bring, tmp_path):
    text = HEAD + "1,30,02.03.2020,NO,1,1000,2020-03-02,410121,z\n"
    first = bring("source.csv", text, mapping=mapping)
    (tmp_path / "other.yaml").write_text(MAPPING.replace("0.006", "0.007"))
    second = bring("source.csv", text, mapping=load(tmp_path / "other.yaml"))
    assert first.batch != second.batch
    assert second.tables["declarations"].revisions == 1


WRONG = {
    "no YAML": ("tables: [", "YAML"),
    "no tables": ("zone: UTC", "tables"),
    "unknown part": (MAPPING + "colour: red\n", "colour"),
    "unknown table": ("tables: {apples: {a: b}}", "apples"),
    "unknown column": (MAPPING + "    taste: sweet\n", "taste"),
    "required column missing": ("tables: {containers: {entry_id: a}}", "container_id"),
    "rule that is none": ("tables: {containers: {entry_id: a, container_id: {colour: red}}}", "container_id"),
    "rate that is not given": (MAPPING.replace("rate: KRW", "rate: USD"), "USD"),
    "no such zone": (MAPPING.replace("Asia/Seoul", "Asia/Atlantis"), "Atlantis"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_mapping_that_cannot_work_is_refused_with_the_place(what, tmp_path):
    text, place = WRONG[what]
    (tmp_path / "m.yaml").write_text(text)
    with pytest.raises(BadInput, match=place) as refused:
        load(tmp_path / "m.yaml")
    assert place in refused.value.text.en


def test_a_source_that_lacks_what_the_mapping_names_is_refused(mapping, bring):
    with pytest.raises(BadInput, match="won"):
        bring("source.csv", "id,office,date,mode,tons,day,hs\n1,2,3,4,5,6,7\n", mapping=mapping)


def test_the_shipped_mappings_load():
    assert shipped() == ["eventlog", "kcs2022"]
    assert {name: list(load(name).tables) for name in shipped()} == {
        "eventlog": ["events"],
        "kcs2022": ["declarations", "items", "examinations"],
    }


def test_the_korean_declarations_load_whole_with_their_labels(shared, bring, lake, ask):
    source = shared("data/customs/kcs2022/df_syn_valid_eng.csv")
    receipt = bring("valid.csv", source.read_bytes(), mapping=load("kcs2022"))
    assert set(receipt.tables.values()) == {Counts(read=8134, accepted=8134)}
    assert receipt.unknown_codes == {}
    (found,) = ask(f"SELECT sum(CAST(finding AS INT)) AS n, count(*) AS all FROM ({lake.select('examinations')})")
    assert found["n"] == 1704
    (kinds,) = ask(f"SELECT count(*) AS n FROM ({lake.select('examinations')}) WHERE find_kind = 'KR:critical'")
    assert kinds["n"] == 78
    (hs,) = ask(f"SELECT min(length(hs_code)) AS a, max(length(hs_code)) AS b FROM ({lake.select('items')})")
    assert hs == {"a": 6, "b": 6}
    (days,) = ask(f"SELECT min(declared_at) AS a, max(declared_at) AS b FROM ({lake.select('declarations')})")
    assert [days["a"].date().isoformat(), days["b"].date().isoformat()] == ["2021-01-01", "2021-03-31"]


@pytest.mark.parametrize("log", ["traffic_fines", "purchasing_example", "receipt", "bpic2013_closed", "patients"])
def test_event_logs_of_the_common_shape_load_whole(log, shared, lake, ask):
    import pyarrow.parquet as pq

    from guanjian.ingest.importing import ingest

    path = shared(f"data/eventlogs/{log}.parquet")
    rows = pq.read_metadata(path).num_rows
    assert ingest([path], lake, mapping=load("eventlog")).tables == {"events": Counts(read=rows, accepted=rows)}
    (row,) = ask(f'SELECT count(DISTINCT object_id) AS cases, min("at") AS first FROM ({lake.select("events")})')
    assert row["cases"] == len(pq.read_table(path, columns=["case_id"])["case_id"].unique())
