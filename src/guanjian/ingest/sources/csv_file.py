"""CSV by RFC 4180: header row, UTF-8 (with or without mark) or GB18030, packed with gzip or not."""

from __future__ import annotations

import csv
import functools
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from guanjian.ingest.raw import LINE, RESERVED, Form, Raw
from guanjian.ingest.spool import Broken, spool
from guanjian.ingest.text import Look, Utf8
from guanjian.kernel.errors import BadInput

SUFFIXES = (".csv", ".csv.gz")
TEXT = True
BLOCK_SIZE = 16 << 20


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """Every field as the text that it is; lines that are no rows are kept apart."""
    names = _header(path, form.look, form.delimiter)
    broken = Broken(scratch / "broken.parquet")
    target = scratch / "rows.parquet"
    schema = pa.schema([(name, pa.string()) for name in names] + [(LINE, pa.int64())])
    rows = _Rows(path, form.look, broken)
    try:
        count = spool(rows.batches(names, form.delimiter), schema, target)
    except pa.ArrowInvalid as error:
        raise _unreadable(path, error) from None
    return Raw(path, target, dict.fromkeys(names, "VARCHAR"), count, broken.close(), broken.count)


class _Rows:
    """Batches of rows with the line on which each began; what is no row goes to `broken`."""

    def __init__(self, path: Path, look: Look, broken: Broken) -> None:
        self._path = path
        self._look = look
        self._broken = broken
        self._bad: list[pcsv.InvalidRow] = []  # met by the parser, which runs ahead of the batches
        self._record = 2  # the header is record 1
        self._breaks = 0  # line breaks inside fields so far: a record may be longer than a line

    def batches(self, names: list[str], delimiter: str) -> Iterator[pa.RecordBatch]:
        """Everything in the file, in order."""
        reader = pcsv.open_csv(
            Utf8(self._path, self._look.encoding),
            read_options=pcsv.ReadOptions(
                use_threads=False, block_size=BLOCK_SIZE, column_names=names, skip_rows_after_names=1
            ),
            parse_options=pcsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=self._no_row
            ),
            convert_options=pcsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
        for batch in reader:
            batch = batch.append_column(LINE, _whole_numbers(self._lines(batch)))
            yield batch.filter(_not_empty(batch)) if self._look.has_empty_lines else batch
        self._set_aside(self._bad, self._breaks)

    def _no_row(self, row: pcsv.InvalidRow) -> str:
        self._bad.append(row)
        return "skip"

    def _lines(self, batch: pa.RecordBatch) -> np.ndarray:
        """The line of each row: its record number, and one more for every line break inside a record before it."""
        bad = np.array([row.number for row in self._bad], dtype=np.int64)
        span = np.arange(self._record, self._record + batch.num_rows + len(bad), dtype=np.int64)
        records = np.setdiff1d(span, bad, assume_unique=True)[: batch.num_rows]
        if not len(records):
            return records
        due = [row for row in self._bad if row.number < records[-1]]
        self._bad = self._bad[len(due) :]
        inside = np.zeros(int(records[-1]) - self._record + 1, dtype=np.int64)
        inside[records - self._record] = _breaks_in(batch)
        inside[[row.number - self._record for row in due]] = [row.text.count("\n") for row in due]
        starts = np.arange(len(inside)) + self._record + self._breaks + np.concatenate(([0], np.cumsum(inside)[:-1]))
        for row in due:
            self._keep(row, int(starts[row.number - self._record]))
        lines = starts[records - self._record]
        self._record, self._breaks = int(records[-1]) + 1, self._breaks + int(inside.sum())
        return lines

    def _set_aside(self, rows: list[pcsv.InvalidRow], breaks: int) -> None:
        for row in rows:
            self._keep(row, row.number + breaks)
            breaks += row.text.count("\n")

    def _keep(self, row: pcsv.InvalidRow, line: int) -> None:
        self._broken.add(line, "more" if row.actual_columns > row.expected_columns else "fewer", row.text)


def _breaks_in(batch: pa.RecordBatch) -> np.ndarray:
    """Line breaks inside the fields of each row; most columns have none, which one look at their bytes tells."""
    breaks = np.zeros(batch.num_rows, dtype=np.int64)
    for column in batch.columns:
        written = column.buffers()[2]
        if written is not None and (np.frombuffer(written, dtype=np.uint8) == ord("\n")).any():
            breaks += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False)
    return breaks


def _header(path: Path, look: Look, delimiter: str) -> list[str]:
    """The names of the columns; two of one name, or none, cannot be told apart later."""
    with io.TextIOWrapper(io.BufferedReader(Utf8(path, look.encoding)), encoding="utf-8", newline="") as text:
        names = next(csv.reader(text, delimiter=delimiter), [])
    folded = [name.strip().casefold() for name in names]
    twice = sorted({name for name, fold in zip(names, folded, strict=True) if folded.count(fold) > 1})
    if not any(folded) or set(folded) & set(RESERVED):
        raise BadInput(f"{path.name} 没有可用的表头行。", f"{path.name} has no usable header row.")
    if twice:
        raise BadInput(
            f"{path.name} 的表头有重名列：{'、'.join(twice)}",
            f"The header of {path.name} has columns of the same name: {', '.join(twice)}",
        )
    return names


def _whole_numbers(numbers: np.ndarray) -> pa.Array:
    """The same memory as an Arrow array; `pa.array` would first import pandas, which takes longer than most files."""
    return pa.Array.from_buffers(pa.int64(), len(numbers), [None, pa.py_buffer(numbers)])


def _not_empty(batch: pa.RecordBatch) -> pa.Array:
    """False for rows without any character: the empty lines of a file that has such lines."""
    filled = (pc.greater(pc.binary_length(column), 0) for column in batch.drop_columns([LINE]).columns)
    return functools.reduce(pc.or_, filled)


def _unreadable(path: Path, error: pa.ArrowInvalid) -> BadInput:
    if "straddling" in str(error):
        return BadInput(
            f"{path.name} 有一个引号没有闭合，或一条记录超过 {BLOCK_SIZE >> 20} MB；请检查引号。",
            f"{path.name} has a quotation mark that is never closed, or a record of more than {BLOCK_SIZE >> 20} MB; "
            "check its quotes.",
        )
    return BadInput(f"{path.name} 不能按 CSV 读取：{error}", f"{path.name} cannot be read as CSV: {error}")
