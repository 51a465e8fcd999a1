"""As of which day is it read? The day `on` of the address, or today."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone


def as_of(request: HttpRequest) -> date:
    """The day that was asked for; today where none was, or none that can be read."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
