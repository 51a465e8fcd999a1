"""The list that goes to the officers: the contract's `selections`, with figures and reasons in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.targeting import words
from guanjian.targeting.draw import Draw
from guanjian.targeting.lanes import Asked, Budget, Lane, choose
from guanjian.targeting.model import Model
from guanjian.targeting.rows import Rows

if TYPE_CHECKING:
    import pyarrow

SUFFIXES = (".csv", ".parquet")
RISKY = r"=+\-@\t\r"  # a cell that begins so would run as a formula in a spreadsheet


def check(path: Path) -> None:
    """`BadInput` before any work when the name cannot be written."""
    if path.suffix not in SUFFIXES:
        raise BadInput("结果文件应为 .csv 或 .parquet。", "The result is a .csv or a .parquet file.")


@dataclass(frozen=True, slots=True)
class Listed:
    """The list as a table, a line to every entry, selected or not."""

    table: pyarrow.Table
    counts: dict[Lane, int]

    @property
    def selected(self) -> int:
        return sum(self.counts.values())

    def write(self, path: Path) -> None:
        """As CSV (cells made harmless) or Parquet."""
        from pyarrow import csv, parquet

        if path.suffix == ".csv":
            csv.write_csv(_harmless(self.table), path)
        else:
            parquet.write_table(self.table, path)


def chosen(model: Model, rows: Rows, budget: Budget, draw: Draw) -> Listed:
    """Score, choose, and say why for each that is selected."""
    import pyarrow

    scores = model.score(rows)
    entries, units = rows.text["entry_id"], rows.text["unit_code"]
    picked = choose(scores, Asked(entries, units), budget, draw)
    counted = Counter(picked.lane[picked.selected].tolist())
    columns = {
        "entry_id": entries,
        "decided_at": rows.at.astype("datetime64[s]"),
        "unit_code": units,
        "lane": picked.lane,
        "selected": picked.selected,
        "propensity": picked.propensity,
        "score": scores.expected,
        "model_version": np.full(len(rows), model.version, object),
        "reason": _reasons(model, scores.matrix, picked.selected),
        "probability": scores.probability,
        "at_stake_cny": scores.at_stake,
    }
    table = pyarrow.table({name: pyarrow.array(values) for name, values in columns.items()})
    at = table.column_names.index("decided_at")
    table = table.set_column(at, "decided_at", table["decided_at"].cast(pyarrow.timestamp("us", "UTC")))
    return Listed(table, {lane: counted[lane] for lane in Lane if counted[lane]})


def _reasons(model: Model, matrix: np.ndarray, selected: np.ndarray) -> np.ndarray:
    """Both languages in one cell; empty for what is not selected."""
    said = np.full(len(matrix), "", object)
    if selected.any():
        told = words.reasons(model.memory, matrix[selected], model.heads.parts(matrix[selected]))
        texts = [words.sentence(one) for one in told]
        said[selected] = np.array([f"{text.zh} | {text.en}" for text in texts], object)
    return said


def _harmless(table: pyarrow.Table) -> pyarrow.Table:
    from pyarrow import compute, types

    for at, field in enumerate(table.schema):
        if types.is_string(field.type):
            safe = compute.replace_substring_regex(table[field.name], f"^([{RISKY}])", r"'\1")
            table = table.set_column(at, field.name, safe)
    return table
