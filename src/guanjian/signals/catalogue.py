"""Every detector and indicator that there is: the files of the two folders, nothing to register."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from guanjian.kernel.errors import BadInput
from guanjian.signals import detectors, indicators
from guanjian.signals.detector import Detector
from guanjian.signals.indicator import Indicator


@cache
def catalogue() -> dict[str, Detector]:
    """Detectors by code, in the order of their codes."""
    return _found(detectors, Detector)


@cache
def indicator_catalogue() -> dict[str, Indicator]:
    """Indicators by code, in the order of their codes."""
    return _found(indicators, Indicator)


def _found[Signal: (Detector, Indicator)](folder: ModuleType, shape: type[Signal]) -> dict[str, Signal]:
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
