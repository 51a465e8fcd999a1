"""Every detector that there is: the files of the folder `detectors`, nothing to register."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from guanjian.kernel.errors import BadInput
from guanjian.signals import detectors
from guanjian.signals.detector import Detector


@cache
def catalogue() -> dict[str, Detector]:
    """Detectors by code, in the order of their codes."""
    found: dict[str, Detector] = {}
    for place in pkgutil.iter_modules(detectors.__path__):
        module = importlib.import_module(f"{detectors.__name__}.{place.name}")
        for value in vars(module).values():
            if isinstance(value, Detector):
                found[value.code] = value
    return dict(sorted(found.items()))


def chosen(codes: str = "") -> list[Detector]:
    """The detectors of a comma-separated list; all of them for an empty one; `BadInput` for an unknown code."""
    known = catalogue()
    wanted = [code.strip().upper() for code in codes.split(",") if code.strip()] or list(known)
    for code in wanted:
        if code not in known:
            raise BadInput(
                f"没有编号为 {code} 的规则；现有：{'、'.join(known)}。",
                f"There is no detector {code}; there are {', '.join(known)}.",
            )
    return [known[code] for code in wanted]


def overrides(settings: tuple[str, ...]) -> dict[str, dict]:
    """`CODE.name=value` settings as values per detector; `BadInput` with the right names for a wrong one."""
    values: dict[str, dict] = {}
    for setting in settings:
        place, _, text = setting.partition("=")
        code, _, name = place.partition(".")
        detector = chosen(code)[0] if code.strip() else None
        if not text or detector is None or name not in detector.params:
            names = "、".join(f"{detector.code}.{n}" for n in detector.params) if detector else "CODE.name=value"
            raise BadInput(f"不认识的参数“{setting}”；可用：{names}。", f"Unknown setting “{setting}”; use: {names}.")
        values.setdefault(detector.code, {})[name] = detector.params[name].read(setting, text)
    return values
