"""How much is known from so few? Shares with Wilson's interval, two shares compared, and the volume that would be needed.

A share is measurable when its interval is at most 10 points to each side; a comparison when each side is large enough to
show the share halved (power 80 %, error 5 %), or the interval of the difference leaves out zero all the same. Both
marks are proposals of this project (默认参数，待本单位核定).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

from guanjian.kernel.words import Text

Z95, Z80 = 1.959963984540054, 0.8416212335729143
MARGIN = 0.10
UNKNOWN_SHARE = 0.05  # what is planned with where nothing at all was counted

TOO_FEW = Text("本业务量下不可测：{part}/{whole}，约需{needed}件", "not measurable at this volume: {part}/{whole}, about {needed} needed")  # fmt: skip
COMPARED = Text("由{first}到{second}，相差{low:+.1f}至{high:+.1f}个百分点", "from {first} to {second}, a difference of {low:+.1f} to {high:+.1f} points")  # fmt: skip
NOT_COMPARED = Text("本业务量下不可测：{a}/{b} 与 {c}/{d}，每侧约需{needed}件", "not measurable at this volume: {a}/{b} and {c}/{d}, about {needed} needed on each side")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole with its 95 % Wilson interval."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The plain share."""
        return self.part / self.whole

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval: honest for small numbers and at 0 and 1; everything while nothing was counted."""
        if not self.whole:
            return 0.0, 1.0
        middle, spread = _wilson(self.value, self.whole)
        return max(0.0, middle - spread), min(1.0, middle + spread)

    @property
    def needed(self) -> int:
        """How many would have to be counted for an interval of `MARGIN` to each side, were the share the same."""
        share, low, high = self._planned(), 1, 1 << 20
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if _wilson(share, middle)[1] <= MARGIN else (middle + 1, high)
        return low

    @property
    def measurable(self) -> bool:
        """True when enough was counted for a share that says something."""
        return bool(self.whole) and _wilson(self.value, self.whole)[1] <= MARGIN

    def _planned(self) -> float:
        return self.value if self.whole else UNKNOWN_SHARE

    @property
    def said(self) -> Text:
        """The share, or that it is not measurable and what volume would be."""
        if self.measurable:
            return Text(str(self), str(self))
        return TOO_FEW.filled(part=self.part, whole=self.whole, needed=self.needed)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.0%}（{low:.0%}–{high:.0%}）"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two shares side by side: before and after, outside and inside."""

    first: Share
    second: Share

    @property
    def interval(self) -> tuple[float, float]:
        """Newcombe's 95 % interval of second minus first, from the two Wilson intervals."""
        if not (self.first.whole and self.second.whole):
            return -1.0, 1.0
        (l1, u1), (l2, u2) = self.first.interval, self.second.interval
        p1, p2 = self.first.value, self.second.value
        return p2 - p1 - sqrt((p2 - l2) ** 2 + (u1 - p1) ** 2), p2 - p1 + sqrt((u2 - p2) ** 2 + (p1 - l1) ** 2)

    @property
    def needed(self) -> int:
        """How many on each side would show the first share halved."""
        return volume_to_show(self._planned(), self._planned() / 2)

    def _planned(self) -> float:
        """The first share; where it is none or unknown, what both sides together suggest."""
        if self.first.part:
            return self.first.value
        counted = self.first.whole + self.second.whole
        return (self.first.part + self.second.part + 1) / (counted + 2) if counted else UNKNOWN_SHARE

    @property
    def measurable(self) -> bool:
        """True when there is enough on both sides, or the difference is plain in spite of too little."""
        low, high = self.interval
        return min(self.first.whole, self.second.whole) >= self.needed or low > 0 or high < 0

    @property
    def said(self) -> Text:
        """The comparison in one sentence, or that it is not measurable and what volume would be."""
        if not self.measurable:
            sides = (self.first.part, self.first.whole, self.second.part, self.second.whole)
            return NOT_COMPARED.filled(**dict(zip("abcd", sides, strict=True)), needed=self.needed)
        low, high = self.interval
        return COMPARED.filled(first=str(self.first), second=str(self.second), low=100 * low, high=100 * high)


def volume_to_show(one: float, other: float) -> int:
    """How many on each side show this difference of two shares: two-sided 5 %, power 80 %, equal sides."""
    middle = (one + other) / 2
    spread = Z95 * sqrt(2 * middle * (1 - middle)) + Z80 * sqrt(one * (1 - one) + other * (1 - other))
    return ceil((spread / (one - other)) ** 2)


def _wilson(share: float, whole: int) -> tuple[float, float]:
    """Middle and half width of Wilson's interval."""
    zz = Z95 * Z95
    scale = 1 + zz / whole
    return (share + zz / (2 * whole)) / scale, Z95 * sqrt(share * (1 - share) / whole + zz / (4 * whole**2)) / scale
