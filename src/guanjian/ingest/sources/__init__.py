"""Which files can we read? One file per format; each gives its rows as Parquet, nothing changed, with where they stood."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from guanjian.ingest.raw import Form, Raw
from guanjian.ingest.refuse import refuse_magic
from guanjian.kernel.errors import BadInput, NotFound

Reader = Callable[[Path, Path, Form], Raw]


def _readers() -> dict[str, Reader]:
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {suffix: module.read for module in modules for suffix in module.SUFFIXES}


READERS: dict[str, Reader] = _readers()


def suffix_of(path: Path) -> str:
    """The known suffix that the file's name ends with (".csv.gz" before ".gz"), or nothing."""
    name = path.name.lower()
    return max((suffix for suffix in READERS if name.endswith(suffix)), key=len, default="")


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """The rows of one file; `BadInput` with one sentence when it cannot be one of ours."""
    if not path.is_file():
        raise NotFound(f"没有这个文件：{path}", f"There is no such file: {path}")
    if path.stat().st_size == 0:
        raise BadInput(f"文件是空的：{path}", f"The file is empty: {path}")
    suffix = suffix_of(path)
    if not suffix:
        known = " ".join(sorted(READERS))
        raise BadInput(
            f"不认识这种文件：{path.name}；可导入的格式：{known}",
            f"{path.name} is not a kind of file that can be imported; these are: {known}",
        )
    refuse_magic(path, suffix)
    scratch.mkdir(parents=True, exist_ok=True)
    return READERS[suffix](path, scratch, form)
