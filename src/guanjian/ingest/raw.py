"""What a source hands over: Parquet that DuckDB reads, with the source's own column names and where each row stood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanjian.ingest.text import Look

UNSEEN = Look("")
LINE = "__line"  # the line, or the number of the row, in the file as it was given
WHOLE = "__whole"  # the whole row as it was given, where the source keeps it
RESERVED = (LINE, WHOLE, "file_row_number", "filename")


@dataclass(frozen=True, slots=True)
class Form:
    """What must be known beforehand to read a file: what a mapping says, and what looking through it told."""

    delimiter: str = ","
    look: Look = UNSEEN


@dataclass(frozen=True, slots=True)
class Raw:
    """The rows of one file. `broken` is Parquet of (line, reason, row) for what was no row at all."""

    origin: Path
    parquet: Path
    columns: dict[str, str]
    rows: int
    broken: Path | None = None
    broken_rows: int = 0
    contract: bool = False  # the columns are those of `events` already, whatever the mapping
    keeps_whole: bool = False  # the column `WHOLE` holds every row as it was given

    @property
    def spooled(self) -> bool:
        """True when the Parquet is our own copy, with `LINE` in it; False when it is the given file itself."""
        return self.parquet != self.origin

    @property
    def read(self) -> int:
        """How many rows the file has, broken ones too."""
        return self.rows + self.broken_rows
