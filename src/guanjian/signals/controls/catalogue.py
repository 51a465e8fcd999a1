"""Reading controls from YAML: the project's own catalogue, or a file of somebody else's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from guanjian.kernel.errors import BadInput
from guanjian.signals.controls.control import Control, control

FOLDER = Path(__file__).parent / "catalogue"


def read(path: Path) -> list[Control]:
    """The controls of a YAML file, in its order; `BadInput` with the place for anything that cannot be used."""
    try:
        declared = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadInput(f"找不到控制文件 {path}。", f"There is no controls file {path}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        told = " ".join(str(error).split())[:200]
        raise BadInput(
            f"{path.name} 不是可读的 YAML：{told}。", f"{path.name} is not readable YAML: {told}."
        ) from error
    if isinstance(declared, dict):
        declared = declared.get("controls")
    if not isinstance(declared, list) or not declared:
        raise BadInput(
            f"{path.name} 应是控制的列表，每条以“- code:”开头。",
            f"{path.name} must be a list of controls, each beginning “- code:”.",
        )
    found = [control(entry, f"{path.name} ") for entry in declared]
    _check_codes(found, path.name)
    return found


def _check_codes(found: list[Control], place: str) -> None:
    seen: set[str] = set()
    for one in found:
        if one.code in seen:
            raise BadInput(f"{place} 中编号 {one.code} 出现两次。", f"The code {one.code} is twice in {place}.")
        seen.add(one.code)


@cache
def catalogue() -> dict[str, Control]:
    """The controls that the project declares, by code."""
    found = [one for path in sorted(FOLDER.glob("*.yaml")) for one in read(path)]
    _check_codes(found, "catalogue")
    return {one.code: one for one in sorted(found, key=lambda c: c.code)}
