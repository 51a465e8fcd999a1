"""What escapes us? Random examinations are the only ruler: without enough of them it is not measurable, never “none”."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from guanjian.kernel.errors import BadInput
from guanjian.kernel.shares import Share
from guanjian.kernel.words import Text

FEWEST = 100
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Tally:
    """Declarations in all; examined and found by targeting; examined and found at random among those not targeted."""

    declarations: int
    targeted: int
    hits_targeted: int
    random: int
    hits_random: int

    def __post_init__(self) -> None:
        if not (self.hits_targeted <= self.targeted and self.hits_random <= self.random):
            raise BadInput("查获数不能多于查验数。", "There cannot be more finds than examinations.")
        if self.targeted + self.random > self.declarations:
            raise BadInput("查验数不能多于报关单数。", "There cannot be more examinations than declarations.")

    @property
    def measurable(self) -> bool:
        """True when enough was opened at random to say anything."""
        return self.random >= FEWEST

    @property
    def rate(self) -> Share:
        """The share of violations among what was opened at random, with its Wilson interval."""
        return Share(self.hits_random, self.random)

    @property
    def upper(self) -> float:
        """With no find at random: the rate that would still be compatible with it at 95 %."""
        return 1 - LEVEL ** (1 / self.random) if self.random else 1.0

    @property
    def lift(self) -> float | None:
        """How many times more often targeting finds something than chance."""
        if not (self.measurable and self.hits_random and self.targeted):
            return None
        return (self.hits_targeted / self.targeted) / (self.hits_random / self.random)

    @property
    def violations(self) -> tuple[float, float] | None:
        """All violations, estimated, with the standard error of a draw without replacement."""
        if not self.measurable:
            return None
        left, share = self.declarations - self.targeted, self.hits_random / self.random
        error = left * sqrt(share * (1 - share) / self.random * (1 - self.random / left))
        return self.hits_targeted + left * share, error

    @property
    def captured(self) -> float | None:
        """The part of all violations that was found."""
        if not self.violations or not self.violations[0]:
            return None
        return (self.hits_targeted + self.hits_random) / self.violations[0]

    @property
    def said(self) -> Text:
        """The answer as a sentence."""
        if not self.measurable:
            return Text(
                f"随机查验仅{self.random}票，无法衡量。",
                f"Not measurable: only {self.random} were opened at random.",
            )
        if not self.hits_random:
            return Text(
                f"随机查验{self.random}票未查获，违规率上限为{self.upper:.3%}。",
                f"Nothing was found in {self.random} opened at random: at most {self.upper:.3%} violate.",
            )
        whole, error = self.violations
        return Text(
            f"估计违规{whole:,.0f}票（标准误{error:,.1f}），查获其中{self.captured:.1%}。",
            f"An estimated {whole:,.0f} violate (standard error {error:,.1f}); {self.captured:.1%} of them were found.",
        )
