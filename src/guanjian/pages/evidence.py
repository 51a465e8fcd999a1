"""A finding's evidence in words: what was seen and expected, figures with their names, facts that can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from guanjian.kernel.words import Text, current_language, figure
from guanjian.moving.found import Found
from guanjian.org.actor import Actor
from guanjian.pages.desk import Row, Section
from guanjian.pages.evidence_words import WORDS

SHOWN = 12  # entries named on the page; the count of all stands beside them
ENTRY_DIGITS = 18
ASIDE = (
    *("rows", "rows_count", "facts", "parameters", "explanation_en", "detector_zh", "detector_en"),
    *("kind_zh", "kind_en", "second_zh", "second_en", "to_zh", "to_en", "bare_zh", "bare_en"),
)


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
    title = Text(
        f"所涉单证（共 {count}，列出 {min(SHOWN, len(named))}）", f"Entries ({count}; {min(SHOWN, len(named))} shown)"
    )
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
    return figure(value) if isinstance(value, float) else str(value)


def _in(told: str | Text, language: str) -> str:
    return getattr(told, language) if isinstance(told, Text) else told


def found(record: Found, actor: Actor) -> list[Row]:
    """What was found, by which detector, how sure it is, and on which data."""
    told = record.evidence
    detector = Text(told.get("detector_zh", ""), told.get("detector_en", ""))
    rows = [
        Row(Text("说明", "Explanation"), explained(record.explanation, told), "prose"),
        Row(Text("对象", "Subject"), record, "subject"),
        Row(Text("检测点", "Detector"), Text(f"{record.code} {detector.zh}", f"{record.code} {detector.en}")),
        Row(Text("期间", "Period"), record.period),
        Row(Text("强度", "Score"), f"{record.score:.4g}"),
        Row(Text("p 值", "p-value"), "" if record.p_value is None else f"{record.p_value:.3g}"),
        Row(
            Text("q 值（多重检验后）", "q-value (after correction)"),
            "" if record.q_value is None else f"{record.q_value:.3g}",
        ),
        Row(Text("数据来源", "Data"), Text("模拟数据", "Simulated data") if record.simulated else record.dataset),
    ]
    return [row for row in rows if row.value != ""]


SECTIONS = (
    Section(Text("发现", "Finding"), found),
    Section(Text("证据", "Evidence"), lambda record, actor: [*figures(record.evidence), *entries(record.evidence)]),
    Section(Text("检测参数", "Parameters of the detector"), lambda record, actor: settings(record.evidence)),
)
