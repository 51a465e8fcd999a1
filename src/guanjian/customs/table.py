"""The shape of every fact table: typed columns, the key, and where it is partitioned by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guanjian.kernel.words import Text

UNTITLED = Text("", "")
Type = Literal["text", "int", "decimal", "float", "bool", "ts", "date", "json", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract. `codes` names its code list, `within` its range, `like` the pattern of its text."""

    name: str
    type: Type = "text"
    optional: bool = False
    codes: str = ""
    within: tuple[float, float] | None = None
    like: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One fact table. `key` empty: the whole row is the key. `month_of`: the column whose month partitions the lake."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    month_of: str = ""
    title: Text = UNTITLED

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in contract order."""
        return tuple(column.name for column in self.columns)

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that tell one row from another: the key, or every column where no key is named."""
        return self.key or self.names

    def column(self, name: str) -> Column:
        """The column of this name; KeyError when the contract has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def columns(*declared: str) -> tuple[Column, ...]:
    """Columns from short declarations: `"entry_id"`, `"tax_cny decimal?"`, `"trade_mode @trade_mode"`, `"lon float -180..180"`.

    The plain word after the name is the type (text when missing), `?` marks an optional column, `@` names a code list,
    `a..b` a range, `~` a pattern that the whole text must match.
    """
    return tuple(_column(text) for text in declared)


def _column(text: str) -> Column:
    name, *rest = text.split()
    codes = next((word[1:] for word in rest if word.startswith("@")), "")
    like = next((word[1:] for word in rest if word.startswith("~")), "")
    span = next((word for word in rest if ".." in word and not word.startswith("~")), "")
    kind = next((word for word in rest if word.rstrip("?").isalpha()), "")
    within = tuple(float(end) for end in span.split("..")) if span else None
    return Column(name.rstrip("?"), kind.rstrip("?") or "text", "?" in name + kind, codes, within, like)
