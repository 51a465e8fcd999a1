"""An office for a bench: a home of its own or the one that is named, and the file in which its figures are kept."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def office(arguments: list[str]) -> Iterator[None]:
    """Within the block Django is set up on `--home DIR`, or on a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-office-") as folder:
        home = arguments[arguments.index("--home") + 1] if "--home" in arguments else folder
        os.environ |= {"GUANJIAN_HOME": home, "GUANJIAN_INSECURE": "1", "DJANGO_SETTINGS_MODULE": "tests.settings"}
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        yield


def known(out: Path) -> dict[str, Any]:
    """What was measured before, by size."""
    return json.loads(out.read_text()) if out.exists() else {}


def keep(out: Path, count: int, found: dict[str, Any]) -> None:
    """Write what was measured at this size beside the other sizes."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(known(out) | {str(count): found}, indent=1, ensure_ascii=False))


def run(
    arguments: list[str],
    out: Path,
    sizes: tuple[int, int],
    measure: Callable[[int], dict],
    told: Callable[[dict], None],
) -> None:
    """Measure the small size or the large one, keep the figures and print them."""
    count = sizes[0] if "--small" in arguments else sizes[1]
    with office(arguments):
        found = measure(count)
    keep(out, count, found)
    told(found)


def p95(took: Sequence[float]) -> float:
    """The 95th of a hundred of these, which are in order."""
    return took[min(len(took) - 1, round(0.95 * len(took)))]
