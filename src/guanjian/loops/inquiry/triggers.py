"""The five categories of cases that must be doubly investigated (domain §3.7): each a reading of the case, with its evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from guanjian.kernel.offences import Channel, Feature, Inside, Modus
from guanjian.kernel.words import Names

LONG_SPAN = timedelta(days=730)  # 时间跨度长: proposed default
LONG_RUNNING = timedelta(days=365)  # 长期伪报、低报: proposed default
MAJOR_FROM_CNY = {"person": Decimal(500_000), "unit": Decimal(1_000_000)}  # 两高走私解释 art. 16, 24: the second tier
CHANNELS = (Channel.CLEARANCE, Channel.PROCESSING)
FALSE = (Modus.FALSE_NAME, Modus.LOW_PRICE)


class Trigger(Names):
    """Why the inquiry had to be opened."""

    STAFF_NAMED = "staff_named", "一类：反映海关工作人员", "1: points to customs staff"
    HIGHER_ORDER = (
        "higher_order",
        "二类：批示、挂牌督办、行业性重大案件",
        "2: instructed, listed, or across an industry",
    )
    LONG_OR_VICIOUS = (
        "long_or_vicious",
        "三类：跨度长、手段恶劣、以走私为业",
        "3: long, vicious, or smuggling for a living",
    )
    CLEARED_LONG = (
        "cleared_long",
        "四类：长期伪报低报顺利通关的重大刑事案件",
        "4: major, misdeclared for long and cleared",
    )
    NEEDED_INSIDE = "needed_inside", "五类：没有内部人员难以完成", "5: could hardly be done without inside help"


@dataclass(frozen=True)
class Seen:
    """What of a case the triggers read."""

    kind: str = ""
    channel: str = ""
    modus: tuple[str, ...] = ()
    party: str = ""
    evaded_cny: Decimal = Decimal(0)
    acts_from: date | None = None
    acts_until: date | None = None
    features: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    inside_said: str = ""

    @property
    def span(self) -> timedelta:
        """How long it went on; nothing when the dates are not known."""
        return self.acts_until - self.acts_from if self.acts_from and self.acts_until else timedelta()


def _marked(names: type[Names], marks: tuple[str, ...], *wanted: Names) -> list[str]:
    return [names(mark).label.zh for mark in marks if mark in wanted]


def staff_named(case: Seen) -> list[str]:
    """Suspects, witnesses or reports state customs staff, or law breaking of staff was found."""
    marks = _marked(Inside, case.inside, Inside.STATED, Inside.FOUND)
    return [*marks, case.inside_said] if marks and case.inside_said else marks


def higher_order(case: Seen) -> list[str]:
    """Instructed by higher leaders, listed by headquarters, or across an industry."""
    return _marked(Feature, case.features, Feature.INSTRUCTED, Feature.LISTED, Feature.INDUSTRY)


def long_or_vicious(case: Seen) -> list[str]:
    """A long span, vicious means, or a firm made for or living by smuggling: any one of them."""
    long = [f"{case.acts_from}至{case.acts_until}，历时{case.span.days}天"] if case.span > LONG_SPAN else []
    return long + _marked(Feature, case.features, Feature.VICIOUS, Feature.SHELL)


def cleared_long(case: Seen) -> list[str]:
    """A major criminal case in clearance or processing: long false description or price that cleared smoothly."""
    told = [Modus(one).label.zh for one in case.modus if one in FALSE]
    ran = case.span > LONG_RUNNING or Feature.CLEARED in case.features
    major = case.evaded_cny >= MAJOR_FROM_CNY.get(case.party, MAJOR_FROM_CNY["person"])
    if not (case.kind == "criminal" and case.channel in CHANNELS and told and ran and major):
        return []
    return [f"{Channel(case.channel).label.zh}，{'、'.join(told)}，偷逃税额{case.evaded_cny:,.2f}元，长期顺利通关"]


def needed_inside(case: Seen) -> list[str]:
    """It could hardly be done without help from inside."""
    return _marked(Inside, case.inside, Inside.NEEDED)


READINGS: dict[Trigger, Callable[[Seen], list[str]]] = {
    Trigger.STAFF_NAMED: staff_named,
    Trigger.HIGHER_ORDER: higher_order,
    Trigger.LONG_OR_VICIOUS: long_or_vicious,
    Trigger.CLEARED_LONG: cleared_long,
    Trigger.NEEDED_INSIDE: needed_inside,
}


def triggered(case: Seen) -> dict[Trigger, list[str]]:
    """Every trigger that the case sets off, with its evidence; empty when none does."""
    return {trigger: evidence for trigger, reading in READINGS.items() if (evidence := reading(case))}
