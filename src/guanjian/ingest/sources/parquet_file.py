"""Parquet: read in place, with the types that it has."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from guanjian.ingest.raw import RESERVED, Form, Raw
from guanjian.kernel.errors import BadInput

SUFFIXES = (".parquet", ".pq")
TEXT = False


def read(path: Path, scratch: Path, form: Form) -> Raw:
    """Nothing is copied: the file is the source of every later pass."""
    _refuse_truncated(path)
    try:
        rows = pq.read_metadata(path).num_rows
        with duckdb.connect() as connection:
            described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    except (pa.ArrowException, duckdb.Error, OSError) as error:
        raise _damaged(path, error) from None
    columns = {name: kind for name, kind, *_ in described}
    if clash := sorted(set(columns) & set(RESERVED)):
        raise BadInput(
            f"{path.name} 的列名 {'、'.join(clash)} 为系统保留，请改名。",
            f"{path.name} uses reserved column names ({', '.join(clash)}); rename them.",
        )
    return Raw(path, path, columns, rows)


def _refuse_truncated(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(-min(4, path.stat().st_size), 2)
        tail = file.read(4)
    if head != b"PAR1":
        raise BadInput(
            f"{path.name} 不是 Parquet 文件（文件头不符），请核对格式。",
            f"{path.name} is no Parquet file (its first bytes are not); check its kind.",
        )
    if tail != b"PAR1":
        raise BadInput(
            f"{path.name} 不完整（Parquet 文件尾缺失），请重新传送。",
            f"{path.name} is cut off (the end of the Parquet file is missing); send it again.",
        )


def _damaged(path: Path, error: Exception) -> BadInput:
    return BadInput(
        f"{path.name} 已损坏，不能按 Parquet 读取，请重新传送。（{str(error).splitlines()[0][:120]}）",
        f"{path.name} is damaged and cannot be read as Parquet; send it again. ({str(error).splitlines()[0][:120]})",
    )
