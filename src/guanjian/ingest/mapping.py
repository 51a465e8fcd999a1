"""A mapping file says which source column becomes which column of the contract: foreign data loads without code."""

from __future__ import annotations

import re
from collections.abc import Mapping as Entries
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from guanjian.customs import TABLES
from guanjian.ingest.raw import Form
from guanjian.kernel.errors import BadInput

PLAIN = Form()
PARTS = ("title", "about", "zone", "form", "rates", "tables")
WORDS = ("from", "constant", "prefix", "pad", "times", "rate", "on", "codes", "join", "with", "rest", "format", "blank")


class _Plain(yaml.SafeLoader):
    """YAML in which only true and false are booleans: `on` is a column and NO is Norway."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), "tf")


@dataclass(frozen=True, slots=True)
class Mapping:
    """`tables` gives, for every table that the source fills, the rule of each of its columns."""

    name: str
    tables: dict[str, dict[str, dict[str, Any]]]
    zone: str = "Asia/Shanghai"
    form: Form = PLAIN
    rates: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    text: str = ""

    def used(self, table: str) -> set[str]:
        """The source columns that a table's rules name."""
        rules = self.tables[table].values()
        return {rule[key] for rule in rules for key in ("from", "on") if key in rule} | {
            part for rule in rules for part in rule.get("join", ()) if part[:1] not in ("=", "$")
        }


def shipped() -> list[str]:
    """The names of the mappings that come with the project."""
    return sorted(
        entry.name[:-5] for entry in files("guanjian.ingest.mappings").iterdir() if entry.name[-5:] == ".yaml"
    )


def load(source: str | Path) -> Mapping:
    """The mapping in this file, or the shipped one of this name; `BadInput` says what is wrong in it."""
    path = Path(source)
    if not path.suffix and str(source) in shipped():
        text = (files("guanjian.ingest.mappings") / f"{source}.yaml").read_text(encoding="utf-8")
    elif path.is_file():
        text = path.read_text(encoding="utf-8")
    else:
        raise BadInput(
            f"没有映射文件 {source}；自带的映射：{' '.join(shipped())}",
            f"There is no mapping file {source}; shipped with the project: {' '.join(shipped())}",
        )
    try:
        body = yaml.load(text, Loader=_Plain)
    except yaml.YAMLError as error:
        raise _wrong(path.stem, f"不是合法的 YAML：{error}", f"it is not valid YAML: {error}") from None
    return _checked(path.stem, body, text)


def _checked(name: str, body: Any, text: str) -> Mapping:
    if not isinstance(body, dict) or not isinstance(body.get("tables"), dict) or not body["tables"]:
        raise _wrong(name, "缺少 tables 部分", "its `tables` are missing")
    if unknown := sorted(set(body) - set(PARTS)):
        raise _wrong(name, f"不认识 {unknown}", f"it has unknown parts {unknown}")
    zone = str(body.get("zone", "Asia/Shanghai"))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise _wrong(name, f"没有时区 {zone}", f"there is no time zone {zone}") from None
    tables = {table: _rules(name, table, rules) for table, rules in body["tables"].items()}
    mapping = Mapping(name, tables, zone, Form(**body.get("form", {})), body.get("rates", {}), text)
    for table, rules in tables.items():
        for column, rule in rules.items():
            if "rate" in rule and rule["rate"] not in mapping.rates:
                raise _wrong(
                    name, f"{table}.{column} 缺少汇率 {rule['rate']}", f"{table}.{column} has no rate {rule['rate']}"
                )
    return mapping


def _rules(name: str, table: str, rules: Any) -> dict[str, dict[str, Any]]:
    if table not in TABLES:
        raise _wrong(name, f"数据契约中没有表 {table}", f"the contract has no table {table}")
    if not isinstance(rules, dict):
        raise _wrong(name, f"{table} 应逐列写明来源", f"{table} must say for each column where it comes from")
    shape = TABLES[table]
    if unknown := sorted(set(rules) - set(shape.names)):
        raise _wrong(name, f"{table} 没有列 {unknown}", f"{table} has no columns {unknown}")
    missing = sorted(c.name for c in shape.columns if not c.optional and c.name not in rules)
    if missing:
        raise _wrong(name, f"{table} 缺少必填列 {missing}", f"{table} lacks the required columns {missing}")
    return {column: _rule(name, f"{table}.{column}", rule) for column, rule in rules.items()}


def _rule(name: str, where: str, rule: Any) -> dict[str, Any]:
    if isinstance(rule, str):
        return {"from": rule}
    if not isinstance(rule, Entries) or not {"from", "constant", "join", "rest"} & set(rule) or set(rule) - set(WORDS):
        raise _wrong(name, f"{where} 的规则不成立：{rule}", f"the rule of {where} does not hold: {rule}")
    if "rate" in rule and "on" not in rule:
        raise _wrong(
            name, f"{where} 须用 on 指明汇率日期列", f"{where} must name the column of the rate's date with `on`"
        )
    return dict(rule)


def _wrong(name: str, zh: str, en: str) -> BadInput:
    return BadInput(f"映射“{name}”有误：{zh}。", f"The mapping “{name}” cannot be used: {en}.")
