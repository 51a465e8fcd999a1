"""Which files can we read? One file per format; each gives its rows as Parquet, nothing changed, with where they stood."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from guanjian.ingest.raw import Form, Raw
from guanjian.ingest.refuse import refuse_magic
from guanjian.ingest.text import Look, look_at, look_through
from guanjian.kernel.errors import BadInput

Reader = Callable[[Path, Path, Form], Raw]


_MODULES = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
READERS: dict[str, Reader] = {suffix: module.read for module in _MODULES for suffix in module.SUFFIXES}
TEXTS = {suffix for module in _MODULES if module.TEXT for suffix in module.SUFFIXES}


def suffix_of(path: Path) -> str:
    """The known suffix that the file's name ends with (".csv.gz" before ".gz"), or nothing."""
    name = path.name.lower()
    return max((suffix for suffix in READERS if name.endswith(suffix)), key=len, default="")


def look(path: Path) -> Look:
    """What the file is; `BadInput` with one sentence when it cannot be one of ours."""
    if path.stat().st_size == 0:
        raise BadInput(f"文件是空的：{path.name}", f"The file is empty: {path.name}")
    suffix = suffix_of(path)
    refuse_magic(path, suffix)
    return look_through(path) if suffix in TEXTS else look_at(path)


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """The rows of one file that was looked at."""
    scratch.mkdir(parents=True, exist_ok=True)
    return READERS[suffix_of(path)](path, scratch, form)
