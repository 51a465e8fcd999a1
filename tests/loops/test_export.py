"""Exports: what the page shows, as CSV or Excel, with nothing in it that a spreadsheet would compute, and in the ledger."""

import csv
import hashlib
import io
import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.urls import resolve
from openpyxl.cell import Cell
from openpyxl.utils.escape import unescape

from guanjian.ledger.models import Entry
from guanjian.loops.alert.models import Alert
from guanjian.loops.clue.models import Clue
from guanjian.loops.lead.models import Lead
from guanjian.pages import exporting, names, spreadsheet
from guanjian.pages.inert import inert, is_live
from tests.loops.behind import rewrite
from tests.loops.test_search import one_of
from tests.signed_in import browser

LIVE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "  =1+1",
    "＝1+1",
    "＠A1",
    "=cmd|' /C calc'!A0",
    "-",
]
PLAIN = ["企业", "1=1", "a@b", "220120261000000001", "价格-偏低"]
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture
def country(office):
    resolve("/")
    names.forget()
    yield
    names.forget()


def sheet_of(data: bytes) -> ET.Element:
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml"))


def cells_of(data: bytes) -> list[list[Cell]]:
    """The cells of each row, read with another library."""
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows()]


def told(cell: Cell) -> tuple[str, bool, object]:
    """Its kind (s a text, n a number or nothing, d a day, f a formula), whether it is quoted, its value."""
    return cell.data_type, bool(cell.quotePrefix), unescape(cell.value) if cell.data_type == "s" else cell.value


def excel(*row) -> bytes:
    file = io.BytesIO()
    assert spreadsheet.write(file, ["甲"] * len(row), [row]) == 1
    return file.getvalue()


@pytest.mark.parametrize("text", LIVE)
def test_what_a_spreadsheet_would_compute_is_made_a_text(text):
    assert is_live(text)
    assert inert(text) == f"'{text}"
    data = excel(text)
    ((kind, quoted, said),) = map(told, cells_of(data)[1])
    assert (kind, quoted) == ("s", True)
    assert said.replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r", "\n")
    assert sheet_of(data).findall(".//m:f", NS) == []


@pytest.mark.parametrize("text", PLAIN)
def test_an_ordinary_text_stays_as_it_is(text):
    assert inert(text) == text
    assert [told(cell) for cell in cells_of(excel(text))[1]] == [("s", False, text)]


def test_numbers_are_numbers_and_days_are_days():
    at = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)  # half past midnight of the next day in Beijing
    row = cells_of(excel(12, Decimal("-4000.50"), date(2026, 11, 21), at, None, True, float("nan")))[1]
    assert [cell.data_type for cell in row] == ["n", "n", "d", "d", "n", "s", "s"]
    assert [cell.value for cell in row] == [
        12, -4000.5, datetime(2026, 11, 21), datetime(2026, 11, 22, 0, 30), None, "True", "nan",
    ]  # fmt: skip
    assert [cell.number_format for cell in row[2:4]] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert [inert(value) for value in (12, Decimal("-4000.50"), date(2026, 11, 21), at, None)] == [
        "12", "-4000.50", "2026-11-21", "2026-11-22 00:30", "",
    ]  # fmt: skip


def test_signs_that_a_file_cannot_hold_are_left_out_and_long_texts_cut():
    row = cells_of(excel("价\x00格\x0b", "_x0041_", "价" * 40_000, "<&>\ud800"))[1]
    assert [told(cell)[2] for cell in row[:2]] == ["价格", "_x0041_"]
    assert (len(row[2].value), row[3].value) == (spreadsheet.LONGEST, "<&>")


def taken(who, address, form="csv"):
    answer = browser(who).post(address, {"format": form})
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, data


def test_a_queue_is_taken_away_as_it_is_shown(country):
    record = one_of(Alert, "=HYPERLINK(1)", subject_type="enterprise", subject_id="E0001", score=4.5)
    one_of(Alert, "别处的预警", "5301")
    answer, data = taken("front", "/export/alert/?tab=open")
    assert data.startswith(b"\xef\xbb\xbf")
    assert "attachment" in answer["Content-Disposition"]
    header, *rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert header[:3] == ["编号", "类别", "标题"]
    assert [row[:3] for row in rows] == [[record.key, "预警处置", "'=HYPERLINK(1)"]]
    _, sheet = taken("front", "/export/alert/?tab=open", "xlsx")
    assert [cell.value for cell in cells_of(sheet)[0]] == header
    assert told(cells_of(sheet)[1][2]) == ("s", True, "=HYPERLINK(1)")
    assert cells_of(sheet)[1][8].number_format == "yyyy-mm-dd hh:mm"
    assert taken("stranger", "/export/alert/?tab=open")[1].decode().count("别处的预警") == 1
    assert record.key not in taken("stranger", "/export/alert/?tab=open")[1].decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_export_stands_in_the_ledger_with_its_count_and_hash(country, form):
    one_of(Clue)
    _, data = taken("function", "/query/export/?loop=clue&f0=title&o0=has&v0=孤本", form)
    entry = Entry.objects.get(event="clue.exported")
    facts = json.loads(entry.body)["facts"]
    assert (entry.actor, facts["rows"], facts["format"]) == ("function", "1", form)
    assert facts["sha256"] == hashlib.sha256(data).hexdigest()
    assert "loop=clue" in facts["asked"]


def test_a_question_over_all_loops_is_taken_away_too(country):
    keys = {one_of(model).key for model in (Alert, Clue)}
    _, data = taken("function", "/query/export/?f0=title&o0=has&v0=孤本")
    assert {row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))} == keys | {"编号"}
    assert Entry.objects.filter(event="query.exported").count() == 1


def test_pages_do_not_cut_an_export_and_too_many_rows_are_refused(country, monkeypatch):
    keys = [one_of(Alert, f"孤本{n}").key for n in range(30)]
    _, data = taken("front", "/export/alert/?tab=open")
    assert sorted(row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))) == sorted([*keys, "编号"])
    monkeypatch.setattr(exporting, "MOST", 29)
    monkeypatch.setattr("guanjian.web.query.MOST", 29)
    client = browser("front")
    answer = client.post("/export/alert/?tab=open", {"format": "csv"})
    assert (answer.status_code, answer["Location"].startswith("/alert/?tab=open")) == (302, True)
    assert "请缩小条件，分次导出" in client.get(answer["Location"]).content.decode()
    assert Entry.objects.filter(event="alert.exported").count() == 1


@pytest.mark.parametrize("given", [{}, {"format": "exe"}])
def test_another_kind_of_file_is_refused(country, given):
    client = browser("front")
    assert client.post("/export/alert/?tab=open", given).status_code == 302
    assert "文件格式须为" in client.get("/alert/?tab=open").content.decode()
    assert not Entry.objects.filter(event="alert.exported").exists()


def test_what_is_sealed_is_not_taken_away(country):
    lead = one_of(Lead)
    client = browser("oversight")
    assert client.post("/export/lead/?tab=open", {"format": "csv"}).status_code == 302
    assert "隔离区事项" in client.get("/lead/?tab=open").content.decode()
    assert "导出CSV" not in client.get("/lead/?tab=open").content.decode()
    assert client.post("/query/export/?loop=lead", {"format": "csv"}).status_code == 404
    assert not Entry.objects.filter(event__endswith=".exported", subject__startswith="lead").exists()
    assert lead.title not in taken("oversight", "/query/export/?f0=title&o0=filled")[1].decode()


def test_a_link_alone_takes_nothing_away(country):
    assert browser("front").get("/export/alert/?tab=open").status_code == 405


def test_no_cell_of_any_file_is_a_formula_for_a_second_library(country, tmp_path):
    record = one_of(Alert, "=1+1", explanation="=2+2")
    rewrite(record, subject_id="@SUM(A1)")
    (tmp_path / "a.xlsx").write_bytes(taken("front", "/export/alert/?tab=open", "xlsx")[1])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert [row[2] for row in sheet.iter_rows(values_only=True)][1:] == ["=1+1"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_libreoffice_opens_the_file_and_computes_nothing(country, tmp_path, form):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: exports are read with a plain reader instead")
    for title in ("=1+1", "+1+1", "-1+1", "@SUM(1;1)"):
        one_of(Alert, title)
    (tmp_path / f"a.{form}").write_bytes(taken("front", "/export/alert/?tab=open", form)[1])
    words = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/home", "--convert-to", "fods", f"a.{form}"]
    subprocess.run(words, cwd=tmp_path, check=True, timeout=300, stdout=subprocess.DEVNULL)
    text = (tmp_path / "a.fods").read_text()
    assert "table:formula" not in text
    assert "SUM(1;1)" in text
