"""The tables are those of the contract, every code list is complete, and the page about them is current."""

import re
from pathlib import Path

import pytest

from guanjian.customs import TABLES, Table
from guanjian.customs.arrow import schema
from guanjian.customs.codes import codes, districts, names, text_of
from guanjian.customs.page import data_contract
from guanjian.customs.table import Column, columns

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-contract.md"
LISTED = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)


def declared(text: str) -> list[str]:
    """The column names of one row of the contract's Markdown: the first name of each part between dots."""
    return [found[1] for part in text.split(" · ") if (found := re.search(r"`(\w+)`", part))]


def test_the_tables_are_those_of_the_contract_with_its_columns_in_order(shared):
    listed = dict(LISTED.findall(shared("design/facts.md").read_text()))
    assert len(listed) >= 24
    for name, text in listed.items():
        assert list(TABLES[name].names) == declared(text), name


def test_what_may_be_empty_and_which_type_it_has_are_those_of_the_contract(shared):
    kinds = r"(text|int|decimal|float|bool|ts|date|json|list)"
    for name, text in LISTED.findall(shared("design/facts.md").read_text()):
        for part in text.split(" · "):
            found = re.search(rf"`(\w+)`(?: {kinds}\b)?", part)
            column = TABLES[name].column(found[1])
            assert column.optional == ("?" in re.sub(r"\(.*?\)", "", part)), (name, part)
            if found[2]:
                assert column.type == found[2], (name, part)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_holds_together(table: Table):
    assert len(set(table.names)) == len(table.names)
    assert set(table.key) <= set(table.names)
    assert not any(table.column(name).optional for name in table.key)
    assert table.title.zh
    assert table.title.en
    if table.month_of:
        assert not table.column(table.month_of).optional
        assert table.column(table.month_of).type in ("ts", "date", "text")
    assert schema(table).names == list(table.names)
    for column in table.columns:
        assert not column.codes or codes(column.codes)
        assert not column.like or re.compile(column.like)


@pytest.mark.parametrize("name", names())
def test_a_code_list_says_everything_in_both_languages(name):
    for code, entry in codes(name).items():
        assert code
        assert entry.text.zh
        assert entry.text.en
        assert not re.search("[\u4e00-\u9fff]", entry.text.en)


def test_the_42_districts_have_their_place_and_peers():
    assert len(districts()) == 42
    assert len({district.code for district in districts()}) == 42
    assert {district.peer_group for district in districts()} == set(codes("peer_group"))
    for district in districts():
        assert 73 < district.lon < 136
        assert 18 < district.lat < 54


def test_the_districts_are_those_of_the_domain_reference(shared):
    rows = re.findall(
        r"^\| (\d{4}) \| (\S+) \| ([\d.]+) \| ([\d.]+) \| (\S+) \|$", shared("design/domain.md").read_text(), re.M
    )
    peers = {"沿海": "coastal", "沿边": "border", "内地": "inland"}
    expected = [(code, f"{zh}海关", float(lon), float(lat), peers[peer]) for code, zh, lon, lat, peer in rows]
    assert [(d.code, d.name.zh, d.lon, d.lat, d.peer_group) for d in districts()] == expected


def test_every_business_line_has_its_parent():
    lines = codes("lines")
    assert {entry.more["parent"] for entry in lines.values()} - {""} <= set(lines)
    assert sum(not entry.more["parent"] for entry in lines.values()) >= 12


def test_a_code_that_nobody_knows_is_shown_as_it_is():
    assert text_of("exam_mode", "Z").zh == "Z"
    assert text_of("exam_mode", "A").zh == "彻底查验"


def test_a_column_is_declared_in_a_few_words():
    assert columns("a", "b int?", "c @post", "d? ~[0-9]{2}", "e float 0..1", "f float? -1..1 @x") == (
        Column("a"),
        Column("b", "int", True),
        Column("c", codes="post"),
        Column("d", optional=True, like="[0-9]{2}"),
        Column("e", "float", within=(0, 1)),
        Column("f", "float", True, "x", (-1, 1)),
    )


def test_the_page_about_the_contract_is_current():
    assert PAGE.read_text(encoding="utf-8") == data_contract(), "run: python -m guanjian.customs.page"
