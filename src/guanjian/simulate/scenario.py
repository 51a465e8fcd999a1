"""Which administration, and what is wrong in it? Scenarios are YAML files: honest life and planted behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from guanjian.kernel.errors import BadInput


@dataclass(frozen=True)
class Honest:
    """How people behave who do nothing wrong on purpose, and how often an ordinary trader does."""

    violation: float = 0.016  # share of entries with something wrong, before trader and goods
    trader_price_sd: float = 0.04  # lasting price difference of a trader (log)
    downgrade: float = 0.012  # examinations done lighter for a practical reason (machine down, goods unreachable)
    alone: float = 0.3  # chance that nobody helps when an examiner has no colleague on the shift
    stand_in: float = 0.5  # chance that a colleague from another post then helps
    examined: float = 0.08  # share of entries opened
    weather: float = 0.02  # share of house-days on which a port stands still
    overrides: float = 0.0  # instructions that are lifted by hand for a good reason
    field_jobs: float = 0.25  # field jobs per house and week
    problems: float = 0.25  # problems that supervision finds per house and week


@dataclass(frozen=True)
class Scenario:
    """A named world: when it ends, how honest life goes, and the plants (kind and their settings)."""

    name: str
    title: str = ""
    title_en: str = ""
    ends_on: date = date(2026, 9, 30)
    months: int = 0  # how long it lasts; 0: as long as the volume asks for
    honest: Honest = field(default_factory=Honest)
    plants: tuple[dict[str, Any], ...] = ()


def built_in() -> list[str]:
    """The names of the scenarios that come with the project."""
    return sorted(
        p.name[:-5] for p in resources.files(f"{__package__}.scenarios").iterdir() if p.name.endswith(".yaml")
    )


def load(name: str | Path) -> Scenario:
    """A scenario by the name of a built-in one, or from a YAML file."""
    if str(name) in built_in():
        text = (resources.files(f"{__package__}.scenarios") / f"{name}.yaml").read_text("utf-8")
    elif Path(name).is_file():
        text = Path(name).read_text("utf-8")
    else:
        known = "、".join(built_in())
        raise BadInput(
            f"没有名为“{name}”的场景，也没有这个文件；可用的场景：{known}。",
            f"There is no scenario or file “{name}”; the scenarios are: {', '.join(built_in())}.",
        )
    return parse(text, Path(name).stem)


def parse(text: str, name: str) -> Scenario:
    """A scenario from YAML text; `BadInput` names the setting that is not known."""
    try:
        read = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise BadInput(
            f"场景“{name}”不是有效的YAML：{error}", f"Scenario “{name}” is not valid YAML: {error}"
        ) from error
    if not isinstance(read, dict):
        raise BadInput(f"场景“{name}”应是键值表。", f"Scenario “{name}” should be a mapping of settings.")
    honest = read.pop("honest", None) or {}
    plants = tuple(read.pop("plants", None) or ())
    check_settings(name, read, {f.name for f in fields(Scenario)})
    check_settings(f"{name}.honest", honest, {f.name for f in fields(Honest)})
    read.setdefault("name", name)
    return Scenario(**read, honest=Honest(**honest), plants=plants)


def check_settings(where: str, given: dict[str, Any], known: set[str]) -> None:
    """Refuses a setting that nobody reads, with the ones that exist."""
    for key in given:
        if key not in known:
            listed = ", ".join(sorted(known))
            raise BadInput(
                f"“{where}”没有设置项“{key}”；可用：{listed}。", f"“{where}” has no setting “{key}”; known: {listed}."
            )
