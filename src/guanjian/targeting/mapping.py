"""A mapping says which column of any declarations table is which of ours, where the result stands, and how to learn."""

from __future__ import annotations

from collections.abc import Mapping as Entries
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from guanjian.kernel.errors import BadInput
from guanjian.targeting.rows import HS_WIDTHS, NUMBERS, TEXT
from guanjian.targeting.settings import Settings

PARTS = {"title", "columns", "result", "settings"}
RULE = {"from", "constant", "pad", "times"}
RESULT = {"found", "evaded_cny", "known_at", "known_after_days"}
REQUIRED = ("entry_id", "at")
DERIVED = {f"hs{width}" for width in HS_WIDTHS}
LISTS = ("crosses", "only")


@dataclass(frozen=True, slots=True)
class Mapping:
    """`columns`: ours to a rule; a column that is not one of ours is text of its own, to be used in `crosses`."""

    name: str
    columns: dict[str, dict[str, Any]]
    result: dict[str, Any]
    settings: Settings

    @property
    def texts(self) -> list[str]:
        """The text columns it gives, own ones too."""
        return [name for name in self.columns if name not in (*NUMBERS, "at")]

    @property
    def numbers(self) -> list[str]:
        """The number columns it gives."""
        return [name for name in self.columns if name in NUMBERS]


def shipped() -> list[str]:
    """The mappings that come with the project."""
    return sorted(one.name[:-5] for one in files("guanjian.targeting.mappings").iterdir() if one.name.endswith(".yaml"))


def load(source: str | Path) -> Mapping:
    """The mapping in this file, or the shipped one of this name; `BadInput` says what is wrong in it."""
    path = Path(source)
    if str(source) in shipped():
        text = (files("guanjian.targeting.mappings") / f"{source}.yaml").read_text(encoding="utf-8")
    elif path.is_file():
        text = path.read_text(encoding="utf-8")
    else:
        known = " ".join(shipped())
        raise BadInput(f"没有映射文件 {source}；自带的映射：{known}", f"There is no mapping {source}; shipped: {known}")
    try:
        body = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _wrong(path.stem, f"不是合法的 YAML：{error}", f"it is not valid YAML: {error}") from None
    return _checked(path.stem, body)


def _checked(name: str, body: Any) -> Mapping:
    if not isinstance(body, dict) or not isinstance(body.get("columns"), dict):
        raise _wrong(name, "缺少 columns 部分", "its `columns` are missing")
    _known(name, "", body, PARTS)
    columns = {column: _rule(name, column, rule) for column, rule in body["columns"].items()}
    if missing := [column for column in REQUIRED if column not in columns]:
        raise _wrong(name, f"缺少列 {missing}", f"it lacks the columns {missing}")
    result = body.get("result") or {}
    _known(name, "result", result, RESULT)
    return Mapping(name, columns, result, _settings(name, columns, body.get("settings") or {}))


def _rule(name: str, column: str, rule: Any) -> dict[str, Any]:
    if isinstance(rule, str):
        return {"from": rule}
    if not isinstance(rule, Entries) or not {"from", "constant"} & set(rule):
        raise _wrong(name, f"{column} 的规则不成立：{rule}", f"the rule of {column} does not hold: {rule}")
    _known(name, column, rule, RULE)
    return dict(rule)


def _settings(name: str, columns: dict, given: dict) -> Settings:
    _known(name, "settings", given, {field.name for field in fields(Settings)})
    usable = {*columns, *TEXT, *NUMBERS, *DERIVED} - {"at", "entry_id"}
    lists = {key: tuple(map(tuple, given[key])) for key in LISTS if key in given}
    for cross in (cross for crosses in lists.values() for cross in crosses):
        _known(name, "crosses", dict.fromkeys(cross), usable)
    return Settings(**given | lists)


def _known(name: str, where: str, given: Entries, usable: set[str]) -> None:
    if unknown := sorted(map(str, set(given) - usable)):
        raise _wrong(name, f"{where}中不认识 {unknown}", f"unknown {unknown} in {where or 'it'}")


def _wrong(name: str, zh: str, en: str) -> BadInput:
    return BadInput(f"映射“{name}”有误：{zh}。", f"The mapping “{name}” cannot be used: {en}.")
