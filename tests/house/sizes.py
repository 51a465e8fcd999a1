"""Files ≤ 300 lines, functions: median ≤ 9 lines, 95 % ≤ 40, arguments ≤ 5. `python -m tests.house.sizes` prints breaches."""

from __future__ import annotations

import ast
import statistics
import sys
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src" / "guanjian"
EMPTY_NAMES = {"utils", "common", "helpers", "core", "manager", "service", "base", "misc"}
FILE_LINES, MEDIAN_LINES, MOST_LINES, ARGUMENTS = 300, 9, 40, 5
Function = ast.FunctionDef | ast.AsyncFunctionDef


def length(function: Function) -> int:
    """Lines of the body without the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def arguments(function: Function) -> int:
    """Positional arguments without self or cls; keyword-only ones say their name at the call and do not count."""
    given = function.args
    names = [argument.arg for argument in (*given.posonlyargs, *given.args)]
    return len([name for name in names if name not in ("self", "cls")])


def takes_what_it_must(function: Function) -> bool:
    """True for a shell command (an argument to an option) and a compiled kernel (arrays only, no objects)."""
    marks = " ".join(ast.unparse(mark) for mark in function.decorator_list)
    return any(word in marks for word in (".command", "njit", "guvectorize", "prange"))


def breaches(root: Path = SRC) -> list[str]:
    """Every breach as one line; empty when the house is in order."""
    found: list[str] = []
    lengths: list[int] = []
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        where, text = path.relative_to(root.parent), path.read_text()
        lines = text.count("\n")
        if lines > FILE_LINES:
            found.append(f"{where}: {lines} lines (at most {FILE_LINES})")
        if path.stem.rstrip("s") in EMPTY_NAMES | {name.rstrip("s") for name in EMPTY_NAMES}:
            found.append(f"{where}: a name that says nothing")
        tree = ast.parse(text)
        if path.name == "__init__.py" and not ast.get_docstring(tree):
            found.append(f"{where}: a folder answers one question in its docstring")
        for function in [node for node in ast.walk(tree) if isinstance(node, Function)]:
            lengths.append(length(function))
            if arguments(function) > ARGUMENTS and not takes_what_it_must(function):
                found.append(f"{where}:{function.lineno}: {function.name} takes {arguments(function)} arguments")
            if length(function) > 2 * MOST_LINES:
                found.append(f"{where}:{function.lineno}: {function.name} has {length(function)} lines")
    if lengths and statistics.median(lengths) > MEDIAN_LINES:
        found.append(f"functions: median {statistics.median(lengths)} lines (at most {MEDIAN_LINES})")
    if len(lengths) > 1 and (p95 := statistics.quantiles(lengths, n=20)[-1]) > MOST_LINES:
        found.append(f"functions: 95 % within {p95:.0f} lines (at most {MOST_LINES})")
    return found


if __name__ == "__main__":
    print("\n".join(breaches()) or "sizes: in order")
    sys.exit(bool(breaches()))
