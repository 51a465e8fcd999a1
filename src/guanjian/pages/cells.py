"""One value of a column or a row, ready to be written: the template only asks for its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.pages import names
from guanjian.pages.templatetags import say

NOTHING = "—"
FACTS = {Subject.ENTRY: "facts:declaration", Subject.ENTERPRISE: "facts:enterprise"}  # what has a page of its own


def _list(values: Any) -> str | SafeString:
    lines = [values] if isinstance(values, (str, Text)) else list(values)
    if not lines:
        return NOTHING
    return format_html('<ul class="lines">{}</ul>', format_html_join("", "<li>{}</li>", ((line,) for line in lines)))


def _link(value: Any) -> str | SafeString:
    text, address = value
    return format_html('<a href="{}">{}</a>', address, text)


def _links(values: Any) -> SafeString:
    """Short names side by side; one without an address is only named."""
    shown = ((_link((name, address)) if address else name,) for name, address in values)
    return format_html('<ul class="links">{}</ul>', format_html_join("", '<li class="code">{}</li>', shown))


def _subject(value: Any) -> str | SafeString:
    kind, name = value if isinstance(value, tuple) else (value.subject_type, value.subject_id)
    if kind not in {subject.value for subject in Subject}:
        return str(name)
    shown = " × ".join(str(name).split("|"))
    if kind in FACTS:
        shown = _link((shown, reverse(FACTS[kind], args=[name])))
    return format_html('<span class="kind">{}</span> <span class="code">{}</span>', Subject(kind).label, shown)


def _period(value: Any) -> SafeString:
    """Days, months and codes of a period are not torn apart where the column is narrow."""
    pieces = ((piece,) for piece in str(value).replace("/", "/ ").split())
    return format_html_join(" ", '<span class="whole">{}</span>', pieces)


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


WRITERS = {
    "text": str,
    "money": say.money,
    "when": say.when,
    "level": say.level,
    "number": _number,
    "period": _period,
    "subject": _subject,
    "unit": say.unit,
    "person": say.person,
    "link": _link,
    "list": _list,
    "links": _links,
    "prose": str,
}


def written(kind: str, value: Any) -> str | SafeString:
    """The value as it stands on the page, escaped."""
    return NOTHING if value in (None, "", []) else WRITERS[kind](value)


def read_names(pairs: Iterable[tuple[str, Any]]) -> None:
    """Read together the names of the people that these (kind, value) pairs will show."""
    names.read_people([value for kind, value in pairs if kind == "person" and isinstance(value, str)])
