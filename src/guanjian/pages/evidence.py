"""A finding's evidence in words: what was seen and expected, figures with their names, facts that can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from guanjian.kernel.words import Text, current_language
from guanjian.pages.desk import Row
from guanjian.pages.evidence_words import WORDS

SHOWN = 12  # entries named on the page; the count of all stands beside them
ENTRY_DIGITS = 18
ASIDE = ("rows", "rows_count", "facts", "parameters", "explanation_en", "kind_zh", "kind_en", "second_zh", "second_en")


def explained(explanation: str, evidence: Mapping[str, Any]) -> str:
    """The sentence in the language that is spoken."""
    return evidence.get("explanation_en") or explanation if current_language() == "en" else explanation


def figures(evidence: Mapping[str, Any]) -> list[Row]:
    """Seen and expected first, then the facts, groups of figures as one line each."""
    first = {name: value for name, value in evidence.items() if name not in ASIDE}
    facts = {name: value for name, value in evidence.get("facts", {}).items() if name not in ASIDE}
    return [_row(name, value) for name, value in {**first, **facts}.items() if value not in ("", None, [], {})]


def settings(evidence: Mapping[str, Any]) -> list[Row]:
    """With which parameters the detector ran."""
    return [_row(name, value) for name, value in evidence.get("parameters", {}).items()]


def entries(evidence: Mapping[str, Any]) -> list[Row]:
    """The facts behind it, the first of them by name; a declaration leads to its page."""
    named = list(evidence.get("rows", evidence.get("entries", ())))
    if not named:
        return []
    count = evidence.get("rows_count", len(named))
    title = Text(f"所涉单证（共 {count}，列出 {min(SHOWN, len(named))}）", f"Entries ({count}; {min(SHOWN, len(named))} shown)")
    return [Row(title, [_opened(str(name)) for name in named[:SHOWN]], "links")]


def _opened(name: str) -> tuple[str, str]:
    entry = name.split("#")[0].split("|")[0]
    is_entry = len(entry) == ENTRY_DIGITS and entry.isdigit()
    return name, reverse("facts:declaration", args=[entry]) if is_entry else ""


def _row(name: str, value: Any) -> Row:
    return Row(named(name), _told(value))


def named(name: str) -> Text:
    """What a figure is called; one that nobody named yet is shown as it is stored."""
    return WORDS.get(name, Text(name, name))


def _told(value: Any) -> str | Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, Mapping):
        parts = [(named(name), _told(item)) for name, item in value.items() if name not in ASIDE]
        return Text(
            "；".join(f"{name.zh} {_in(told, 'zh')}" for name, told in parts),
            "; ".join(f"{name.en} {_in(told, 'en')}" for name, told in parts),
        )
    if isinstance(value, (list, tuple)):
        return "、".join(str(_told(item)) for item in value)
    return f"{value:,.4g}" if isinstance(value, float) else str(value)


def _in(told: str | Text, language: str) -> str:
    return getattr(told, language) if isinstance(told, Text) else told
