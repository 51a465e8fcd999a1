"""As of which day is it read? The day `on` of the address, or today."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from guanjian.kernel.errors import BadInput


def as_of(request: HttpRequest) -> date:
    """The day that was asked for; today where none was. One that cannot be read is refused, not guessed."""
    raw = request.GET.get("on", "")
    try:
        return date.fromisoformat(raw) if raw else timezone.localdate()
    except ValueError:
        raise BadInput("日期应如 2026-11-21。", "Give a date such as 2026-11-21.") from None
