"""Shares and comparisons against published figures, and what is said when too little was counted."""

import pytest

from guanjian.kernel.shares import MARGIN, Comparison, Share, volume_to_show


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_newcombe_s_published_intervals(part, whole, low, high):
    assert Share(part, whole).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("second", "first", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_a_difference_has_newcombe_s_published_interval(second, first, low, high):
    assert Comparison(Share(*first), Share(*second)).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("one", "other", "each"), [(0.5, 0.25, 58), (0.1, 0.05, 435), (0.5, 0.75, 58)])
def test_the_volume_is_that_of_the_usual_power_calculation(one, other, each):
    assert volume_to_show(one, other) == each


def test_a_share_of_too_few_is_said_to_be_unmeasurable_with_the_volume_needed():
    few = Share(1, 4)
    assert not few.measurable
    assert f"约需{few.needed}件" in few.said.zh
    assert "not measurable at this volume: 1/4" in few.said.en
    quarter = few.needed // 4 + 1
    enough = Share(quarter, 4 * quarter)
    assert enough.measurable
    assert (enough.interval[1] - enough.interval[0]) / 2 <= MARGIN + 1e-9


def test_nothing_counted_is_no_share_and_breaks_nothing():
    none = Comparison(Share(0, 0), Share(0, 0))
    assert (none.measurable, none.needed, none.interval) == (False, volume_to_show(0.05, 0.025), (-1.0, 1.0))
    assert Share(0, 0).said.zh.startswith("本业务量下不可测：0/0")


def test_a_comparison_speaks_when_it_is_large_or_plain_and_else_says_what_it_needs():
    plain = Comparison(Share(30, 100), Share(1, 100))
    assert plain.measurable
    assert "个百分点" in plain.said.zh
    poor = Comparison(Share(2, 100), Share(1, 100))
    assert not poor.measurable
    assert f"每侧约需{poor.needed}件" in poor.said.zh
    large = Comparison(Share(poor.needed // 2, poor.needed), Share(poor.needed // 2, poor.needed))
    assert large.measurable
