"""What one fact has that can be measured or asked for, in an officer's words; each rests on columns of the contract."""

from __future__ import annotations

from dataclasses import dataclass, field

from guanjian.customs import TABLES
from guanjian.kernel.words import Text

HEADS = "declarations"  # the table whose columns a fact with an entry may use too
OF_TYPE = {"decimal": "number", "int": "number", "float": "number", "text": "code", "bool": "yes", "list": "list"}
CNY, KG, PIECES, TIMES = Text("元", "CNY"), Text("千克", "kg"), Text("件", "pieces"), Text("次", "times")
HOURS, MINUTES, DAYS = Text("小时", "hours"), Text("分钟", "minutes"), Text("日", "days")
CLOCK, SHARE, CODE, YES = (
    Text("点钟", "o'clock"),
    Text("比例", "share"),
    Text("代码", "code"),
    Text("是否", "yes or no"),
)
AMOUNT = Text("法定数量", "quantity")


@dataclass(frozen=True)
class Trait:
    """One thing that a fact has. `how`: the column as it is, the time between two, the hour of day, one per the other, or
    whether it is there at all."""

    name: Text
    unit: Text
    columns: tuple[str, ...]
    how: str = "as"  # as, hours, minutes, days, clock, each, given
    kind: str = "number"  # number, code, list, yes
    codes: str = ""


@dataclass(frozen=True)
class Fact:
    """Rows of one table: when they happened, to which objects they belong, and what each has."""

    table: str
    title: Text
    when: str
    links: dict[str, str]  # object: the column that names it (of the table, or of the entry's heads)
    traits: dict[str, Trait] = field(default_factory=dict)
    only: tuple[tuple[str, str], ...] = ()  # column, value: rows with another value are looked at, these never


def column_of(table: str, name: str):
    """A column of the table, or of the heads that its entry has."""
    known = {column.name: column for column in (*TABLES[HEADS].columns, *TABLES[table].columns)}
    return known[name]


def _of(table: str, *declared: tuple) -> dict[str, Trait]:
    """Traits by Chinese name from (zh, en, unit, column or columns, how)."""
    return {one[0]: _trait(table, *one[2:], name=Text(*one[:2])) for one in declared}


def _trait(table: str, unit: Text, columns: str, how: str = "as", *, name: Text) -> Trait:
    first, *rest = (column_of(table, name) for name in columns.split())
    kind = {"as": OF_TYPE.get(first.type, ""), "given": "yes"}.get(how, "number")
    return Trait(name, unit, (first.name, *(one.name for one in rest)), how, kind, first.codes)


HEAD_TRAITS = (
    ("申报价值", "value declared", CNY, "value_cny"),
    ("税款", "duty and tax", CNY, "tax_cny"),
    ("毛重", "gross weight", KG, "gross_kg"),
    ("净重", "net weight", KG, "net_kg"),
    ("件数", "packages", PIECES, "packages"),
    ("进出口", "import or export", CODE, "ie"),
    ("监管方式", "trade mode", CODE, "trade_mode"),
    ("征免性质", "duty nature", CODE, "duty_nature"),
    ("运输方式", "transport", CODE, "transport_mode"),
    ("成交方式", "trade term", CODE, "trade_term"),
    ("启运国", "country of departure", CODE, "departure_country"),
    ("收发货人", "consignee", CODE, "consignee_id"),
    ("申报单位", "agent", CODE, "agent_id"),
    ("通关小时", "hours to release", HOURS, "declared_at released_at", "hours"),
    ("申报时刻", "hour of lodgement", CLOCK, "declared_at", "clock"),
)
ENTRY, ITEM, ENTERPRISE, UNIT, CASE = "报关单", "商品项", "企业", "单位", "案件"
OF_ENTRY = {ENTRY: "entry_id", ENTERPRISE: "consignee_id", UNIT: "unit_code"}
FACTS = {
    "申报": Fact(HEADS, Text("申报", "declarations"), "declared_at", OF_ENTRY, _of(HEADS, *HEAD_TRAITS)),
    "商品": Fact("items", Text("商品项", "goods items"), "declared_at", OF_ENTRY, _of(
        "items",
        ("申报价值", "value declared", CNY, "value_cny"),
        ("税款", "duty and tax", CNY, "tax_cny"),
        ("数量", "quantity", AMOUNT, "quantity"),
        ("单价", "value for one", CNY, "value_cny quantity", "each"),
        ("税率", "tax rate", SHARE, "tax_rate"),
        ("商品编号", "HS code", CODE, "hs_code"),
        ("原产国", "origin", CODE, "origin_country"),
        ("进出口", "import or export", CODE, "ie"),
        ("监管方式", "trade mode", CODE, "trade_mode"))),
    "查验": Fact("examinations", Text("查验", "examinations"), "started_at", OF_ENTRY, _of(
        "examinations",
        ("查验方式", "mode", CODE, "mode"),
        ("要求方式", "mode required", CODE, "required_mode"),
        ("查获", "find", YES, "finding"),
        ("查获类型", "kind of find", CODE, "find_kind"),
        ("处理", "handling", CODE, "handling"),
        ("查验分钟", "minutes", MINUTES, "started_at ended_at", "minutes"),
        ("开始时刻", "hour of beginning", CLOCK, "started_at", "clock"),
        ("核定价值", "value assessed", CNY, "assessed_value_cny"),
        ("偷逃税额", "duty evaded", CNY, "evaded_cny"),
        ("双人", "two officers", YES, "officer2", "given"))),
    "布控": Fact("instructions", Text("布控指令", "instructions"), "issued_at", {UNIT: "unit_code"}, _of(
        "instructions",
        ("种类", "kind", CODE, "kind"),
        ("对象", "target", CODE, "target_type"),
        ("签收分钟", "minutes to signature", MINUTES, "issued_at signed_at", "minutes"),
        ("命中", "hit", YES, "hit_at", "given"))),
    "案件": Fact("cases", Text("案件", "cases"), "filed_at", {UNIT: "unit_code", CASE: "case_id"}, _of(
        "cases",
        ("类别", "kind", CODE, "kind"),
        ("手法", "modus", CODE, "modus"),
        ("案值", "value", CNY, "value_cny"),
        ("偷逃税额", "duty evaded", CNY, "evaded_cny"),
        ("申报单价", "price declared", CNY, "declared_price"),
        ("实际单价", "price in truth", CNY, "actual_price"),
        ("办理日数", "days to the end", DAYS, "filed_at closed_at", "days")), only=(("label", "integrity"),)),
    "操作": Fact("events", Text("操作", "events"), "at", {UNIT: "unit_code"}, _of(
        "events",
        ("环节", "activity", CODE, "activity"),
        ("记录方式", "how recorded", CODE, "system"),
        ("岗位", "post", CODE, "post"),
        ("操作时刻", "hour", CLOCK, "at", "clock"),
        ("补记小时", "hours until recorded", HOURS, "at received_at", "hours"))),
    "问题": Fact("problems", Text("问题", "problems"), "found_on", {UNIT: "unit_code"}, _of(
        "problems",
        ("来源", "source", CODE, "source"),
        ("严重程度", "severity", CODE, "severity"),
        ("复发", "recurred", YES, "recurrence_of", "given"))),
    "外勤": Fact("field_jobs", Text("外勤作业", "field jobs"), "planned_start", {UNIT: "unit_code"}, _of(
        "field_jobs",
        ("种类", "kind", CODE, "kind"),
        ("照片数", "photos", PIECES, "photos"))),
}  # fmt: skip
