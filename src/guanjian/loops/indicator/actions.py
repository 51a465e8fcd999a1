"""Opening an indicator by hand: the formula is checked as it is written, and the name is asked for in the whole country."""

from __future__ import annotations

from guanjian.customs.formula.indicator import Indicator as Measure
from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.loops.indicator.flow import S
from guanjian.loops.indicator.models import Indicator
from guanjian.loops.indicator.rules import name_taken
from guanjian.moving.verbs import start
from guanjian.org.actor import Actor
from guanjian.org.models import Unit


def open_by_hand(actor: Actor, unit: Unit, facts: Facts) -> Indicator:
    """A draft in the author's unit; one that adopts a shared indicator says the same as it."""
    read = Measure.read(facts["formula"], facts["parameters"], facts["period"])
    if taken := name_taken(Indicator(title=facts["title"]).namesakes(read)):
        raise BadInput(taken)
    if facts["adopts"]:
        _must_be_the_same(facts["adopts"], read)
    known = {"essence": read.essence(), "likeness": read.essence(numbers=False)}
    return start(Indicator, actor, unit, **{**facts, "formula": str(read.call)}, **known)


def _must_be_the_same(key: str, read: Measure) -> None:
    number = key.removeprefix("indicator/")
    shared = Indicator.objects.filter(pk=int(number), shared=True).first() if number.isdecimal() else None
    if shared is None:
        raise BadInput(
            f"没有编号为“{key}”的共享指标，请在指标目录中查编号。",
            f"There is no shared indicator “{key}”: see the catalogue.",
        )
    if shared.likeness != read.essence(numbers=False):
        raise BadInput(
            f"公式与所沿用的 {shared.key} 不同，请照其公式填写：{shared.formula}",
            f"The formula differs from that of {shared.key}, which is: {shared.formula}",
        )


def measured_now() -> list[Indicator]:
    """Those that are measured every night: in force, and on trial."""
    return list(Indicator.objects.filter(state__in=(S.IN_FORCE, S.REVIEWED, S.TRIAL)).order_by("pk"))


def listed() -> list[Indicator]:
    """Every indicator in force, for the catalogue that all may read: formulas name nobody."""
    return list(Indicator.objects.filter(state__in=(S.IN_FORCE, S.REVIEWED, S.TRIAL)).order_by("title", "pk"))
