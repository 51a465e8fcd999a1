"""Which aggregates read the same rows by the same groups? They are asked in one scan and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from ibis.expr import operations as ops
from ibis.expr.types import Table

from guanjian.engine.session import Session, tables_read

SUMS = ("cases", "exposure")


@dataclass(frozen=True)
class Scan:
    """One query that answers several: `codes` in their order; the columns of each end in its number."""

    codes: tuple[str, ...]
    expression: Table
    groups: tuple[str, ...]

    @property
    def tables(self) -> set[str]:
        """The tables of the contract that it reads."""
        return tables_read(self.expression)

    def answers(self, session: Session) -> dict[str, pd.DataFrame]:
        """The frame of each code: the groups, `cases` and `exposure` as numbers."""
        found = session.frame(self.expression)
        answers = {}
        for number, code in enumerate(self.codes):
            sums = {name: found[f"{name}_{number}"].astype(float).fillna(0.0) for name in SUMS}
            answers[code] = found[list(self.groups)].assign(**sums)
        return answers


def scans(asked: Mapping[str, Table]) -> list[Scan]:
    """The fewest queries for these aggregates: those over the same relation and groups go together."""
    alike: dict[tuple, list[str]] = {}
    for code, expression in asked.items():
        root = expression.op()
        if not isinstance(root, ops.Aggregate) or set(root.metrics) != set(SUMS):
            raise TypeError(f"{code}: an indicator is an aggregate with the columns cases and exposure")
        alike.setdefault((root.parent, tuple(root.groups.items())), []).append(code)
    return [_one(codes, asked) for codes in alike.values()]


def _one(codes: list[str], asked: Mapping[str, Table]) -> Scan:
    root = asked[codes[0]].op()
    metrics = {f"{name}_{number}": asked[code].op().metrics[name] for number, code in enumerate(codes) for name in SUMS}
    merged = ops.Aggregate(parent=root.parent, groups=root.groups, metrics=metrics).to_expr()
    return Scan(tuple(codes), merged, tuple(root.groups))
