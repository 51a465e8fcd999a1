"""The walk in two lengths: five hundred steps always, ten thousand among the slow tests."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.walk.chase import never, seldom
from tests.walk.machine import Walk

pytestmark = pytest.mark.django_db
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


def test_five_hundred_steps_break_nothing():
    walk(examples=9, length=32, derandomize=True)
    assert Walk.tried["steps"] >= 500
    assert Walk.tried["taken"] >= 250


@pytest.mark.slow
def test_ten_thousand_steps_break_nothing_and_every_loop_is_walked():
    walk(examples=40, length=160, derandomize=True)
    assert Walk.tried["steps"] >= 10_000
    assert Walk.tried["taken"] >= 5_000
    assert never(Walk) == []
    assert seldom(Walk) == []
