"""The walk in two lengths: five hundred steps always, ten thousand among the slow tests."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.loops.world import MODELS
from tests.walk.governance import RARE as RARE_OF_RULES
from tests.walk.machine import Walk

pytestmark = pytest.mark.django_db
RARE = (  # where the rules of `always` apply: a walk that never comes there proves nothing about them
    [("clue", "close"), ("clue", "countersign")],
    [("case", "decide"), ("case", "decide_together")],
    [("case", "prosecute")],
    [("lead", "conclude")],
    [("lead", "seal")],
    [("instruction", "approve")],
    [("operation", "launch")],
    [("prompt", "complete")],
    [("convert", "complete")],
    *RARE_OF_RULES,
)
ANY = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.generate, Phase.shrink),
    "print_blob": True,
}


@pytest.fixture(autouse=True)
def nothing_walked_yet():
    Walk.tried.clear()
    Walk.happened.clear()


def walk(examples: int, length: int, **more) -> None:
    """Walk so many times so far, in offices of their own."""
    run_state_machine_as_test(Walk, settings=settings(max_examples=examples, stateful_step_count=length, **ANY, **more))


def _never() -> list[list[tuple[str, str]]]:
    """The ends where no walk has come yet."""
    return [ends for ends in RARE if not any(Walk.happened[end] for end in ends)]


def test_five_hundred_steps_break_nothing():
    walk(examples=9, length=32, derandomize=True)
    assert Walk.tried["steps"] >= 500
    assert Walk.tried["taken"] >= 250


@pytest.mark.slow
def test_ten_thousand_steps_break_nothing_and_every_loop_is_walked():
    walk(examples=40, length=160, derandomize=True)
    assert Walk.tried["steps"] >= 10_000
    assert Walk.tried["taken"] >= 5_000
    for _ in range(5):  # what is rare is looked for a little longer
        if _never():
            walk(examples=6, length=160)
    walked = Counter(loop for (loop, step), times in Walk.happened.items() for _ in range(times) if step != "start")
    assert all(walked[model.FLOW.name] >= 15 for model in MODELS), walked
    assert _never() == []
