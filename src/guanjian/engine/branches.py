"""Which columns of the lake does a trail read when only some of what it tells is wanted?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cache

import sqlglot
from sqlglot import exp

from guanjian.engine.reading import columns_read


def columns_told(sql: str, wanted: Collection[str], kinds: Collection[str] | None = None) -> Counter[tuple[str, str]]:
    """How often each column of each table is read for these columns of a union by name: branch by branch.

    Of a branch about kinds of object (`object_type`) that are not among the `kinds` there are, no more than these is read.
    """
    read: Counter[tuple[str, str]] = Counter()
    for branch in _branches(sqlglot.parse_one(sql, dialect="duckdb")):
        kept = [shown for shown in branch.expressions if shown.alias_or_name in wanted and _there(branch, kinds)]
        read.update(_read(branch.select(*kept or ["1"], append=False).sql(dialect="duckdb")))
    return read


def _there(branch: exp.Select, kinds: Collection[str] | None) -> bool:
    """Whether the branch asks for no kind of object, or for one that there is."""
    asked = branch.args["where"].find_all(exp.EQ, exp.In) if branch.args.get("where") and kinds is not None else ()
    named = [found for found in asked if found.this.name == "object_type"]
    return not named or any(text.this in kinds for found in named for text in found.find_all(exp.Literal))


@cache
def _read(sql: str) -> Counter[tuple[str, str]]:
    """Many controls want the same of a branch."""
    return columns_read(sql)


def _branches(tree: exp.Expression) -> list[exp.Select]:
    if isinstance(tree, exp.SetOperation):
        return _branches(tree.left) + _branches(tree.right)
    return [tree]
