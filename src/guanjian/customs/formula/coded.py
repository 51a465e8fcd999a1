"""Codes in a formula: written as the code or as its name, kept as the code."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from guanjian.customs.codes import codes
from guanjian.customs.formula.traits import FACTS, Trait
from guanjian.customs.formula.tree import Feature, Where, Words
from guanjian.customs.formula.trouble import FormulaError, unknown
from guanjian.customs.formula.vocabulary import Measure
from guanjian.kernel.words import Text

TRUE, FALSE = "是", "否"
SIZES = ("≥", ">", "≤", "<", "=", "≠")


def words_checked(words: Words, trait: Trait) -> Words:
    """The set with every name as its code."""
    return replace(words, values=tuple(_code(value, trait, words.place) for value in words.values))


def name_of(value: str, trait: Trait) -> Text:
    """What a stored code is called."""
    known = codes(trait.codes).get(value) if trait.codes else None
    return known.text if known else Text(value, value)


def where_checked(where: Where, feature: Feature, measure: Measure) -> Where:
    """The condition with its value as it is stored."""
    if measure.how not in ("count", "sum", "mean"):
        raise FormulaError(
            where.place,
            f"“{feature.plain}”不能加条件“[{where}]”；条件只用于批次、合计和平均，例如 事-企业-查验批次[查验方式=A]。",
            f"“{feature.plain}” takes no condition “[{where}]”: only counts, sums and means do.",
        )
    traits = FACTS[measure.fact].traits
    if where.name not in traits:
        raise unknown(where.place, Text(f"{FACTS[measure.fact].title.zh}条件", "condition"), where.name, traits)
    trait = traits[where.name]
    allowed = SIZES if trait.kind == "number" else ("=", "≠")
    if trait.kind == "list" or where.direction not in allowed:
        raise FormulaError(
            where.place,
            f"条件“{where.name}”只能用{'、'.join(allowed)}，请改写“{where}”。",
            f"the condition “{where.name}” takes {', '.join(allowed)}: rewrite “{where}”.",
        )
    return replace(where, value=_stored(where, trait))


def _stored(where: Where, trait: Trait) -> str:
    if trait.kind == "number":
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,4})?", where.value):
            raise FormulaError(
                where.place,
                f"条件“{where.name}”应与数字比较，“{where.value}”不是数字。",
                f"“{where.name}” is compared with a number, which “{where.value}” is not.",
            )
        return f"{Decimal(where.value).normalize():f}"
    if trait.kind == "yes":
        if where.value not in (TRUE, FALSE):
            raise FormulaError(
                where.place,
                f"条件“{where.name}”只能写“是”或“否”。",
                f"“{where.name}” is 是 (yes) or 否 (no).",
            )
        return where.value
    return _code(where.value, trait, where.place)


def _code(value: str, trait: Trait, place: int) -> str:
    if not trait.codes:
        return value
    known = codes(trait.codes)
    if value in known:
        return value
    named = [code for code, entry in known.items() if value in (entry.text.zh, entry.text.en)]
    if not named:
        raise unknown(place, Text(f"{trait.name.zh}代码", "code"), value, [entry.text.zh for entry in known.values()])
    return named[0]
