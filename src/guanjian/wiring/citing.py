"""Who keeps something that may cite a rule, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from guanjian.loops.rulebook.citing import CITERS, Citation, cites
from guanjian.loops.rulebook.needs import Cited
from guanjian.org.models import Parameter


def controls(number: str, title: str) -> Iterator[Citation]:
    """The controls of the catalogue whose legal basis names the rule."""
    from guanjian.signals.controls.catalogue import catalogue  # only a repeal asks for it

    for one in catalogue().values():
        if cites(one.basis, number, title) or (title and title in one.basis.split("；")):
            yield Citation(Cited.CONTROL, one.code, one.title.zh)


def thresholds(number: str, title: str) -> Iterator[Citation]:
    """The dated parameters whose source names the rule."""
    for one in Parameter.objects.order_by("code", "since"):
        if cites(one.source, number, title):
            yield Citation(Cited.THRESHOLD, one.code, one.source)


def connect() -> None:
    """Let the repeal of a rule ask them."""
    CITERS.update({"controls": controls, "thresholds": thresholds})
