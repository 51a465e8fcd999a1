"""Every format gives the same rows; where each row stood is told exactly."""

import gzip
import json
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanjian.ingest.importing import ingest
from guanjian.ingest.receipt import Counts
from tests.ingest.conftest import DECLARATIONS

ROWS = [
    {"entry_id": "A1", "container_id": "甲,1"},
    {"entry_id": "A2", "container_id": 'say "x"'},
    {"entry_id": "A3", "container_id": "two\nlines"},
]
CSV = 'entry_id,container_id\nA1,"甲,1"\nA2,"say ""x"""\nA3,"two\nlines"\n'
JSONL = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)


def as_parquet(path):
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path.read_bytes()


TEXTS = {
    "utf-8.csv": CSV.encode(),
    "mark.csv": CSV.encode("utf-8-sig"),
    "gb18030.csv": CSV.encode("gb18030"),
    "windows.csv": CSV.replace("\n", "\r\n").replace("two\r\nlines", "two\nlines").encode(),
    "no-last-line-end.csv": CSV.rstrip("\n").encode(),
    "empty-lines.csv": CSV.replace("A2", "\n\nA2").encode() + b"\n\n",
    "packed.csv.gz": gzip.compress(CSV.encode()),
    "rows.jsonl": JSONL.encode(),
    "mark.jsonl": JSONL.encode("utf-8-sig"),
    "gb18030.jsonl": JSONL.encode("gb18030"),
    "packed.jsonl.gz": gzip.compress(JSONL.encode()),
    "rows.ndjson": JSONL.replace("\n", "\n\n").encode(),
    "rows.parquet": as_parquet,
}


@pytest.mark.parametrize("name", TEXTS)
def test_every_form_gives_the_same_rows(name, lake, tmp_path, ask):
    path = tmp_path / "containers" / name
    path.parent.mkdir()
    text = TEXTS[name]
    path.write_bytes(text(path) if callable(text) else text)
    assert ingest([path], lake).tables == {"containers": Counts(read=3, accepted=3)}
    assert ask(lake.select("containers") + " ORDER BY entry_id") == ROWS


def test_the_line_is_where_the_record_begins(bring, lake, ask):
    text = 'entry_id,container_id\n\nA1,"a\n\nb"\nbad\nA2,\n"A3","x\ny",z\nA4,ok\n,w\n'
    receipt = bring("containers.csv", text)
    assert receipt.tables["containers"] == Counts(read=6, accepted=2, quarantined=4)
    lines = [(r["line"], r["column"], r["reason"]) for r in ask(lake.quarantine() + " ORDER BY line")]
    assert lines == [
        (6, "", "fewer"),
        (7, "container_id", "missing"),
        (8, "", "more"),
        (11, "entry_id", "missing"),
    ]


def test_a_row_of_commas_is_a_row_where_no_line_is_empty(bring):
    assert bring("containers.csv", "entry_id,container_id\nA1,x\n,\n").tables["containers"] == Counts(2, 1, 1)


def test_gb18030_after_a_long_ascii_beginning_is_recognised(bring, lake, ask):
    body = "".join(f"A{n},box\n" for n in range(200_000)) + "Z,箱\n"
    receipt = bring("containers.csv", ("entry_id,container_id\n" + body).encode("gb18030"))
    assert receipt.tables["containers"].accepted == 200_001
    assert ask(lake.select("containers") + " WHERE entry_id = 'Z'")[0]["container_id"] == "箱"


def test_json_amounts_keep_all_their_digits(bring, lake, ask):
    row = '{"entry_id":"A1","unit_code":"2200","ie":"import","declared_at":"2025-01-01","trade_mode":"0110",'
    bring("declarations.jsonl", row + '"consignee_id":"C","value_cny":99999999999999.9999,"agent_id":null}\n')
    assert str(ask(lake.select("declarations"))[0]["value_cny"]) == "99999999999999.9999"


def test_a_json_line_that_is_no_object_is_set_aside(bring, lake, ask):
    receipt = bring("containers.jsonl", JSONL + '\n[1]\nnot json\n{"entry_id":"A9"}\n')
    assert receipt.tables["containers"] == Counts(read=6, accepted=3, quarantined=3)
    rows = ask(lake.quarantine() + " ORDER BY line")
    assert [(r["line"], r["reason"], r["row"]) for r in rows] == [
        (4, "json", "[1]"),
        (5, "json", "not json"),
        (6, "missing", '{"entry_id":"A9"}'),
    ]


def test_nested_json_becomes_json_and_lists(bring, lake, ask):
    event = {
        "event_id": "E1",
        "object_type": "entry",
        "object_id": "A1",
        "activity": "release",
        "at": "2025-01-01T00:00Z",
    }
    bring("events.jsonl", json.dumps(event | {"system": "system", "attributes": {"lane": "red", "n": [1, 2]}}))
    assert json.loads(ask(lake.select("events"))[0]["attributes"]) == {"lane": "red", "n": [1, 2]}
    bring("enterprises.jsonl", json.dumps({"enterprise_id": "C1", "name": "甲", "roles": ["agent", "carrier"]}))
    bring(
        "enterprises.csv", 'enterprise_id,name,roles\nC2,乙,"[""agent""]"\nC3,丙,agent;carrier\nC4,丁,"[\'agent\']"\n'
    )
    roles = {row["enterprise_id"]: row["roles"] for row in ask(lake.select("enterprises"))}
    assert roles == {"C1": ["agent", "carrier"], "C2": ["agent"], "C3": ["agent", "carrier"], "C4": ["agent"]}


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/"><string key="concept:name" value="fines"/>
<global scope="event"><string key="concept:name" value="none"/></global>
<trace><string key="concept:name" value="c1"/><int key="amount" value="35"/>
<event><string key="concept:name" value="Create"/><string key="org:resource" value="561"/>
<date key="time:timestamp" value="2006-07-24T00:00:00.000+02:00"/></event>
<event><string key="concept:name" value="Send"/><date key="time:timestamp" value="2006-12-05T00:00:00+01:00"/></event>
</trace></log>"""


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_an_xes_log_becomes_events(name, bring, lake, ask):
    text = gzip.compress(XES.encode()) if name.endswith("gz") else XES
    assert bring(name, text).tables == {"events": Counts(read=2, accepted=2)}
    first, second = ask(lake.select("events") + " ORDER BY event_id")
    assert (first["event_id"], first["object_id"], first["activity"]) == ("fines#1", "c1", "Create")
    assert first["officer_id"] == "561"
    assert first["at"].isoformat() == "2006-07-23T22:00:00+00:00"
    assert json.loads(second["attributes"]) == {"case:amount": "35"}


OCEL = {
    "objectTypes": [],
    "eventTypes": [],
    "objects": [{"id": "o1", "type": "Order"}, {"id": "i1", "type": "Item"}],
    "events": [
        {
            "id": "e1",
            "type": "place",
            "time": "2025-01-01T00:00:00Z",
            "attributes": [{"name": "resource", "value": "bob"}],
            "relationships": [{"objectId": "o1", "qualifier": "of"}, {"objectId": "i1", "qualifier": "on"}],
        },
        {"id": "e2", "type": "pay", "time": "2025-01-02T00:00:00Z", "relationships": [{"objectId": "o1"}]},
    ],
}


def ocel_sqlite(path):
    with sqlite3.connect(path) as log:
        log.executescript("""
            CREATE TABLE event (ocel_id TEXT, ocel_type TEXT); CREATE TABLE object (ocel_id TEXT, ocel_type TEXT);
            CREATE TABLE event_map_type (ocel_type TEXT, ocel_type_map TEXT);
            CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
            CREATE TABLE event_P (ocel_id TEXT, ocel_time TEXT, resource TEXT);
            CREATE TABLE event_Y (ocel_id TEXT, ocel_time TEXT);
            INSERT INTO event VALUES ('e1', 'place'), ('e2', 'pay');
            INSERT INTO object VALUES ('o1', 'Order'), ('i1', 'Item');
            INSERT INTO event_map_type VALUES ('place', 'P'), ('pay', 'Y');
            INSERT INTO event_object VALUES ('e1', 'o1', 'of'), ('e1', 'i1', 'on'), ('e2', 'o1', NULL);
            INSERT INTO event_P VALUES ('e1', '2025-01-01T00:00:00Z', 'bob');
            INSERT INTO event_Y VALUES ('e2', '2025-01-02T00:00:00Z');""")
    log.close()


@pytest.mark.parametrize("name", ["log.ocel.json", "log.jsonocel", "log.sqlite"])
def test_both_forms_of_ocel_give_the_same_events(name, lake, tmp_path, ask):
    path = tmp_path / name
    ocel_sqlite(path) if name.endswith("sqlite") else path.write_text(json.dumps(OCEL))
    assert ingest([path], lake).tables == {"events": Counts(read=3, accepted=3)}
    rows = ask(lake.select("events") + " ORDER BY event_id")
    assert [(r["event_id"], r["object_type"], r["object_id"], r["activity"], r["officer_id"]) for r in rows] == [
        ("e1|i1", "Item", "i1", "place", "bob"),
        ("e1|o1", "Order", "o1", "place", "bob"),
        ("e2", "Order", "o1", "pay", None),
    ]
    assert json.loads(rows[0]["attributes"]) == {"resource": "bob", "ocel:event": "e1", "ocel:qualifier": "on"}


def test_the_public_ocel_log_loads_whole(shared, lake):
    log = shared("data/eventlogs/ocel2_pallet_logistics_v0.9.sqlite")
    assert ingest([log], lake).tables == {"events": Counts(read=29, accepted=29)}


def test_semicolons_are_read_when_a_mapping_says_so(lake, tmp_path, bring):
    from guanjian.ingest.mapping import load

    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "form: {delimiter: ';'}\ntables: {containers: {entry_id: Nr, container_id: {constant: X}}}\n", encoding="utf-8"
    )
    assert bring("x.csv", "Nr;other\nA1;b\n", mapping=load(mapping)).tables["containers"].accepted == 1
    with pytest.raises(Exception, match="缺少列"):
        bring("declarations.csv", DECLARATIONS.replace(",", ";") + "1;2\n")
