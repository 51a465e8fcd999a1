"""Which record does a key name?"""

from __future__ import annotations


def number_in(key: str, loop: str) -> int | None:
    """12 of "clue/12" for the loop asked; None for another loop's key or none."""
    name, _, number = key.partition("/")
    return int(number) if name == loop else None
