"""What is written follows the data contract, and holds together."""

import pyarrow.parquet as pq
import pytest

from guanjian.customs import TABLES
from guanjian.customs.arrow import schema
from guanjian.customs.codes import codes, names

CODED = [
    ("declarations", "ie"),
    ("declarations", "trade_mode"),
    ("declarations", "duty_nature"),
    ("declarations", "transport_mode"),
    ("declarations", "trade_term"),
    ("items", "currency"),
    ("selections", "lane"),
    ("examinations", "mode"),
    ("examinations", "find_kind"),
    ("examinations", "handling"),
    ("instructions", "kind"),
    ("instructions", "target_type"),
    ("events", "activity"),
    ("events", "object_type"),
    ("events", "post"),
    ("events", "system"),
    ("officers", "post"),
    ("rosters", "post"),
    ("units", "level"),
    ("units", "kind"),
    ("cases", "kind"),
    ("penalties", "tier"),
    ("problems", "source"),
    ("problems", "line_code"),
    ("problems", "severity"),
]
STEPS_OF_LOOPS = {"rectify.apply"}  # the office's own steps are events too, by their own names


def test_every_table_has_exactly_the_columns_and_types_of_the_contract(everything):
    written = [path for path in everything.folder.iterdir() if path.is_dir()]
    assert {"declarations", "items", "events", "rosters", "cases", "penalties"} <= {path.name for path in written}
    for path in written:
        contract = schema(TABLES[path.name])
        for part in path.iterdir():
            found = pq.read_schema(part)
            assert [(f.name, f.type) for f in found] == [(f.name, f.type) for f in contract], part


def test_no_required_column_is_ever_empty(everything):
    for path in everything.folder.iterdir():
        if path.is_dir():
            needed = [column.name for column in TABLES[path.name].columns if not column.optional]
            filled = ", ".join(f'count("{name}")' for name in needed)
            ((rows, *counts),) = everything.ask(f"select count(*), {filled} from {{{path.name}}}")
            assert dict(zip(needed, counts, strict=True)) == dict.fromkeys(needed, rows), path.name


@pytest.mark.parametrize(("table", "column"), CODED)
def test_coded_columns_hold_known_codes_only(everything, table, column):
    known = TABLES[table].column(column).codes
    assert known in names()
    found = everything.ask(f'select distinct "{column}" from {{{table}}} where "{column}" is not null')
    assert found
    assert {code for (code,) in found} <= set(codes(known)) | STEPS_OF_LOOPS


def test_keys_are_unique(everything):
    for path in everything.folder.iterdir():
        key = ", ".join(f'"{name}"' for name in TABLES[path.name].key) if path.is_dir() else ""
        if key:
            twice = everything.ask(f"select {key} from {{{path.name}}} group by {key} having count(*) > 1 limit 1")
            assert twice == [], path.name


@pytest.mark.parametrize("table", ["items", "selections", "examinations"])
def test_every_row_belongs_to_a_declaration(everything, table):
    lost = everything.ask(f"select count(*) from {{{table}}} t anti join {{declarations}} d on t.entry_id = d.entry_id")
    assert lost == [(0,)]


def test_every_declaration_has_items_that_add_up_to_its_value(everything):
    wrong = everything.ask("""
        select count(*) from {declarations} d
        left join (select entry_id, sum(value_cny) total from {items} group by entry_id) i on i.entry_id = d.entry_id
        where i.total is null or abs(i.total - d.value_cny) > 0.005""")
    assert wrong == [(0,)]


def test_every_person_and_unit_that_is_named_exists(everything):
    for table, column in (("events", "officer_id"), ("events", "approver_id"), ("examinations", "officer2")):
        lost = everything.ask(f"select count(*) from {{{table}}} t anti join {{officers}} o on t.{column} = o.officer_id "
                              f"where t.{column} is not null")  # fmt: skip
        assert lost == [(0,)], (table, column)
    lost = everything.ask("select count(*) from {events} e anti join {units} u on e.unit_code = u.unit_code")
    assert lost == [(0,)]
    lost = everything.ask(
        "select count(*) from {declarations} d anti join {enterprises} e on e.enterprise_id = d.consignee_id"
    )
    assert lost == [(0,)]


def test_the_unit_tree_has_42_districts_under_one_headquarters(everything):
    assert everything.ask(
        "select level, count(*) from {units} where level in ('hq', 'district') group by 1 order by 1"
    ) == [
        ("district", 42),
        ("hq", 1),
    ]
    lost = everything.ask(
        "select c.unit_code from {units} c anti join {units} p on c.parent_code = p.unit_code where c.level <> 'hq'"
    )
    assert lost == []


def test_everything_that_can_be_read_says_that_it_is_simulated(everything):
    assert everything.truth["simulated"] is True
    assert everything.ask("select count(*) from {enterprises} where name not like '%（模拟）'") == [(0,)]
    assert everything.ask("select count(*) from {officers} where name not like '模拟%'") == [(0,)]
    assert everything.ask("select count(*) from {units} where name not like '%模拟%'") == [(0,)]
    assert everything.ask("select count(*) from {enterprises} where enterprise_id not like '009999%'") == [(0,)]


def test_nobody_is_in_one_post_for_five_years_before_the_last_day(everything):
    ((last,),) = everything.ask("select max(declared_at)::date from {declarations}")
    ((first,),) = everything.ask("select min(in_post_since) from {officers}")
    assert (last - first).days < 5 * 365
