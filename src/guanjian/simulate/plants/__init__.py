"""Who does wrong on purpose, and how do they behave? One file per kind of plant, all of one shape; found by file name."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields
from typing import Any

from guanjian.kernel.errors import BadInput
from guanjian.simulate.plants.plant import Plant
from guanjian.simulate.scenario import Scenario, check_settings


def kinds() -> dict[str, type[Plant]]:
    """Every kind of plant by the name that scenarios use."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {module.__name__.rpartition(".")[2]: module.PLANT for module in modules if hasattr(module, "PLANT")}


def planted(scenario: Scenario) -> list[Plant]:
    """The plants of a scenario; `BadInput` for an unknown kind or setting."""
    return [_plant(dict(settings), number) for number, settings in enumerate(scenario.plants)]


def _plant(settings: dict[str, Any], number: int) -> Plant:
    kind = settings.pop("kind", None)
    known = kinds()
    if kind not in known:
        listed = ", ".join(sorted(known))
        raise BadInput(f"没有“{kind}”这种预设；可用：{listed}。", f"There is no plant “{kind}”; known: {listed}.")
    check_settings(kind, settings, {field.name for field in fields(known[kind]) if field.init})
    plant = known[kind](**settings)
    plant.kind, plant.number = kind, number
    if not 0 < plant.strength <= 1:
        raise BadInput(
            f"“{kind}”的 strength 应大于0、不超过1，而不是 {plant.strength}。",
            f"The strength of “{kind}” should be above 0 and at most 1, not {plant.strength}.",
        )
    return plant
