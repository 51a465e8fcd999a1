"""Every detector, indicator and scorecard that there is: the files of their folders, nothing to register."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

import pandas as pd

from guanjian.kernel.errors import BadInput
from guanjian.signals import detectors, indicators, scorecards
from guanjian.signals.detector import Detector
from guanjian.signals.indicator import Indicator
from guanjian.signals.scorecard import Scorecard, scores


@cache
def catalogue() -> dict[str, Detector]:
    """Detectors by code, in the order of their codes."""
    return _found(detectors, Detector)


@cache
def indicator_catalogue() -> dict[str, Indicator]:
    """Indicators by code, in the order of their codes."""
    return _found(indicators, Indicator)


@cache
def scorecard_catalogue() -> dict[str, Scorecard]:
    """Scorecards by code, in the order of their codes."""
    return _found(scorecards, Scorecard)


def all_scores(measured: pd.DataFrame, units: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every scorecard over what was measured: the units and the parts of `scorecard.scores`, one below the other."""
    known = indicator_catalogue()
    found = [scores(card, known, measured, units) for card in scorecard_catalogue().values()]
    whole, parts = ([both[place] for both in found if len(both[0])] for place in (0, 1))
    if not whole:
        return found[0]
    return pd.concat(whole, ignore_index=True), pd.concat(parts, ignore_index=True)


def _found[Signal: (Detector, Indicator, Scorecard)](folder: ModuleType, shape: type[Signal]) -> dict[str, Signal]:
    modules = (importlib.import_module(f"{folder.__name__}.{p.name}") for p in pkgutil.iter_modules(folder.__path__))
    signals = (value for module in modules for value in vars(module).values() if isinstance(value, shape))
    return {signal.code: signal for signal in sorted(signals, key=lambda signal: signal.code)}


def chosen[Signal: (Detector, Indicator)](codes: str = "", known: dict[str, Signal] | None = None) -> list[Signal]:
    """The detectors (or those of `known`) of a comma-separated list; all of them for an empty one; else `BadInput`."""
    known = catalogue() if known is None else known
    wanted = [code.strip().upper() for code in codes.split(",") if code.strip()] or list(known)
    for code in wanted:
        if code not in known:
            raise BadInput(
                f"没有编号 {code}；现有：{'、'.join(known)}。",
                f"There is no {code}; there are {', '.join(known)}.",
            )
    return [known[code] for code in wanted]


def overrides[Signal: (Detector, Indicator)](
    settings: tuple[str, ...], known: dict[str, Signal] | None = None
) -> dict[str, dict]:
    """`CODE.name=value` settings as values per detector; `BadInput` with the right names for a wrong one."""
    values: dict[str, dict] = {}
    for setting in settings:
        place, _, text = setting.partition("=")
        code, _, name = place.partition(".")
        detector = chosen(code, known)[0] if code.strip() else None
        if not text or detector is None or name not in detector.params:
            names = "、".join(f"{detector.code}.{n}" for n in detector.params) if detector else "CODE.name=value"
            raise BadInput(f"不认识的参数“{setting}”；可用：{names}。", f"Unknown setting “{setting}”; use: {names}.")
        values.setdefault(detector.code, {})[name] = detector.params[name].read(setting, text)
    return values
