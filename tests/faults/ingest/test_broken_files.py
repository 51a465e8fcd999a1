"""Every kind of broken file gives one clear sentence in both languages, and leaves the lake as it was."""

import gzip
import io
import json
import random
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guanjian.ingest import text
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.kernel.errors import BadInput, GuanjianError

HEAD = "entry_id,container_id\n"


def parquet() -> bytes:
    out = io.BytesIO()
    noise = random.Random(1)
    rows = {
        "entry_id": [str(noise.random()) for _ in range(5000)],
        "container_id": [str(noise.random()) for _ in range(5000)],
    }
    pq.write_table(pa.table(rows), out)
    return out.getvalue()


def damaged_inside(whole: bytes) -> bytes:
    return whole[:2000] + bytes(len(whole) // 4) + whole[2000 + len(whole) // 4 :]


def archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b"0" * 50_000_000)
    return out.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><log>&b;</log>'
XES = b'<?xml version="1.0"?><log><trace><event><string key="concept:name" value="A"/>'
BROKEN = {
    "nothing in it": ("containers.csv", b"", "空的", "empty"),
    "a header only of blanks": ("containers.csv", b",\n1,2\n", "表头", "header"),
    "columns of another table": ("containers.csv", b"a,b\n1,2\n", "缺少列", "lacks"),
    "semicolons": ("containers.csv", b"entry_id;container_id\n1;2\n", "逗号", "commas"),
    "two columns of one name": ("containers.csv", b"entry_id,Entry_ID,container_id\n1,2,3\n", "重名", "same name"),
    "UTF-16": ("containers.csv", HEAD.encode("utf-16"), "UTF-16", "UTF-16"),
    "no known encoding": ("containers.csv", HEAD.encode() + b"a,\xff\xfe\xff\n", "UTF-8", "UTF-8"),
    "null bytes": ("containers.csv", HEAD.encode() + b"a,\x00\x01\x02\n", "空字节", "null bytes"),
    "a quote never closed": (
        "containers.csv",
        HEAD.encode() + b'a,"b\n' + b"c,d\n" * 5_000_000,
        "引号",
        "quotation mark",
    ),
    "a workbook": ("containers.csv", archive("xl/workbook.xml"), "Excel", "Excel"),
    "a ZIP archive, perhaps a bomb": ("containers.csv", archive("data.csv"), "ZIP", "ZIP"),
    "an old workbook": ("containers.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel", "Excel"),
    "a PDF": ("containers.csv", b"%PDF-1.7\n...", "PDF", "PDF"),
    "a web page": ("containers.csv", b"<!DOCTYPE html><html>404</html>", "网页", "web page"),
    "Parquet under another name": ("containers.csv", parquet(), ".parquet", ".parquet"),
    "text under the name of Parquet": ("containers.parquet", b"entry_id,container_id\n1,2\n", "Parquet", "Parquet"),
    "Parquet cut off": ("containers.parquet", parquet()[:-100], "不完整", "cut off"),
    "Parquet damaged inside": ("containers.parquet", damaged_inside(parquet()), "损坏", "damaged"),
    "Parquet with a damaged footer": (
        "containers.parquet",
        parquet()[:-60] + bytes(40) + parquet()[-20:],
        "损坏",
        "damaged",
    ),
    "gzip cut off": (
        "containers.csv.gz",
        gzip.compress(random.Random(2).randbytes(90_000))[:-5000],
        "压缩",
        "compressed",
    ),
    "gzip that is none": (
        "containers.csv.gz",
        b"\x1f\x8b\x08\x00garbage that is no deflate stream",
        "压缩",
        "compressed",
    ),
    "a JSON array": ("containers.jsonl", b'[{"entry_id": "a"}]', "数组", "array"),
    "JSON without objects": ("containers.jsonl", b"1\n2\n", "对象", "object"),
    "JSON that is no OCEL": ("events.json", b'{"a": 1}', "OCEL", "OCEL"),
    "broken OCEL": ("events.json", b'{"events": [{"id": ', "OCEL", "OCEL"),
    "SQLite that is no OCEL": ("log.sqlite", b"SQLite format 3\x00" + bytes(4096), "OCEL", "OCEL"),
    "XES cut off": ("log.xes", XES, "XES", "XES"),
    "XML that is no log": ("log.xes", b"<html><body/></html>", "网页", "web page"),
    "XML of another kind": ("log.xes", b"<?xml version='1.0'?><invoice/>", "XES", "XES"),
    "an XML bomb": ("log.xes", BOMB, "DOCTYPE", "DOCTYPE"),
    "nobody's table": ("somewhere.csv", HEAD.encode(), "--table", "--table"),
    "nobody's kind of file": ("containers.docx", b"words", "不认识", "not a kind"),
}


def test_there_are_many_kinds():
    assert len(BROKEN) >= 15


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_gives_one_clear_sentence_and_leaves_nothing(kind, tmp_path):
    name, content, zh, en = BROKEN[kind]
    path = tmp_path / name
    path.write_bytes(content)
    lake = Lake.open(tmp_path / "lake", create=True)
    with pytest.raises(BadInput) as refused:
        ingest([path], lake)
    said = refused.value.text
    assert zh in said.zh
    assert en in said.en
    assert name in said.zh + said.en or str(path) in said.zh
    assert "\n" not in said.zh + said.en
    assert len(said.en) < 400
    assert lake.tables() == []
    assert {p.name for p in lake.root.rglob("*") if p.is_file()} <= {"lock", "lake.json"}


def test_a_gzip_bomb_is_refused_early(tmp_path, monkeypatch):
    monkeypatch.setattr(text, "RATIO_FROM", 8 << 20)
    line = b"a,b\n" * 250_000
    path = tmp_path / "containers.csv.gz"
    with gzip.open(path, "wb") as packed:
        packed.write(HEAD.encode())
        for _ in range(100):
            packed.write(line)
    with pytest.raises(BadInput, match="炸弹"):
        ingest([path], Lake.open(tmp_path / "lake", create=True))


def test_ten_gigabytes_in_one_line_are_refused_without_being_read(tmp_path, monkeypatch):
    path = tmp_path / "containers.csv"
    with path.open("wb") as file:
        file.write(HEAD.encode() + b"x" * (8 << 20))
        file.truncate(10 << 30)  # a hole: the file says ten gigabytes and takes eight megabytes
    taken, blocks = [], text.blocks
    monkeypatch.setattr(text, "blocks", lambda path: counted(blocks(path), taken))
    with pytest.raises(BadInput, match="一行超过"):
        ingest([path], Lake.open(tmp_path / "lake", create=True))
    assert 0 < sum(taken) < 16 << 20


def counted(blocks, taken):
    for block in blocks:
        taken.append(len(block))
        yield block


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(GuanjianError) as missing:
        ingest([tmp_path / "nothing.csv"], Lake.open(tmp_path / "lake", create=True))
    assert missing.value.exit_code == 4


def test_a_good_file_beside_a_broken_one_waits_until_both_are_good(tmp_path):
    (tmp_path / "containers.csv").write_text(HEAD + "A1,X\n")
    (tmp_path / "events.jsonl").write_text(json.dumps([1]))
    lake = Lake.open(tmp_path / "lake", create=True)
    with pytest.raises(BadInput):
        ingest([tmp_path / "containers.csv", tmp_path / "events.jsonl"], lake)
    assert lake.tables() == []
    assert ingest([tmp_path / "containers.csv"], lake).tables["containers"].accepted == 1
