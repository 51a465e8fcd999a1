"""Is one value of a column written as a reader needs it?"""

from __future__ import annotations

import pytest

from guanjian.pages.cells import written


@pytest.mark.parametrize(
    ("period", "pieces"),
    [
        ("2026-07-16/2026-07-18 8471700010", ["2026-07-16/", "2026-07-18", "8471700010"]),
        ("2026-10", ["2026-10"]),
        ("2026-10 <b>", ["2026-10", "&lt;b&gt;"]),
    ],
)
def test_a_period_is_torn_only_between_its_days_and_codes(period, pieces):
    assert written("period", period) == " ".join(f'<span class="whole">{piece}</span>' for piece in pieces)


def test_no_period_is_a_dash():
    assert written("period", "") == "—"
