"""How a span of months is written: `2026-03`, or `2026-01/2026-03`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def months(first: Iterable[date], last: Iterable[date]) -> list[str]:
    """One period per finding."""
    spans = ((f"{a:%Y-%m}", f"{b:%Y-%m}") for a, b in zip(first, last, strict=True))
    return [a if a == b else f"{a}/{b}" for a, b in spans]
