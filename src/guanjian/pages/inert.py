"""When would a spreadsheet compute a text instead of showing it? A CSV cell that begins so gets an apostrophe before it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from guanjian.kernel.workdays import CHINA

LIVE = tuple("=+-@\t\r\n＝＋－＠")  # the wide signs too: a Chinese spreadsheet reads them as the narrow ones


def is_live(text: str) -> bool:
    """True for a text that a spreadsheet would take for a formula, also behind blanks."""
    return text.startswith(LIVE) or text.lstrip().startswith(LIVE)


def inert(value: Any) -> str:
    """A value as a cell of CSV: numbers as they are, days and moments of Beijing, texts that compute nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value).replace("\x00", "")
    return f"'{text}" if is_live(text) else text
