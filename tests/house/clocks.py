"""Where a module asks for the day or the moment while it is read: a server keeps that for weeks, a run of the tests over midnight.

`python -m tests.house.clocks` reads the models and fails at the first that asks Django.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.days import unasked

ROOT = Path(__file__).resolve().parents[2]
CLOCK = re.compile(r"(\w+\.)*(date|datetime|timezone)\.(now|today|utcnow|localdate|localtime)|time\.time")
LATER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def asked_early(*folders: Path) -> list[str]:
    """Each place in these folders where the clock is asked as soon as the file is read."""
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return [f"{file}:{call.lineno} {ast.unparse(call)}" for file in files for call in _asking(file.read_text())]


def _asking(text: str) -> Iterator[ast.Call]:
    for node in _read(ast.parse(text)) if CLOCK.search(text) else ():
        if isinstance(node, ast.Call) and CLOCK.fullmatch(ast.unparse(node.func)):
            yield node


def _read(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated when the file is read: everything but the bodies of functions."""
    yield node
    if isinstance(node, LATER):
        at_once = [*getattr(node, "decorator_list", ()), *node.args.defaults, *filter(None, node.args.kw_defaults)]
    else:
        at_once = ast.iter_child_nodes(node)
    for child in at_once:
        yield from _read(child)


def set_up(*more: str) -> None:
    """Read what Django reads before any test is collected, and what else is named, under the guard of the collection."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    with unasked():
        django.setup()
        for name in more:
            import_module(name)


if __name__ == "__main__":
    set_up(*sys.argv[1:])
