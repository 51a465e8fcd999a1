"""Which columns of the lake does a trail read when only some of what it tells is wanted?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cache

import sqlglot
from sqlglot import exp

from guanjian.engine.reading import columns_read


def columns_told(sql: str, wanted: Collection[str]) -> Counter[tuple[str, str]]:
    """How often each column of each table is read for these columns of a union by name: branch by branch."""
    read: Counter[tuple[str, str]] = Counter()
    for branch in _branches(sqlglot.parse_one(sql, dialect="duckdb")):
        kept = [shown for shown in branch.expressions if shown.alias_or_name in wanted]
        read.update(_read(branch.select(*kept, append=False).sql(dialect="duckdb")))
    return read


@cache
def _read(sql: str) -> Counter[tuple[str, str]]:
    """Many controls want the same of a branch."""
    return columns_read(sql)


def _branches(tree: exp.Expression) -> list[exp.Select]:
    if isinstance(tree, exp.SetOperation):
        return _branches(tree.left) + _branches(tree.right)
    return [tree]
