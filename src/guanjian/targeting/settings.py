"""What may be set for training; kept inside the model file, so that a model says how it was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`crosses` are further combinations whose history counts; `half_life_days` is how fast the past fades."""

    half_life_days: float = 365.0
    fresh_days: float = 0.0  # a second, shorter half life beside it, so that what began last month shows; 0: none
    pull: float = 1.0  # a history of so many examinations weighs as much as the rate of everybody
    crosses: tuple[tuple[str, ...], ...] = ()
    only: tuple[
        tuple[str, ...], ...
    ] = ()  # instead of all: just these histories and nothing else (canaries, baselines)
    rounds: int = 160
    depth: int = 5
    rate: float = 0.07
    recency_days: float = 0.0  # 0: every example weighs the same; else its weight halves in so many days
    seed: int = 20260101
    threads: int = 1
