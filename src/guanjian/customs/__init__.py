"""What does customs data look like? One file per fact table, and the code lists."""

from __future__ import annotations

import importlib
import pkgutil

from guanjian.customs.table import Column, Table

__all__ = ["TABLES", "Column", "Table"]


def _found() -> dict[str, Table]:
    names = (found.name for found in pkgutil.iter_modules(__path__) if not found.ispkg)
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return {module.TABLE.name: module.TABLE for module in modules if hasattr(module, "TABLE")}


TABLES: dict[str, Table] = _found()
