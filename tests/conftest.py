"""What every test may use: the shared data beside the project, and one fixed cast (see tests/cast.py)."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests.days import unasked
from tests.flushing import flushable  # noqa: F401

# Seconds are never asserted, by hypothesis neither; every run draws the same, so that what passed once is what CI runs.
hypothesis.register_profile(
    "noisy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, database=None
)
hypothesis.load_profile("noisy machine")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is read now is used later, perhaps on the next day: nothing that is read may ask for the day."""
    with unasked():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest file first: files are dealt to the workers whole, so that no set-up is played twice."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/walk/"))


@pytest.fixture
def shared():
    """The folder of reference data; a test that needs it is skipped by name without it, and fails beside it."""

    def path(name: str) -> Path:
        found = SHARED / name
        if not SHARED.exists() and not os.environ.get("GUANJIAN_NEEDS_SHARED"):
            pytest.skip(f"reference data not here: shared/{name}")
        assert found.exists(), f"reference data missing: shared/{name}"
        return found

    return path
