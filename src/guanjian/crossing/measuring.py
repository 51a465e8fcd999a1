"""The job that measures an officer's indicator; it stands alone, so that a console process can queue it without the engine."""

from __future__ import annotations

from django.conf import settings
from django.tasks import task


@task
def measure_indicator(number: int, asked: str, fingerprint: str) -> dict:
    """Measure an indicator as its preview or its back-test asked, and write the result back on it."""
    from guanjian.crossing.indicators import measure

    return measure(number, asked, fingerprint, settings.GUANJIAN_LAKE)
